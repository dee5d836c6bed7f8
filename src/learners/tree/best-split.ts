/** The best question for a node: every feature, every threshold between its rows, missing values tried on both sides. */
import { floor32 } from '../../base/float.ts';
import type { Bins } from '../../kernels/door.ts';
import type { Channels } from './channels.ts';

export interface TreeSplit {
  gain: number;
  feature: number;
  bin: number;
  threshold: number;
  missingLeft: boolean;
}

/**
 * The split that gains most, with at least `minLeaf` rows on both sides; undefined when there is none. A split that gains nothing counts
 * too, because the next one may (scikit-learn does the same). The first of equals wins. `counts` comes from `countBins`, `sums` are the node's.
 */
export function bestSplit(
  bins: Bins,
  channels: Channels,
  counts: Float64Array,
  sums: Float64Array,
  minLeaf: number,
): TreeSplit | undefined {
  const width = channels.count;
  const own = channels.good(sums);
  const left = new Float64Array(width);
  const right = new Float64Array(width);
  const missing = new Float64Array(width);
  let best: TreeSplit | undefined;
  // Equal splits can differ by rounding; take a later one only when it is clearly better.
  const slack = 1e-12 * Math.abs(own);

  const consider = (feature: number, bin: number, next: number, missingLeft: boolean) => {
    for (let c = 0; c < width; c++) right[c] = sums[c] - left[c];
    if (left[0] < minLeaf || right[0] < minLeaf) return;
    const gain = channels.good(left) + channels.good(right) - own;
    if (!(gain > (best ? best.gain + slack : -slack - Number.MIN_VALUE))) return;
    const none = missing[0] === 0;
    best = { gain, feature, bin, threshold: middleEdge(bins, feature, bin, next), missingLeft: none ? left[0] >= right[0] : missingLeft };
  };

  for (let f = 0; f < bins.cols; f++) {
    const at = bins.offsets[f] * width;
    const lastBin = bins.starts[f + 1] - bins.starts[f];
    for (let c = 0; c < width; c++) missing[c] = counts[at + (lastBin + 1) * width + c];
    left.fill(0);
    let bin = nextFilled(counts, at, width, 0, lastBin);
    while (bin <= lastBin) {
      for (let c = 0; c < width; c++) left[c] += counts[at + bin * width + c];
      const next = nextFilled(counts, at, width, bin + 1, lastBin);
      if (next <= lastBin || missing[0] > 0) consider(f, bin, next, false);
      if (next <= lastBin && missing[0] > 0) {
        for (let c = 0; c < width; c++) left[c] += missing[c];
        consider(f, bin, next, true);
        for (let c = 0; c < width; c++) left[c] -= missing[c];
      }
      bin = next;
    }
  }
  return best;
}

function nextFilled(counts: Float64Array, at: number, width: number, from: number, last: number): number {
  let bin = from;
  while (bin <= last && counts[at + bin * width] === 0) bin++;
  return bin;
}

/** Between the node's last value left and its first one right: the middle of the edges that would part them alike. */
function middleEdge(bins: Bins, feature: number, bin: number, next: number): number {
  const start = bins.starts[feature];
  const lastBin = bins.starts[feature + 1] - start;
  if (next > lastBin) return 3.4028234663852886e38;
  const low = bins.edges[start + bin];
  const high = bins.edges[start + next - 1];
  return low === high ? low : floor32(low + (high - low) / 2);
}
