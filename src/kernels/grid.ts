/**
 * Coordinates as whole numbers: with them every squared distance is a whole number below 2^53, which double holds exactly in any order of summing, so that
 * kernel and ONNX graph agree on who is nearest in every case, ties too.
 */
/** Row-major points; a coordinate is round((x - centre) · scale), held within ± `most`. */
export interface Grid {
  readonly cols: number;
  readonly centres: Float64Array;
  /** A power of two: cells per unit. */
  readonly scale: number;
  readonly most: number;
}

/** Float32 holds whole numbers to here exactly. */
const FLOAT_BITS = 23;
/** New points may lie this many times farther out than the farthest learned from before they count as nearer than they are. */
const MARGIN = 4;
/** Points farther out than this many typical ones do not make the cells of all others coarser: they count as that far. */
const FAR = 2048;
/** Adding and taking off 1.5 · 2^52 rounds to whole numbers, halves to even, as ONNX rounds. */
const ROUNDER = 6755399441055744;

/** Rows that the centres are taken from. */
const SAMPLE = 1000;

const middle = (sorted: Float64Array): number => sorted[(sorted.length - 1) >> 1];

/** The lower median of each column, of evenly spread rows where there are many. */
function centresOf(values: ArrayLike<number>, rows: number, cols: number): Float64Array {
  const stride = Math.max(1, Math.floor(rows / SAMPLE));
  const some = new Float64Array(Math.ceil(rows / stride));
  return Float64Array.from({ length: rows === 0 ? 0 : cols }, (_, j) => {
    for (let i = 0; i < some.length; i++) some[i] = values[i * stride * cols + j];
    return middle(some.toSorted());
  });
}

/** Cells as fine as exact distances allow. `values` are finite, row-major [rows, cols]. */
export function fitGrid(values: ArrayLike<number>, rows: number, cols: number): Grid {
  const centres = centresOf(values, rows, cols);
  const reach = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) {
      const gap = Math.abs(values[at] - centres[j]);
      if (gap > reach[i]) reach[i] = gap;
    }
  }
  const sorted = reach.filter((gap) => gap > 0).sort();
  const farthest = sorted.length === 0 ? 1 : Math.min(sorted[sorted.length - 1], FAR * middle(sorted)) * MARGIN;
  let most = 2 ** FLOAT_BITS;
  // cols · (2 most)² stays within 2^53.
  while (cols * 4 * most * most > 2 ** 53) most /= 2;
  let scale = 1;
  while (farthest * scale > most) scale /= 2;
  while (farthest * scale * 2 <= most) scale *= 2;
  return { cols, centres, scale, most };
}

/** The cells of row-major points. */
export function onGrid({ cols, centres, scale, most }: Grid, values: ArrayLike<number>): Float32Array {
  const cells = new Float32Array(values.length);
  for (let at = 0; at < cells.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const x = (values[at] - centres[j]) * scale;
      cells[at] = (x > most ? most : x < -most ? -most : x) + ROUNDER - ROUNDER;
    }
  }
  return cells;
}
