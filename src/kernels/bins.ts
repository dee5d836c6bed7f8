/** Turns float32 features into at most 255 bins plus one for missing: plain TypeScript behind `door.ts`. */
import { floor32 } from '../base/float.ts';

/** Bins of finite values per feature; one more code is for missing. */
export const MAX_BINS = 255;
/** Rows looked at to place the edges of one feature. */
const EDGE_SAMPLE = 200_000;

/**
 * Features as codes. Feature f has edges `edges[starts[f]] … edges[starts[f + 1] - 1]`, rising; code b means
 * edge[b - 1] < x <= edge[b], the last code but one x > all edges, the last one missing. In a histogram feature f starts at `offsets[f]`.
 */
export interface Bins {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, `stride` bytes per row; the padding is zero. */
  readonly codes: Uint8Array;
  /** A multiple of 4, so that four codes can be read as one word. */
  readonly stride: number;
  readonly edges: Float32Array;
  readonly starts: Int32Array;
  /** Places in a histogram: feature f has edges + 2 entries. Padding columns all point to one spare entry, the last. */
  readonly offsets: Int32Array;
  readonly histogramLength: number;
}

/**
 * Rising thresholds for one feature: between all distinct values while those are at most 255, else at the 254 percentiles that cut the rows
 * into equal parts (half-way where a cut falls between two rows, as scikit-learn's `_BinMapper`).
 */
export function binEdges(values: Float32Array): Float32Array {
  // Sorting puts NaN last.
  const sorted = sampled(values).sort();
  let size = sorted.length;
  while (size > 0 && Number.isNaN(sorted[size - 1])) size--;
  const edges: number[] = [];
  for (let i = 1; i < size && edges.length < MAX_BINS; i++) if (sorted[i] !== sorted[i - 1]) edges.push(between(sorted[i - 1], sorted[i]));
  if (edges.length < MAX_BINS) return Float32Array.from(edges);
  edges.length = 0;
  for (let k = 1; k < MAX_BINS; k++) {
    const place = (k * (size - 1)) / MAX_BINS;
    const low = sorted[Math.floor(place)];
    const high = sorted[Math.ceil(place)];
    const edge = low === high ? low : between(low, high);
    if (edge < sorted[size - 1] && edge !== edges[edges.length - 1]) edges.push(edge);
  }
  return Float32Array.from(edges);
}

/** Every k-th row when there are very many: the rows' order is the user's, so a fixed stride is as good as a draw and needs no stream. */
function sampled(values: Float32Array): Float32Array {
  if (values.length <= EDGE_SAMPLE) return values.slice();
  const step = values.length / EDGE_SAMPLE;
  const out = new Float32Array(EDGE_SAMPLE);
  for (let i = 0; i < EDGE_SAMPLE; i++) out[i] = values[Math.floor(i * step)];
  return out;
}

/** A float32 threshold t with a <= t < b. */
function between(a: number, b: number): number {
  const middle = floor32(a + (b - a) / 2);
  return middle >= a && middle < b ? middle : a;
}

/** Codes of one feature's values, written to `codes[at]`, `codes[at + stride]` …; NaN gets edges + 1. */
export function binColumn(values: Float32Array, edges: Float32Array, codes: Uint8Array, at: number, stride: number): void {
  const missing = edges.length + 1;
  for (let i = 0, to = at; i < values.length; i++, to += stride) {
    const v = values[i];
    if (Number.isNaN(v)) {
      codes[to] = missing;
      continue;
    }
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (v <= edges[middle]) high = middle;
      else low = middle + 1;
    }
    codes[to] = low;
  }
}

/** Bins a row-major matrix, with edges learned from the rows in `fitRows` (all when absent). */
export function binMatrix(values: Float32Array, rows: number, cols: number, fitRows?: Int32Array): Bins {
  const stride = Math.max(4, (cols + 3) & ~3);
  const codes = new Uint8Array(rows * stride);
  const starts = new Int32Array(cols + 1);
  const parts: Float32Array[] = [];
  const column = new Float32Array(rows);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) column[i] = values[i * cols + j];
    const edges = binEdges(fitRows ? Float32Array.from(fitRows, (i) => column[i]) : column);
    parts.push(edges);
    starts[j + 1] = starts[j] + edges.length;
    binColumn(column, edges, codes, j, stride);
  }
  const edges = new Float32Array(starts[cols]);
  parts.forEach((part, j) => {
    edges.set(part, starts[j]);
  });
  const spare = starts[cols] + 2 * cols;
  const offsets = new Int32Array(stride).fill(spare);
  for (let j = 0; j < cols; j++) offsets[j] = starts[j] + 2 * j;
  return { rows, cols, codes, stride, edges, starts, offsets, histogramLength: spare + 1 };
}
