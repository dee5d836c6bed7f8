/** A block of cells as positions in bytes: what a scanner fills and column builders read. */
import { fromUtf8 } from '../../base/bytes.ts';
import type { Cells } from '../../kernels/cells.ts';

/** Plain cell; quoted cell (span inside the quotes); quoted with doubled quotes; quoted with text after (span from the quote). */
export const PLAIN = 0;
export const QUOTED = 1;
export const DOUBLED = 2;
export const TRAILED = 3;

/** Cell (r, k) lies at index r × stride + k. */
export interface Block {
  bytes: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  flags: Uint8Array;
  stride: number;
  rows: number;
  /** Index of the block's first data row. */
  firstRow: number;
  quote: number;
  /** Finds plain rows and reads plain values of a block that lies in its memory. */
  kernel?: Cells;
}
/** The bytes of a `DOUBLED` or `TRAILED` cell without its quoting, written into `out`; answers their number. */
export function unquote(bytes: Uint8Array, start: number, end: number, flag: number, quote: number, out: Uint8Array): number {
  let length = 0;
  let inside = true;
  for (let i = flag === TRAILED ? start + 1 : start; i < end; i++) {
    if (inside && bytes[i] === quote) {
      if (bytes[i + 1] === quote && i + 1 < end) i++;
      else if (flag === TRAILED) {
        inside = false;
        continue;
      }
    }
    out[length++] = bytes[i];
  }
  return length;
}

export function cellText(bytes: Uint8Array, start: number, end: number, flag: number, quote: number): string {
  if (flag < DOUBLED) return fromUtf8(bytes.subarray(start, end));
  const out = new Uint8Array(end - start);
  return fromUtf8(out.subarray(0, unquote(bytes, start, end, flag, quote, out)));
}
