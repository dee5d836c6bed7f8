/** How many bytes a plain value holds: its arrays and texts, what it shares with itself counted once. */

/** Bytes of a number, a flag or a place in a list. */
const WORD = 8;

export function bytesHeld(value: unknown, seen = new Set<object>()): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return WORD;
  if (seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let sum = 0;
  for (const part of Array.isArray(value) ? value : Object.values(value)) sum += bytesHeld(part, seen);
  return sum;
}
