/** What linear regression needs of the learning rows, in one pass over them and without a copy: weighted means and products. */
import { kernels } from '../../kernels/door.ts';
import type { Training } from '../../recipe/model.ts';
import { requireFiniteMatrix } from '../finite-matrix.ts';

/** Learning rows with a weight above zero, and the means about which products are taken. */
export interface Basis {
  data: Training;
  /** Places of the rows with weight; undefined when all have one. */
  places: Int32Array | undefined;
  rows: number;
  total: number;
  means: Float64Array;
  meanY: number;
  /** Root of each row's weight; undefined when all are one. */
  roots: Float64Array | undefined;
}

/** Throws a Problem naming the feature when a cell is NaN or infinite. */
export function basisOf(data: Training): Basis {
  const { X, y, weight } = data;
  const places = weight?.some((w) => w === 0) ? Int32Array.from(y, (_, i) => i).filter((i) => weight[i] > 0) : undefined;
  const total = weight ? weight.reduce((sum, w) => sum + w, 0) : X.rows;
  const share = weight ? weight.map((w) => w / total) : new Float64Array(X.rows).fill(1 / total);
  let meanY = 0;
  for (let i = 0; i < y.length; i++) meanY += share[i] * y[i];
  const means = kernels.transposedTimes(X, share);
  // One such cell is enough to show in its column's mean.
  if (!means.every(Number.isFinite)) requireFiniteMatrix(data);
  return {
    data,
    places,
    rows: places?.length ?? X.rows,
    total,
    means,
    meanY,
    roots: weight?.map((w) => Math.sqrt(w)),
  };
}

/** Σ weight · v vᵀ over the given rows (all when absent), v = (x - means, y - meanY, 1): row-major, features + 2 wide. */
export function productsAbout({ data, places, means, meanY, roots }: Basis, rows: Int32Array | undefined = places): Float64Array {
  const { X, y } = data;
  const shift = new Float64Array(X.cols + 2);
  shift.set(means);
  shift[X.cols] = meanY;
  return kernels.gram(X, {
    rows,
    extra: [y, new Float64Array(X.rows).fill(1)],
    shift,
    factor: roots,
  });
}

/** The centred system of some rows, from their products about any point near their means. */
export interface System {
  /** Sum of weights. */
  weight: number;
  /** Σ weight · (x - mean)(x - mean)ᵀ, row-major. */
  gram: Float64Array;
  /** Σ weight · (x - mean)(y - mean). */
  moments: Float64Array;
  /** Σ weight · (y - mean)². */
  squares: number;
  /** Means of these rows, counted from the point. */
  shift: Float64Array;
  shiftY: number;
}

export function systemOf(products: Float64Array): System {
  const width = Math.round(Math.sqrt(products.length));
  const cols = width - 2;
  const last = (width - 1) * width;
  const weight = products[last + width - 1];
  const sums = products.subarray(last, last + cols + 1);
  const at = (i: number, j: number) => (weight > 0 ? products[i * width + j] - (sums[i] / weight) * sums[j] : 0);
  const gram = new Float64Array(cols * cols);
  for (let i = 0; i < cols; i++) for (let j = 0; j <= i; j++) gram[i * cols + j] = gram[j * cols + i] = at(i, j);
  const means = sums.map((sum) => (weight > 0 ? sum / weight : 0));
  return {
    weight,
    gram,
    moments: Float64Array.from({ length: cols }, (_, j) => at(j, cols)),
    squares: Math.max(0, at(cols, cols)),
    shift: means.slice(0, cols),
    shiftY: means[cols],
  };
}
