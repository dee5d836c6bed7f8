/** Puts rows that only say when to stop after the rows that are learned from. */
import type { Table } from '../table/table.ts';
import type { Matrix, Training } from './model.ts';

/** Half that a row belongs to by its number, whatever the order of rows: the top bit of its product with 2³² over the golden ratio (Knuth's multiplicative hash). */
export const halfOf = (id: number): 0 | 1 => (Math.imul(id + 1, 0x9e3779b1) >>> 31) as 0 | 1;

/** The training data with `rows` at its end, named by `aside`; they weigh 1 and belong to no group. */
export function withAside(
  learned: Training,
  rows: { table: Table; y: Float64Array; half: Uint8Array },
  featurise: (table: Table) => Matrix,
): Training {
  const { X, y, weight, groups } = learned;
  const more = rows.table.rowCount;
  if (more === 0) return learned;
  const all = X.rows + more;
  const values = X.values instanceof Float32Array ? new Float32Array(all * X.cols) : new Float64Array(all * X.cols);
  values.set(X.values);
  values.set(featurise(rows.table).values, X.values.length);
  const targets = new Float64Array(all);
  targets.set(y);
  targets.set(rows.y, X.rows);
  const weights = weight && new Float64Array(all).fill(1);
  weights?.set(weight!);
  const members = groups && new Int32Array(all).fill(-1);
  members?.set(groups!);
  return {
    ...learned,
    X: { rows: all, cols: X.cols, values },
    y: targets,
    ...(weights ? { weight: weights } : {}),
    ...(members ? { groups: members } : {}),
    aside: Int32Array.from({ length: more }, (_, i) => X.rows + i),
    asideHalf: rows.half,
  };
}
