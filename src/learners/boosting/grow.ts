/** Grows one boosted tree leaf by leaf, always at the leaf whose split gains most. The booster does the work, this holds the order. */
import type { Booster, BoosterSplit, Edges, SearchSettings } from '../../kernels/door.ts';
import type { GrownNode } from '../forest/grown-tree.ts';

export interface GrowSettings extends SearchSettings {
  leaves: number;
  maxDepth: number;
}
/** What stays the same over all trees of a fit. */
export interface Workshop {
  booster: Booster;
  edges: Edges;
  settings: GrowSettings;
}

interface Leaf {
  /** Place among the tree's nodes, and the booster's record of it. */
  node: number;
  record: number;
  start: number;
  end: number;
  depth: number;
  /** Where its sums lie; absent where they were given up. */
  slot?: number;
  /** 0 = not to be split. */
  gain: number;
  /** Least rows in a child that its next search asks for. */
  minLeaf: number;
}
/** A grown tree, and which rows its leaves hold. */
export interface Growth {
  nodes: (GrownNode & { cut: number })[];
  leaves: readonly { node: number; record: number; start: number; end: number }[];
  /** Elementary operations spent, for the pacer. */
  work: number;
}

const blank = (rows: number): Growth['nodes'][number] => ({
  feature: -1,
  threshold: 0,
  missingLeft: false,
  left: 0,
  right: 0,
  rows,
  gain: 0,
  value: [0],
  cut: 0,
});

/** A split on code <= bin is a split on x <= the edge above that bin; past the last edge every number goes left. */
const thresholdOf = (edges: Edges, { feature, bin }: Omit<BoosterSplit, 'gain'>): number =>
  bin < edges[feature].length ? edges[feature][bin] : Number.POSITIVE_INFINITY;

/** Grows a tree on the taken rows, whose gradients are ready. Leaf values are left to the caller. */
export function growTree({ booster, edges, settings }: Workshop, taken: number): Growth {
  const { leaves: most, maxDepth, minLeaf } = settings;
  const free = Array.from({ length: booster.slots }, (_, i) => i);
  const nodes = [blank(taken)];
  const leaves: Leaf[] = [{ node: 0, record: 0, start: 0, end: taken, depth: 0, gain: 0, minLeaf }];
  let work = 0;

  const mayPart = (leaf: Leaf) => leaf.depth < maxDepth && leaf.end - leaf.start >= 2 * minLeaf;
  const giveUp = (leaf: Leaf) => {
    if (leaf.slot === undefined) return;
    booster.giveUp(leaf.slot, leaf.start, leaf.end);
    free.push(leaf.slot);
    leaf.slot = undefined;
  };
  /** A free slot, or that of the leaf that is least likely to be split; its sums are made again if it is. */
  const takeSlot = (): number => {
    if (free.length === 0) giveUp(leaves.filter((leaf) => leaf.slot !== undefined).reduce((a, b) => (b.gain < a.gain ? b : a)));
    return free.pop()!;
  };
  const sumUp = (leaf: Leaf) => {
    leaf.slot = takeSlot();
    booster.sumNode(leaf.slot, leaf.start, leaf.end);
    work += (leaf.end - leaf.start) * edges.length;
  };
  const examine = (leaf: Leaf) => {
    leaf.gain = 0;
    if (leaf.slot !== undefined && mayPart(leaf)) {
      leaf.gain = booster.search(leaf.record, leaf.slot, leaf.end - leaf.start, { ...settings, minLeaf: leaf.minLeaf });
      work += edges.length * 256;
    }
    if (!(leaf.gain > 0)) giveUp(leaf);
  };
  /** Sums for both children of a leaf that may need them: the smaller from its rows, the larger as the rest. */
  const sumChildren = (parent: Leaf, left: Leaf, right: Leaf) => {
    const [small, large] = left.end - left.start <= right.end - right.start ? [left, right] : [right, left];
    if (!mayPart(large) && !mayPart(small)) return giveUp(parent);
    const { slot } = parent;
    if (slot === undefined) {
      if (mayPart(large)) sumUp(large);
      if (mayPart(small)) sumUp(small);
      return;
    }
    sumUp(small);
    booster.subtract(slot, small.slot!, small.start, small.end);
    large.slot = slot;
  };

  if (mayPart(leaves[0])) sumUp(leaves[0]);
  examine(leaves[0]);
  while (leaves.length < most) {
    const at = leaves.reduce((best, leaf, i) => (leaf.gain > (best < 0 ? 0 : leaves[best].gain) ? i : best), -1);
    if (at < 0) break;
    const leaf = leaves[at];
    const cut = leaves.length - 1;
    const middle = booster.part(leaf.record, cut, leaf.start, leaf.end);
    if (Math.min(middle - leaf.start, leaf.end - middle) < minLeaf) {
      // The search knows rows only by their share of the hessian; where that misled it, it looks again and asks for more.
      leaf.minLeaf = Math.ceil(leaf.minLeaf * 1.25) + 1;
      examine(leaf);
      continue;
    }
    const left: Leaf = { ...leaf, node: nodes.length, end: middle, depth: leaf.depth + 1, gain: 0, slot: undefined, minLeaf };
    const right: Leaf = { ...left, node: nodes.length + 1, record: leaves.length, start: middle, end: leaf.end };
    nodes.push(blank(middle - leaf.start), blank(leaf.end - middle));
    const split = booster.found(leaf.record);
    const { feature, missingLeft } = split;
    Object.assign(nodes[leaf.node], {
      feature,
      threshold: thresholdOf(edges, split),
      missingLeft,
      left: left.node,
      right: right.node,
      gain: leaf.gain,
      cut,
    });
    booster.passOn(leaf.record, left.record, right.record);
    leaves[at] = left;
    leaves.push(right);
    // The last leaves are not split again, so they need no sums.
    if (leaves.length === most) break;
    sumChildren(leaf, left, right);
    examine(left);
    examine(right);
  }
  for (const leaf of leaves) giveUp(leaf);
  return { nodes, leaves, work };
}
