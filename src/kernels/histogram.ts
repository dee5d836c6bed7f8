/**
 * Gradient histograms with exact sums: gradients and hessians are rounded to integers once per tree and both packed in one double,
 * qg · 2^26 + qh, so that sums and differences never round and do not depend on the order of rows. Plain TypeScript behind `door.ts`.
 */
import type { Bins } from './bins.ts';

/** Weight of the gradient's integer inside a packed double. */
export const PACK = 67108864;

/** Real gradient = integer / `gradient`, real hessian = integer / `hessian`. */
export interface PackScales {
  gradient: number;
  hessian: number;
}

/** Packs the gradients of the rows `rows[0] … rows[count - 1]` into `packed`, by row. */
export function packGradients(
  gradient: Float64Array,
  hessian: Float64Array,
  rows: Int32Array,
  count: number,
  packed: Float64Array,
): PackScales {
  let sumG = 0;
  let sumH = 0;
  for (let r = 0; r < count; r++) {
    sumG += Math.abs(gradient[rows[r]]);
    sumH += hessian[rows[r]];
  }
  // Rounding adds at most a half per row, so no sum reaches 2^26.
  const room = PACK - 1 - count;
  const scaleG = sumG > 0 ? room / sumG : 1;
  const scaleH = sumH > 0 ? room / sumH : 1;
  for (let r = 0; r < count; r++) {
    const i = rows[r];
    packed[i] = Math.round(gradient[i] * scaleG) * PACK + Math.round(hessian[i] * scaleH);
  }
  return { gradient: scaleG, hessian: scaleH };
}

/**
 * Sums the packed gradients of rows[start … end - 1] by feature and code into `out`, and the number of rows into `counts` when given. Both are
 * cleared first.
 */
export function buildHistogram(
  bins: Bins,
  rows: Int32Array,
  start: number,
  end: number,
  packed: Float64Array,
  out: Float64Array,
  counts?: Int32Array,
): void {
  out.fill(0);
  counts?.fill(0);
  const { offsets } = bins;
  const words = new Uint32Array(bins.codes.buffer, bins.codes.byteOffset, bins.codes.length >> 2);
  const width = bins.stride >> 2;
  for (let r = start; r < end; r++) {
    const row = rows[r];
    const value = packed[row];
    const base = row * width;
    for (let w = 0, f = 0; w < width; w++, f += 4) {
      const word = words[base + w];
      const a = offsets[f] + (word & 255);
      const b = offsets[f + 1] + ((word >>> 8) & 255);
      const c = offsets[f + 2] + ((word >>> 16) & 255);
      const d = offsets[f + 3] + (word >>> 24);
      out[a] += value;
      out[b] += value;
      out[c] += value;
      out[d] += value;
      if (counts === undefined) continue;
      counts[a]++;
      counts[b]++;
      counts[c]++;
      counts[d]++;
    }
  }
}

/** The sibling's histogram or counts: parent - child, written over the parent. */
export function subtractHistogram(parent: Float64Array | Int32Array, child: Float64Array | Int32Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
}
