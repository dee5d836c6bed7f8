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

/** Rising thresholds for one feature: between all distinct values when they are few, else so that bins hold about equal counts. */
export function binEdges(values: Float32Array): Float32Array {
  // Sorting puts NaN last; equal values become one entry with its count, in place.
  const distinct = sampled(values).sort();
  const counts = new Int32Array(distinct.length);
  let size = 0;
  let left = 0;
  for (let i = 0; i < distinct.length && !Number.isNaN(distinct[i]); i++, left++) {
    if (size === 0 || distinct[i] !== distinct[size - 1]) distinct[size++] = distinct[i];
    counts[size - 1]++;
  }
  const edges: number[] = [];
  if (size <= MAX_BINS) {
    for (let i = 1; i < size; i++) edges.push(between(distinct[i - 1], distinct[i]));
    return Float32Array.from(edges);
  }
  let held = 0;
  for (let i = 0; i + 1 < size && edges.length < MAX_BINS - 1; i++) {
    held += counts[i];
    // A bin is full at its share of the rows that are left; a value that fills a bin by itself keeps its own.
    const share = left / (MAX_BINS - edges.length);
    if (held < share && !(held + counts[i + 1] / 2 > share && counts[i + 1] >= share)) continue;
    edges.push(between(distinct[i], distinct[i + 1]));
    left -= held;
    held = 0;
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
