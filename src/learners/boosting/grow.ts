/** Grows one boosted tree leaf by leaf, always at the leaf whose split gains most. The booster does the work, this holds the order. */
import type { SearchSettings } from '../../kernels/door.ts';
import { blank, bound, type GrownLeaf, type Growth, type Workshop, writeSplit } from './growth.ts';

interface Leaf extends GrownLeaf {
  depth: number;
  /** Where its sums lie; absent where they were given up. */
  slot?: number;
  /** 0 = not to be split. */
  gain: number;
  /** Least rows in a child that its next search asks for, by their share of the hessian. */
  asked: number;
}
const ASK_MORE = 1.5;

/** Grows a tree on the taken rows, whose gradients are ready; with a seed thresholds are drawn. Leaf values are left to the caller. */
export function growTree(shop: Workshop, taken: number, seed?: number): Growth {
  const { booster, edges, settings, bounded } = shop;
  const { leaves: most, maxDepth, minLeaf } = settings;
  const asked = minLeaf * settings.asking;
  const free = Array.from({ length: booster.slots }, (_, i) => i);
  const nodes = [blank(taken)];
  const root: Leaf = {
    node: 0,
    record: 0,
    start: 0,
    end: taken,
    lower: Number.NEGATIVE_INFINITY,
    upper: Number.POSITIVE_INFINITY,
    depth: 0,
    gain: 0,
    asked,
    slot: undefined,
  };
  const leaves = [root];
  const ask: SearchSettings = { ...settings, lower: root.lower, upper: root.upper };
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
      ask.minLeaf = leaf.asked;
      if (bounded) {
        ask.lower = leaf.lower;
        ask.upper = leaf.upper;
      }
      // Every node draws anew, whatever order they are looked at in.
      if (seed !== undefined) ask.seed = (seed + leaf.node) >>> 0;
      leaf.gain = booster.search(leaf.record, leaf.slot, leaf.end - leaf.start, ask);
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

  const childOf = ({ lower, upper, depth }: Leaf, node: number, record: number, start: number, end: number): Leaf => ({
    node,
    record,
    start,
    end,
    lower,
    upper,
    depth: depth + 1,
    gain: 0,
    asked,
    slot: undefined,
  });
  if (mayPart(root)) sumUp(root);
  examine(root);
  while (leaves.length < most) {
    let at = 0;
    for (let i = 1; i < leaves.length; i++) if (leaves[i].gain > leaves[at].gain) at = i;
    if (!(leaves[at].gain > 0)) break;
    const leaf = leaves[at];
    const cut = leaves.length - 1;
    const middle = booster.part(leaf.record, cut, leaf.start, leaf.end);
    if (Math.min(middle - leaf.start, leaf.end - middle) < minLeaf) {
      // The search knows rows only by their share of the hessian; where that misled it, it looks again and asks for more.
      leaf.asked = Math.ceil(leaf.asked * ASK_MORE);
      examine(leaf);
      continue;
    }
    const left = childOf(leaf, nodes.length, leaf.record, leaf.start, middle);
    const right = childOf(leaf, nodes.length + 1, leaves.length, middle, leaf.end);
    nodes.push(blank(middle - leaf.start), blank(leaf.end - middle));
    const split = booster.found(leaf.record);
    writeSplit(nodes[leaf.node], edges, split, { left: left.node, right: right.node, gain: leaf.gain, cut });
    booster.passOn(leaf.record, left.record, right.record);
    bound(shop, left, right, split.feature);
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
