/** Fits a decision tree: best first when leaves are limited, else every node down to the limits. */
import { kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Matrix, Training } from '../../recipe/model.ts';
import { rowWeights } from '../class-weights.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { type Forest, type GrownNode, packForest } from '../forest/grown-tree.ts';
import { pacer } from '../pacer.ts';
import { bestSplit, type TreeData, treeData } from './best-split.ts';
import { classChannels, numberChannels } from './channels.ts';
import { EXACT_ROWS, partSorted, type SortedRows, sortRows } from './sorted-rows.ts';
import type { TreeSplit } from './split-judge.ts';

/** One tree; every node holds class shares or the mean of its learning rows. */
export interface FittedTree {
  forest: Forest;
}

interface Settings {
  maxDepth: number;
  minLeaf: number;
  minSplit: number;
  maxLeaves: number;
}
const limit = (value: unknown): number => (value === null ? Number.POSITIVE_INFINITY : Number(value));

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedTree> {
  requireFloatTarget(data);
  const settings: Settings = {
    maxDepth: limit(params.max_depth),
    minLeaf: Number(params.min_leaf),
    minSplit: Number(params.min_split),
    maxLeaves: limit(params.max_leaves),
  };
  const { X, y, classCount } = data;
  const weight = rowWeights(data, params.class_weight === 'balanced') ?? new Float64Array(y.length).fill(1);
  const rows = Int32Array.from(y, (_, i) => i).filter((i) => weight[i] > 0);
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const bins = kernels.binMatrix(values, X.rows, X.cols, rows);
  const channels =
    classCount > 0
      ? classChannels(y, weight, classCount, params.criterion === 'entropy', Number(params.smoothing))
      : numberChannels(y, weight);
  const nodes = await grow(treeData({ ...X, values }, bins, channels), y, rows, settings, run);
  return { forest: packForest([{ nodes, target: 0 }], bins, Math.max(1, classCount)) };
}

/** A leaf that may still be split, and by what. */
interface Open {
  node: number;
  start: number;
  end: number;
  depth: number;
  split: TreeSplit;
  sorted?: SortedRows;
}

/** With a limit of leaves many nodes wait; of larger tables than this their sorted rows do not wait with them. */
const MOST_KEPT = 1 << 26;

async function grow(data: TreeData, y: Float64Array, rows: Int32Array, settings: Settings, run: FitRun): Promise<GrownNode[]> {
  const { X, channels } = data;
  const scratch = new Int32Array(rows.length);
  const nodes: GrownNode[] = [];
  const open: Open[] = [];
  const pace = pacer(run);
  // Adds a leaf; when it may be split, it is open with its best split.
  const keep = settings.maxLeaves === Number.POSITIVE_INFINITY || rows.length * X.cols <= MOST_KEPT;
  const addNode = (start: number, end: number, depth: number, before?: SortedRows): number => {
    const sums = new Float64Array(channels.count);
    for (let r = start; r < end; r++) channels.add(sums, 0, rows[r]);
    const node = nodes.length;
    nodes.push({
      feature: -1,
      threshold: 0,
      missingLeft: false,
      left: 0,
      right: 0,
      rows: end - start,
      gain: 0,
      value: channels.value(sums),
    });
    const few = end - start < Math.max(settings.minSplit, 2 * settings.minLeaf);
    if (few || depth >= settings.maxDepth || isPure(y, rows, start, end)) return node;
    const sorted = before ?? (end - start <= EXACT_ROWS ? sortRows(X, rows, start, end) : undefined);
    const split = bestSplit(data, rows, start, end, sums, settings.minLeaf, sorted);
    if (split) open.push({ node, start, end, depth, split, ...(keep ? { sorted } : {}) });
    return node;
  };
  addNode(0, rows.length, 0);
  let leaves = 1;
  while (open.length > 0 && leaves < settings.maxLeaves) {
    const { node, start, end, depth, split, sorted } = takeNext(open, settings.maxLeaves);
    const middle = partition(X, rows, start, end, split, scratch);
    if (sorted && depth + 1 < settings.maxDepth) partSorted(sorted, start, end, split);
    const left = addNode(start, middle, depth + 1, sorted);
    const right = addNode(middle, end, depth + 1, sorted);
    Object.assign(nodes[node], { ...split, gain: Math.max(0, split.gain), left, right });
    leaves++;
    if (await pace((end - start) * X.cols * 20)) break;
  }
  return nodes;
}

/** With a limit the one that gains most (the oldest of equals); without one the order does not matter. */
function takeNext(open: Open[], maxLeaves: number): Open {
  if (maxLeaves === Number.POSITIVE_INFINITY) return open.pop()!;
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i].split.gain > open[best].split.gain) best = i;
  return open.splice(best, 1)[0];
}

function isPure(y: Float64Array, rows: Int32Array, start: number, end: number): boolean {
  for (let r = start + 1; r < end; r++) if (y[rows[r]] !== y[rows[start]]) return false;
  return true;
}

/** Left rows first, each side in its old order; gives the first place of the right side. */
function partition(X: Matrix, rows: Int32Array, start: number, end: number, split: TreeSplit, scratch: Int32Array): number {
  let left = start;
  let right = 0;
  for (let r = start; r < end; r++) {
    const v = X.values[rows[r] * X.cols + split.feature];
    if (v <= split.threshold || (Number.isNaN(v) && split.missingLeft)) rows[left++] = rows[r];
    else scratch[right++] = rows[r];
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}
