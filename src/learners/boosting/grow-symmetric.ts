/** Grows one boosted tree level by level, every level by one question for all its nodes (oblivious trees; Kohavi 1994, as in CatBoost). */
import { blank, type GrownLeaf, type Growth, type Workshop, writeSplit } from './growth.ts';

interface Leaf extends GrownLeaf {
  slot?: number;
}

/** Levels that make about as many leaves as are wanted. */
export const levelsFor = (leaves: number, maxDepth: number): number => Math.min(maxDepth, Math.max(1, Math.round(log2Of(leaves))));
const log2Of = (leaves: number): number => {
  let power = 0;
  while (2 ** (power + 1) <= leaves) power++;
  // Half-way between two powers by ratio: 2^(power + ½) squared is 2^(2 · power + 1).
  return leaves * leaves >= 2 ** (2 * power + 1) ? power + 1 : power;
};

/** Grows a tree on the taken rows, whose gradients are ready. Nodes with too few rows to be split are split all the same and pass their value on. */
export function growSymmetric(shop: Workshop, taken: number, seed?: number): Growth {
  const { booster, edges, settings, bounded } = shop;
  const { minLeaf } = settings;
  const { NEGATIVE_INFINITY: lowest, POSITIVE_INFINITY: highest } = Number;
  const free = Array.from({ length: booster.slots }, (_, i) => i);
  const nodes = [blank(taken)];
  let leaves: Leaf[] = [{ node: 0, record: 0, start: 0, end: taken, lower: lowest, upper: highest }];
  let work = 0;
  let cut = 0;

  const giveUp = (leaf: Leaf) => {
    if (leaf.slot === undefined) return;
    booster.giveUp(leaf.slot, leaf.start, leaf.end);
    free.push(leaf.slot);
    leaf.slot = undefined;
  };
  const sumUp = (leaf: Leaf) => {
    leaf.slot = free.pop()!;
    booster.sumNode(leaf.slot, leaf.start, leaf.end);
    work += (leaf.end - leaf.start) * edges.length;
  };
  const addGains = (leaf: Leaf, level: number) => {
    const rows = leaf.end - leaf.start;
    if (leaf.inherited !== undefined || rows < 2 * minLeaf) return giveUp(leaf);
    // Where there is no room for all nodes' sums, one slot is kept for those that are made and used at once.
    const passing = leaf.slot === undefined;
    if (passing) sumUp(leaf);
    const bounds = { lower: bounded ? leaf.lower : lowest, upper: bounded ? leaf.upper : highest };
    booster.addGains(leaf.slot!, { ...leaf, ...bounds }, seed === undefined ? undefined : (seed + level) >>> 0);
    work += edges.length * 512;
    if (passing && free.length === 0) giveUp(leaf);
  };
  const sumChildren = (parent: Leaf, left: Leaf, right: Leaf) => {
    const { slot } = parent;
    parent.slot = undefined;
    if (slot === undefined) return;
    const [small, large] = left.end - left.start <= right.end - right.start ? [left, right] : [right, left];
    if (free.length < 2) {
      free.push(slot);
      booster.giveUp(slot, parent.start, parent.end);
      return;
    }
    sumUp(small);
    booster.subtract(slot, small.slot!, small.start, small.end);
    large.slot = slot;
  };

  for (let level = 0; level < levelsFor(settings.leaves, settings.maxDepth); level++) {
    booster.clearGains();
    for (const leaf of leaves) addGains(leaf, level);
    const gain = booster.bestGain();
    if (!(gain > 0)) break;
    const split = booster.found(0);
    const middles = leaves.map((leaf) => booster.part(0, cut, leaf.start, leaf.end));
    const toLeft = leaves.reduce((sum, leaf, i) => sum + middles[i] - leaf.start, 0);
    const missingLeft = booster.lacks(split.feature) ? split.missingLeft : 2 * toLeft >= taken;
    booster.sendMissing(cut, split.feature, missingLeft);
    leaves = leaves.flatMap((leaf, i) => {
      const child = (node: number, record: number, start: number, end: number): Leaf => ({
        ...leaf,
        node,
        record,
        start,
        end,
        slot: undefined,
      });
      const left = child(nodes.length, leaf.record, leaf.start, middles[i]);
      const right = child(nodes.length + 1, leaves.length + i, middles[i], leaf.end);
      nodes.push(blank(left.end - left.start), blank(right.end - right.start));
      writeSplit(nodes[leaf.node], edges, { ...split, missingLeft }, { left: left.node, right: right.node, gain: i === 0 ? gain : 0, cut });
      const own =
        Math.min(left.end - left.start, right.end - right.start) < minLeaf ? (leaf.inherited ?? booster.leafValue(leaf)) : undefined;
      booster.passOnRows(leaf.record, left.record, right.record, left.start, left.end);
      for (const side of [left, right]) if (side.end - side.start < minLeaf) side.inherited = own;
      bound(shop, left, right, split.feature);
      sumChildren(leaf, left, right);
      return [left, right];
    });
    cut++;
  }
  for (const leaf of leaves) giveUp(leaf);
  return { nodes, leaves, work };
}

/** Where the answer must rise or fall with a feature, the sides keep to their halves of the way between them. */
function bound({ directions, booster }: Workshop, left: GrownLeaf, right: GrownLeaf, feature: number): void {
  if (directions[feature] === 0) return;
  const middle = left.inherited ?? right.inherited ?? (booster.leafValue(left) + booster.leafValue(right)) / 2;
  const [low, high] = directions[feature] > 0 ? [left, right] : [right, left];
  low.upper = middle;
  high.lower = middle;
}
