/** The learning rows of linear regression with their weighted means taken off, and the products that ridge needs. */
import { kernels } from '../../kernels/door.ts';
import type { Training } from '../../recipe/model.ts';

export interface Centred {
  rows: number;
  cols: number;
  /** Row-major, root of the weight × (x - mean). */
  x: Float64Array;
  y: Float64Array;
  means: Float64Array;
  meanY: number;
  /** weight / total weight per row: what each row adds to its own mean. */
  share: Float64Array;
}

/** Rows of weight zero are left out. */
export function centre({ X, y, weight }: Training): Centred {
  const keep = Int32Array.from(y, (_, i) => i).filter((i) => !weight || weight[i] > 0);
  const rows = keep.length;
  const { cols } = X;
  const total = weight ? keep.reduce((sum, i) => sum + weight[i], 0) : rows;
  const share = Float64Array.from(keep, (i) => (weight ? weight[i] : 1) / total);
  const means = new Float64Array(cols);
  let meanY = 0;
  for (let r = 0; r < rows; r++) {
    meanY += share[r] * y[keep[r]];
    for (let j = 0; j < cols; j++) means[j] += share[r] * X.values[keep[r] * cols + j];
  }
  const x = new Float64Array(rows * cols);
  const centredY = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    const root = Math.sqrt(share[r] * total);
    centredY[r] = root * (y[keep[r]] - meanY);
    for (let j = 0; j < cols; j++) x[r * cols + j] = root * (X.values[keep[r] * cols + j] - means[j]);
  }
  return { rows, cols, x, y: centredY, means, meanY, share };
}

/** xᵀx (row-major, cols × cols) and xᵀy. */
export function products({ rows, cols, x, y }: Centred): { gram: Float64Array; moments: Float64Array } {
  const both = kernels.gram({ rows, cols, values: x }, { extra: [y] });
  const gram = new Float64Array(cols * cols);
  for (let i = 0; i < cols; i++) gram.set(both.subarray(i * (cols + 1), i * (cols + 1) + cols), i * cols);
  return { gram, moments: both.slice(cols * (cols + 1), cols * (cols + 1) + cols) };
}

/** xxᵀ, row-major, rows × rows: smaller than xᵀx where there are more columns than rows. */
export function rowProducts({ rows, cols, x }: Centred): Float64Array {
  const turned = new Float64Array(rows * cols);
  for (let r = 0; r < rows; r++) for (let j = 0; j < cols; j++) turned[j * rows + r] = x[r * cols + j];
  return kernels.gram({ rows: cols, cols: rows, values: turned });
}

/** xᵀv: a combination of the rows, one number per column. */
export function inRows({ rows, cols, x }: Centred, v: Float64Array): Float64Array {
  const out = new Float64Array(cols);
  for (let r = 0; r < rows; r++) for (let j = 0; j < cols; j++) out[j] += v[r] * x[r * cols + j];
  return out;
}

/** The columns of x, each in its own array. */
export function columnsOf({ rows, cols, x }: Centred): Float64Array[] {
  return Array.from({ length: cols }, (_, j) => {
    const column = new Float64Array(rows);
    for (let r = 0; r < rows; r++) column[r] = x[r * cols + j];
    return column;
  });
}
