/** Edges and codes of bins, value by value: what `bins.as.ts` must equal bit for bit. Only tests import it. */
import { floor32 } from '../base/float.ts';

/** Bins of finite values per feature; one more code is for missing. */
const MAX_BINS = 255;
/** Rows looked at to place the edges of one feature. */
const EDGE_SAMPLE = 200_000;

/**
 * Rising thresholds for one feature, each between two neighbouring values: all of them if those need at most `most` edges, else as many as cut the rows into
 * equal parts, behind the same values as those of scikit-learn's `_BinMapper` (the inverse of the distribution function).
 */
export function binEdges(values: Float32Array, most = MAX_BINS - 1): Float32Array {
  // Sorting puts NaN last.
  const sorted = sampled(values).sort();
  let size = sorted.length;
  while (size > 0 && Number.isNaN(sorted[size - 1])) size--;
  const edges: number[] = [];
  for (let i = 1; i < size && edges.length <= most; i++) if (sorted[i] !== sorted[i - 1]) edges.push(between(sorted[i - 1], sorted[i]));
  if (edges.length <= most) return Float32Array.from(edges);
  edges.length = 0;
  for (let k = 1; k <= most; k++) {
    const low = sorted[Math.ceil((k * size) / (most + 1)) - 1];
    const high = sorted.subarray(0, size).find((value) => value > low);
    if (high === undefined) break;
    const edge = between(low, high);
    if (edge !== edges[edges.length - 1]) edges.push(edge);
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
