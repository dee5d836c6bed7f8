/** Keeps the learning rows of nearest neighbours: on a grid, equal rows as one point, with what each point votes for. */
import { kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Training } from '../../recipe/model.ts';
import { requireFiniteMatrix, requireFloatTarget } from '../finite-matrix.ts';
import { chooseK } from './choose-k.ts';
import type { FittedNeighbours } from './votes.ts';

export type { FittedNeighbours } from './votes.ts';

export async function fit(data: Training, params: ParamValues): Promise<FittedNeighbours> {
  requireFiniteMatrix(data);
  requireFloatTarget(data);
  const { X, y, weight, classCount } = data;
  const rows = Int32Array.from(y, (_, i) => i).filter((i) => !weight || weight[i] > 0);
  const values = rows.length === X.rows ? X.values : new Float64Array(rows.length * X.cols);
  if (values !== X.values) {
    rows.forEach((i, r) => {
      values.set(X.values.subarray(i * X.cols, (i + 1) * X.cols), r * X.cols);
    });
  }
  const grid = kernels.fitGrid(values, rows.length, X.cols);
  const all = kernels.onGrid(grid, values);
  const { first, point } = mergeEqual(all, rows.length, X.cols);
  const apart = first.length === rows.length;
  const cells = apart ? all : new Float32Array(first.length * X.cols);
  if (!apart) {
    first.forEach((row, p) => {
      cells.set(all.subarray(row * X.cols, (row + 1) * X.cols), p * X.cols);
    });
  }
  const width = classCount > 0 ? classCount : 2;
  const counts = new Float64Array(first.length);
  const votes = new Float64Array(first.length * width);
  const prior = new Float64Array(classCount);
  rows.forEach((i, r) => {
    const w = weight ? weight[i] : 1;
    counts[point[r]]++;
    if (classCount > 0) {
      votes[point[r] * width + y[i]] += w;
      prior[y[i]] += w;
      return;
    }
    votes[point[r] * width] += w * y[i];
    votes[point[r] * width + 1] += w;
  });
  const smoothing = Number(params.smoothing);
  const total = prior.reduce((sum, w) => sum + w, 0);
  const priorOf = (k: number) => prior.map((w) => (smoothing * w) / total / (k + smoothing));
  const model: FittedNeighbours = {
    grid,
    points: { count: first.length, cols: X.cols, cells },
    counts,
    votes,
    width,
    k: Math.min(Number(params.k), rows.length),
    byDistance: params.weights === 'distance',
    prior,
    smoothing,
  };
  if (params.k === null) {
    const own = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]);
    model.k = chooseK(model, { cells: all, point, y: own(y), ...(weight ? { weight: own(weight) } : {}) }, priorOf);
  }
  return { ...model, prior: priorOf(model.k) };
}

/** First row of each point, and the point of each row; points in the order of their first rows. */
function mergeEqual(cells: Float32Array, rows: number, cols: number): { first: Int32Array; point: Int32Array } {
  const words = new Int32Array(cells.buffer, cells.byteOffset, cells.length);
  let size = 16;
  while (size < rows * 2) size *= 2;
  /** Points by hash, one more than their number; 0 = free. */
  const slots = new Int32Array(size);
  const first = new Int32Array(rows);
  const point = new Int32Array(rows);
  let count = 0;
  const equal = (a: number, b: number) => {
    for (let j = 0; j < cols; j++) if (cells[a * cols + j] !== cells[b * cols + j]) return false;
    return true;
  };
  for (let row = 0; row < rows; row++) {
    let hash = 0;
    // Zero and minus zero are one number but not one word.
    for (let at = row * cols; at < (row + 1) * cols; at++)
      hash = Math.imul(hash ^ (cells[at] === 0 ? 0 : words[at]), 0x9e3779b1) ^ (hash >>> 15);
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    while (slots[slot] > 0 && !equal(first[slots[slot] - 1], row)) slot = (slot + 1) & (size - 1);
    if (slots[slot] === 0) {
      first[count] = row;
      slots[slot] = ++count;
    }
    point[row] = slots[slot] - 1;
  }
  return { first: first.slice(0, count), point };
}
