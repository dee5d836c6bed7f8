/** The best question for a node: small nodes by every threshold between their values, large ones by the edges of the bins. */
import type { Bins } from '../../kernels/door.ts';
import type { Matrix } from '../../recipe/model.ts';
import type { Channels } from './channels.ts';
import { type SplitJudge, splitJudge, type TreeSplit } from './split-judge.ts';

/** Nodes up to this size are sorted; above it 255 bins are as good and much faster. */
export const EXACT_ROWS = 16_384;

export interface TreeData {
  X: Matrix;
  bins: Bins;
  channels: Channels;
  /** Room for `countBins`, and for sorting. */
  counts: Float64Array;
  keys: Float64Array;
}

export function treeData(X: Matrix, bins: Bins, channels: Channels): TreeData {
  return { X, bins, channels, counts: new Float64Array(bins.histogramLength * channels.count), keys: new Float64Array(EXACT_ROWS) };
}

/** For rows[start … end - 1] with the sums `sums`; undefined when no split leaves `minLeaf` rows on both sides. */
export function bestSplit(
  data: TreeData,
  rows: Int32Array,
  start: number,
  end: number,
  sums: Float64Array,
  minLeaf: number,
): TreeSplit | undefined {
  const judge = splitJudge(data.channels, sums, minLeaf);
  if (end - start <= EXACT_ROWS) walkValues(data, rows, start, end, judge);
  else walkBins(data, rows, start, end, judge);
  return judge.best();
}

const bitsOf = new Float32Array(1);
const asInteger = new Uint32Array(bitsOf.buffer);

/** Whole numbers in the order of float32 values. */
function orderOf(value: number): number {
  bitsOf[0] = value;
  const bits = asInteger[0];
  return bits >= 0x80000000 ? 0xffffffff - bits : bits + 0x80000000;
}

function walkValues({ X, channels, keys }: TreeData, rows: Int32Array, start: number, end: number, judge: SplitJudge): void {
  const { values, cols } = X;
  for (let f = 0; f < cols; f++) {
    judge.left.fill(0);
    judge.missing.fill(0);
    let present = 0;
    for (let r = start; r < end; r++) {
      const v = values[rows[r] * cols + f];
      if (Number.isNaN(v)) channels.add(judge.missing, 0, rows[r]);
      // Value and place in one number, so that the fast numeric sort does it.
      else keys[present++] = orderOf(v) * EXACT_ROWS + (r - start);
    }
    const sorted = keys.subarray(0, present).sort();
    const rowAt = (k: number) => rows[start + (sorted[k] % EXACT_ROWS)];
    for (let k = 0; k < present; k++) {
      const row = rowAt(k);
      const v = values[row * cols + f];
      channels.add(judge.left, 0, row);
      const next = k + 1 < present ? values[rowAt(k + 1) * cols + f] : v;
      if (next !== v) judge.cut(f, v, next);
    }
    judge.cutMissing(f);
  }
}

/** Sums per feature and code into `counts`, `channels.count` entries each. */
function countBins({ bins, channels, counts }: TreeData, rows: Int32Array, start: number, end: number): void {
  counts.fill(0);
  for (let r = start; r < end; r++) {
    const row = rows[r];
    for (let f = 0; f < bins.cols; f++) channels.add(counts, (bins.offsets[f] + bins.codes[row * bins.stride + f]) * channels.count, row);
  }
}

function walkBins(data: TreeData, rows: Int32Array, start: number, end: number, judge: SplitJudge): void {
  const { bins, channels, counts } = data;
  const width = channels.count;
  countBins(data, rows, start, end);
  for (let f = 0; f < bins.cols; f++) {
    const at = bins.offsets[f] * width;
    const first = bins.starts[f];
    const lastBin = bins.starts[f + 1] - first;
    for (let c = 0; c < width; c++) judge.missing[c] = counts[at + (lastBin + 1) * width + c];
    judge.left.fill(0);
    let bin = nextFilled(counts, at, width, 0, lastBin);
    while (bin <= lastBin) {
      for (let c = 0; c < width; c++) judge.left[c] += counts[at + bin * width + c];
      const next = nextFilled(counts, at, width, bin + 1, lastBin);
      if (next <= lastBin) judge.cut(f, bins.edges[first + bin], bins.edges[first + next - 1]);
      bin = next;
    }
    judge.cutMissing(f);
  }
}

function nextFilled(counts: Float64Array, at: number, width: number, from: number, last: number): number {
  let bin = from;
  while (bin <= last && counts[at + bin * width] === 0) bin++;
  return bin;
}
