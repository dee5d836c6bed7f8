/** Copies rows of text columns as bytes, many rows a time: nothing is decoded, and what lies far apart is fetched ahead. */
import { formatBytes } from '../base/bytes.ts';
import { ProblemError } from '../base/problem.ts';
import type { TextColumn } from './column.ts';

const BLOCK = 256;
const PIECE = 32;
const MOST_BYTES = 2 ** 31 - 1;

function exceeded(bytes: number): ProblemError {
  return new ProblemError({
    code: 'table.text-size',
    args: { size: formatBytes(bytes) },
    message: `A text column of this result would need ${formatBytes(bytes)}; one can hold 2.1 GB.`,
    hint: 'Drop the text columns you do not need before this step, or keep fewer rows.',
  });
}

/** Text column of the rows `ids`, in that order; a negative id gives an empty text. */
export function gatherTexts({ bytes, offsets: from }: TextColumn, ids: Int32Array): TextColumn {
  const n = ids.length;
  const offsets = new Int32Array(n + 1);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const row = ids[i];
    if (row >= 0) total += from[row + 1] - from[row];
    offsets[i + 1] = total;
  }
  if (total > MOST_BYTES) throw exceeded(total);
  const out = new Uint8Array(total);
  const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const target = new DataView(out.buffer);
  const starts = new Int32Array(BLOCK);
  const ends = new Int32Array(BLOCK);
  // Whole pieces may be read and written over a row's end, as the next row is written after it: most texts are one piece, so that no loop's end
  // is guessed wrong.
  const lastRead = bytes.length - PIECE;
  const lastWrite = total - PIECE;
  let touched = 0;
  for (let block = 0; block < n; block += BLOCK) {
    const rows = Math.min(BLOCK, n - block);
    for (let j = 0; j < rows; j++) {
      const row = ids[block + j];
      const known = Math.max(row, 0);
      const start = from[known];
      starts[j] = start;
      ends[j] = row < 0 ? start : from[known + 1];
    }
    // Independent reads of all rows' memory first: the waits for it overlap, which halves the time of a permutation.
    for (let j = 0; j < rows; j++) touched ^= bytes[starts[j]];
    for (let j = 0; j < rows; j++) {
      const end = ends[j];
      let at = starts[j];
      let to = offsets[block + j];
      if (end <= lastRead && offsets[block + j + 1] <= lastWrite) {
        do {
          target.setInt32(to, source.getInt32(at, true), true);
          target.setInt32(to + 4, source.getInt32(at + 4, true), true);
          target.setInt32(to + 8, source.getInt32(at + 8, true), true);
          target.setInt32(to + 12, source.getInt32(at + 12, true), true);
          target.setInt32(to + 16, source.getInt32(at + 16, true), true);
          target.setInt32(to + 20, source.getInt32(at + 20, true), true);
          target.setInt32(to + 24, source.getInt32(at + 24, true), true);
          target.setInt32(to + 28, source.getInt32(at + 28, true), true);
          at += PIECE;
          to += PIECE;
        } while (at < end);
      } else for (; at < end; at++, to++) out[to] = bytes[at];
    }
  }
  starts[0] = touched; // kept, or the reads would be optimised away
  return { type: 'text', length: n, bytes: out, offsets };
}

/** The column with `fill` in its empty rows; runs of rows that have a text are copied as one piece. */
export function fillTexts({ bytes, offsets: from, length: n }: TextColumn, fill: Uint8Array): TextColumn {
  let empty = 0;
  for (let i = 0; i < n; i++) if (from[i] === from[i + 1]) empty++;
  const total = from[n] - from[0] + empty * fill.length;
  if (total > MOST_BYTES) throw exceeded(total);
  const out = new Uint8Array(total);
  const offsets = new Int32Array(n + 1);
  let to = 0;
  let run = from[0];
  for (let i = 0; i < n; i++) {
    if (from[i] === from[i + 1]) {
      out.set(bytes.subarray(run, from[i]), to);
      to += from[i] - run;
      run = from[i];
      out.set(fill, to);
      to += fill.length;
      offsets[i + 1] = to;
    } else offsets[i + 1] = to + from[i + 1] - run;
  }
  out.set(bytes.subarray(run, from[n]), to);
  return { type: 'text', length: n, bytes: out, offsets };
}

/** Texts one under the other, bytes after bytes; a part without texts is empty throughout. */
export function joinTexts(parts: readonly (TextColumn | { type: 'absent'; length: number })[]): TextColumn {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const total = parts.reduce((sum, part) => sum + (part.type === 'text' ? part.offsets[part.length] - part.offsets[0] : 0), 0);
  if (total > MOST_BYTES) throw exceeded(total);
  const bytes = new Uint8Array(total);
  const offsets = new Int32Array(length + 1);
  let row = 0;
  let byte = 0;
  for (const part of parts) {
    if (part.type === 'text') {
      const from = part.offsets;
      const shift = byte - from[0];
      if (shift === 0) offsets.set(from, row);
      else for (let i = 1; i <= part.length; i++) offsets[row + i] = from[i] + shift;
      bytes.set(part.bytes.subarray(from[0], from[part.length]), byte);
      byte += from[part.length] - from[0];
    } else offsets.fill(byte, row + 1, row + part.length + 1);
    row += part.length;
  }
  return { type: 'text', length, bytes, offsets };
}
