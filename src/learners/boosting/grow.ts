/** Grows one boosted tree leaf by leaf, always at the leaf whose split gains most. Kernels do the work, this holds the order. */
import { type Bins, kernels, type PackScales, type Split, type SplitSettings } from '../../kernels/door.ts';
import type { GrownNode, GrownTree } from '../forest/grown-tree.ts';

export interface GrowSettings extends SplitSettings {
  leaves: number;
  maxDepth: number;
}
/** What stays the same over all trees of a fit: buffers are kept and used again. */
export interface Workshop {
  bins: Bins;
  settings: GrowSettings;
  /** Packed gradients by row. */
  packed: Float64Array;
  scratch: Int32Array;
  /** Rows are counted where the hessian does not tell how many there are. */
  counting: boolean;
  spare: Sums[];
}
/** A node's sums per feature and code. */
interface Sums {
  histogram: Float64Array;
  counts?: Int32Array;
}

interface Leaf {
  node: number;
  /** Its rows are rows[start … end - 1]. */
  start: number;
  end: number;
  depth: number;
  total: number;
  sums?: Sums;
  split?: Split;
}
/** A grown tree and which rows its leaves hold. */
export interface Growth {
  tree: GrownTree;
  leaves: { node: number; start: number; end: number }[];
  /** Elementary operations spent, for the pacer. */
  work: number;
}

export function workshop(bins: Bins, settings: GrowSettings, counting: boolean): Workshop {
  return { bins, settings, packed: new Float64Array(bins.rows), scratch: new Int32Array(bins.rows), counting, spare: [] };
}

function sumRows(shop: Workshop, rows: Int32Array, start: number, end: number): Sums {
  const { bins, packed, counting } = shop;
  const sums = shop.spare.pop() ?? {
    histogram: new Float64Array(bins.histogramLength),
    ...(counting ? { counts: new Int32Array(bins.histogramLength) } : {}),
  };
  kernels.buildHistogram(bins, rows, start, end, packed, sums.histogram, sums.counts);
  return sums;
}

function subtract(parent: Sums, child: Sums): Sums {
  kernels.subtractHistogram(parent.histogram, child.histogram);
  if (parent.counts && child.counts) kernels.subtractHistogram(parent.counts, child.counts);
  return parent;
}

function giveBack(shop: Workshop, leaf: Leaf): void {
  if (leaf.sums) shop.spare.push(leaf.sums);
  leaf.sums = undefined;
}

const blank = (rows: number): GrownNode => ({
  feature: -1,
  bin: 0,
  missingLeft: false,
  left: 0,
  right: 0,
  rows,
  gain: 0,
  value: [0],
});

/** Looks for the leaf's best split, where it may be split at all; sums no longer needed are given back. */
function examine(shop: Workshop, leaf: Leaf, features: Int32Array, scales: PackScales): void {
  const { settings, bins } = shop;
  const count = leaf.end - leaf.start;
  if (leaf.sums && leaf.depth < settings.maxDepth && count >= 2 * settings.minLeaf) {
    leaf.split = kernels.findSplit(bins, leaf.sums.histogram, leaf.sums.counts, features, leaf.total, count, scales, settings);
  }
  if (!leaf.split) giveBack(shop, leaf);
}

/** `rows[0 … count - 1]` are learned from and come back ordered by leaf. Leaf values are left to the caller. */
export function growTree(shop: Workshop, rows: Int32Array, count: number, features: Int32Array, scales: PackScales): Growth {
  const { bins, packed, settings } = shop;
  let total = 0;
  for (let r = 0; r < count; r++) total += packed[rows[r]];
  const root: Leaf = { node: 0, start: 0, end: count, depth: 0, total, sums: sumRows(shop, rows, 0, count) };
  const nodes: GrownNode[] = [blank(count)];
  const leaves: Leaf[] = [root];
  let work = count * bins.stride;
  examine(shop, root, features, scales);
  while (leaves.length < settings.leaves) {
    let at = -1;
    for (let i = 0; i < leaves.length; i++) {
      const gain = leaves[i].split?.gain;
      if (gain !== undefined && (at < 0 || gain > leaves[at].split!.gain)) at = i;
    }
    if (at < 0) break;
    const leaf = leaves[at];
    const split = leaf.split!;
    const middle = kernels.partitionRows(bins, rows, leaf.start, leaf.end, split.feature, split.bin, split.missingLeft, shop.scratch);
    const left: Leaf = { node: nodes.length, start: leaf.start, end: middle, depth: leaf.depth + 1, total: 0 };
    const right: Leaf = { node: nodes.length + 1, start: middle, end: leaf.end, depth: leaf.depth + 1, total: 0 };
    nodes.push(blank(left.end - left.start), blank(right.end - right.start));
    Object.assign(nodes[leaf.node], { ...split, left: left.node, right: right.node });
    const [small, large] = left.end - left.start <= right.end - right.start ? [left, right] : [right, left];
    for (let r = small.start; r < small.end; r++) small.total += packed[rows[r]];
    large.total = leaf.total - small.total;
    leaves[at] = left;
    leaves.push(right);
    // The last leaves are not split again, so they need no sums.
    if (leaves.length < settings.leaves) {
      small.sums = sumRows(shop, rows, small.start, small.end);
      large.sums = subtract(leaf.sums!, small.sums);
      work += (small.end - small.start) * bins.stride + bins.histogramLength * 8;
      examine(shop, left, features, scales);
      examine(shop, right, features, scales);
    } else giveBack(shop, leaf);
  }
  for (const leaf of leaves) giveBack(shop, leaf);
  return { tree: { nodes, target: 0 }, leaves: leaves.map(({ node, start, end }) => ({ node, start, end })), work };
}

/** Node where a binned row ends, for rows that the tree did not learn from. */
export function leafOfCodes({ nodes }: GrownTree, bins: Bins, row: number): number {
  let at = 0;
  while (nodes[at].feature >= 0) {
    const { feature, bin, missingLeft, left, right } = nodes[at];
    const code = bins.codes[row * bins.stride + feature];
    const missing = bins.starts[feature + 1] - bins.starts[feature] + 1;
    at = (code === missing ? missingLeft : code <= bin) ? left : right;
  }
  return at;
}
