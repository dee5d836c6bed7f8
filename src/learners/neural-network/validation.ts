/** Parts the learning rows into those that are trained on and those that say when to stop. */
import type { Random } from '../../base/random.ts';
import type { Training } from '../../recipe/model.ts';

/** Beyond this, more validation rows only cost time. */
export const MAX_VALIDATION = 5000;
/** Below this, a tenth of the rows says nothing. */
export const MIN_ROWS = 100;
/** Fewer rows say nothing of when to stop. */
const LEAST_HALF = 8;

export interface Parts {
  train: Int32Array;
  /** Empty: no validation. */
  valid: Int32Array;
  /** The two halves of `valid`, where each is to say by itself when to stop too. */
  halves?: readonly [Int32Array, Int32Array];
}

/** Leaves out rows of weight 0. Keeps rows of one group together; else takes the same share of each class. `share` is 0 to 1. */
export function partRows(data: Training, share: number, random: Random): Parts {
  const rows = Int32Array.from({ length: data.X.rows }, (_, i) => i).filter((row) => !data.weight || data.weight[row] > 0);
  if (data.aside) {
    const [first] = data.aside;
    const valid = share > 0 ? data.aside.slice(0, MAX_VALIDATION) : new Int32Array(0);
    const half = (which: 0 | 1) => valid.filter((row) => data.asideHalf?.[row - first] === which);
    const halves = [half(0), half(1)] as const;
    const parts = { train: rows.filter((row) => row < first), valid };
    return halves.every(({ length }) => length >= LEAST_HALF) ? { ...parts, halves } : parts;
  }
  if (share <= 0 || rows.length < MIN_ROWS) return { train: rows, valid: new Int32Array(0) };
  const wanted = Math.min(MAX_VALIDATION, Math.floor(rows.length * share));
  const aside = new Uint8Array(rows.length);
  random.shuffle(rows);
  const { groups } = data;
  if (groups) {
    const chosen = new Set<number>();
    let count = 0;
    const sizes = new Map<number, number>();
    for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    for (const row of rows) {
      if (count >= wanted) break;
      if (chosen.has(groups[row])) continue;
      chosen.add(groups[row]);
      count += sizes.get(groups[row])!;
    }
    for (const row of rows) if (chosen.has(groups[row])) aside[row] = 1;
  } else {
    const quota = new Float64Array(Math.max(1, data.classCount));
    const classOf = (row: number) => (data.classCount > 0 ? data.y[row] : 0);
    for (const row of rows) quota[classOf(row)]++;
    for (let c = 0; c < quota.length; c++) quota[c] = Math.floor((quota[c] * wanted) / rows.length);
    for (const row of rows) if (quota[classOf(row)]-- > 0) aside[row] = 1;
  }
  const valid = rows.filter((row) => aside[row] === 1);
  return valid.length === rows.length || valid.length === 0
    ? { train: rows, valid: new Int32Array(0) }
    : { train: rows.filter((row) => aside[row] === 0), valid };
}
