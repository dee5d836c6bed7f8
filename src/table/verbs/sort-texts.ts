/** Orders rows by their texts' UTF-8 bytes, which is the order of code points: four bytes a time, then comparisons in what is left. */
import type { TextColumn } from '../column.ts';
import { forRuns, radixSort } from './radix.ts';

const WORD = 4;
/** Runs up to this long are sorted by comparing. */
const SMALL = 1024;
const TINY = 24;

interface Run {
  from: number;
  to: number;
  /** Bytes from the start that all texts of the run have in common. */
  depth: number;
}

/** Sorts `rows` in place by the column's texts; equal texts keep their order. */
export function sortTexts(column: TextColumn, rows: Int32Array, descending: boolean): void {
  const compare = comparer(column, descending);
  const runs: Run[] = [{ from: 0, to: rows.length, depth: 0 }];
  for (let run = runs.pop(); run; run = runs.pop()) {
    const part = rows.subarray(run.from, run.to);
    if (part.length <= SMALL) {
      sortSmall(part, compare(run.depth));
      continue;
    }
    const depth = run.depth + common(column, part, run.depth);
    if (longest(column, part) <= depth) {
      // Nothing but NUL bytes can be left over: the shorter text is the smaller one.
      part.sort(compare(run.depth));
      continue;
    }
    const sorted = radixSort(wordsAt(column, part, depth, descending), part.slice());
    part.set(sorted.rows);
    const least = compare(depth + WORD);
    const base = run.from;
    forRuns(sorted.keys, (from, to) => {
      if (to - from <= SMALL) sortSmall(part.subarray(from, to), least);
      else runs.push({ from: base + from, to: base + to, depth: depth + WORD });
    });
  }
}

type Compare = (a: number, b: number) => number;

/** Compares the texts of two rows from byte `depth` on, as all before is equal. */
function comparer({ bytes, offsets }: TextColumn, descending: boolean): (depth: number) => Compare {
  const sign = descending ? -1 : 1;
  return (depth) => (a, b) => {
    const [startA, startB] = [offsets[a], offsets[b]];
    const [lengthA, lengthB] = [offsets[a + 1] - startA, offsets[b + 1] - startB];
    const length = Math.min(lengthA, lengthB);
    for (let i = depth; i < length; i++) {
      const difference = bytes[startA + i] - bytes[startB + i];
      if (difference !== 0) return difference * sign;
    }
    return (lengthA - lengthB) * sign;
  };
}

function sortSmall(rows: Int32Array, compare: Compare): void {
  if (rows.length > TINY) {
    rows.sort(compare);
    return;
  }
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i];
    let at = i;
    for (; at > 0 && compare(rows[at - 1], row) > 0; at--) rows[at] = rows[at - 1];
    rows[at] = row;
  }
}

/** How many bytes from `depth` on all texts share with the first. */
function common({ bytes, offsets }: TextColumn, rows: Int32Array, depth: number): number {
  const first = offsets[rows[0]] + depth;
  let shared = Math.max(0, offsets[rows[0] + 1] - first);
  for (let i = 1; i < rows.length && shared > 0; i++) {
    const start = offsets[rows[i]] + depth;
    shared = Math.min(shared, Math.max(0, offsets[rows[i] + 1] - start));
    let same = 0;
    while (same < shared && bytes[start + same] === bytes[first + same]) same++;
    shared = same;
  }
  return shared;
}

function longest({ offsets }: TextColumn, rows: Int32Array): number {
  let most = 0;
  for (let i = 0; i < rows.length; i++) most = Math.max(most, offsets[rows[i] + 1] - offsets[rows[i]]);
  return most;
}

/** Four bytes from `depth` on as one number, zeros after the text's end; inverted when descending. */
function wordsAt({ bytes, offsets }: TextColumn, rows: Int32Array, depth: number, descending: boolean): Uint32Array {
  const keys = new Uint32Array(rows.length);
  const flip = descending ? 0xffffffff : 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lastRead = bytes.length - WORD;
  for (let i = 0; i < rows.length; i++) {
    const start = offsets[rows[i]] + depth;
    const left = offsets[rows[i] + 1] - start;
    let word = 0;
    if (left >= WORD || (left > 0 && start <= lastRead)) {
      word = view.getUint32(start, false);
      if (left < WORD) word = (word >>> (8 * (WORD - left))) << (8 * (WORD - left));
    } else for (let k = 0; k < left; k++) word |= bytes[start + k] << (24 - 8 * k);
    keys[i] = word ^ flip;
  }
  return keys;
}
