/** The best question for a node: small nodes by every threshold between their values, large ones by the edges of the bins. */
import type { Bins } from '../../kernels/door.ts';
import type { Matrix } from '../../recipe/model.ts';
import type { Channels } from './channels.ts';
import type { SortedRows } from './sorted-rows.ts';
import { type SplitJudge, splitJudge, type TreeSplit } from './split-judge.ts';

export interface TreeData {
  X: Matrix;
  bins: Bins;
  channels: Channels;
  /** Room for `countBins`. */
  counts: Float64Array;
}

export function treeData(X: Matrix, bins: Bins, channels: Channels): TreeData {
  return { X, bins, channels, counts: new Float64Array(bins.histogramLength * channels.count) };
}

/** For rows[start … end - 1], `sorted` where they are few, with the sums `sums`; undefined when no split leaves `minLeaf` rows on both sides. */
export function bestSplit(
  data: TreeData,
  rows: Int32Array,
  start: number,
  end: number,
  sums: Float64Array,
  minLeaf: number,
  sorted: SortedRows | undefined,
): TreeSplit | undefined {
  const judge = splitJudge(data.channels, sums, minLeaf);
  if (sorted) walkValues(data.channels, sorted, start, end, judge);
  else walkBins(data, rows, start, end, judge);
  return judge.best();
}

function walkValues(channels: Channels, { from, rowOf, orders, values }: SortedRows, start: number, end: number, judge: SplitJudge): void {
  const count = rowOf.length;
  const { left, missing } = judge;
  for (let base = 0, f = 0; base < orders.length; base += count, f++) {
    left.fill(0);
    missing.fill(0);
    const first = base + start - from;
    let present = base + end - from;
    for (; present > first && Number.isNaN(values[base + orders[present - 1]]); present--)
      channels.add(missing, 0, rowOf[orders[present - 1]]);
    let next = first < present ? values[base + orders[first]] : 0;
    for (let k = first; k < present; k++) {
      const v = next;
      channels.add(left, 0, rowOf[orders[k]]);
      if (k + 1 === present) break;
      next = values[base + orders[k + 1]];
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
