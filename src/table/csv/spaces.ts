/** Makes tabs of the gaps in tables that are set with spaces, so that the scanner meets an ordinary delimiter. */
const TAB = 9;
const LF = 10;
const CR = 13;
const isGap = (c: number) => c === 32 || c === TAB;

/** Each run of spaces and tabs outside quotes becomes one tab; those at the ends of a line go. */
export function squeezeSpaces(bytes: Uint8Array, quote: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  const n = bytes.length;
  let to = 0;
  let atCell = true;
  let gap = false;
  for (let i = 0; i < n; i++) {
    const c = bytes[i];
    if (isGap(c)) {
      gap = true;
      continue;
    }
    const ends = c === LF || c === CR;
    if (gap && !ends && to > 0 && out[to - 1] !== LF && out[to - 1] !== CR) out[to++] = TAB;
    atCell ||= gap;
    gap = false;
    out[to++] = c;
    if (c === quote && atCell) {
      // To the closing quote, doubled ones included, as it stands.
      for (i++; i < n; i++) {
        out[to++] = bytes[i];
        if (bytes[i] !== quote) continue;
        if (bytes[i + 1] !== quote) break;
        out[to++] = bytes[++i];
      }
    }
    atCell = ends;
  }
  return out.subarray(0, to);
}
