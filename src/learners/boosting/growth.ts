/** A tree that was just grown, and which rows its leaves hold. */
import type { Booster, BoosterLeaf, BoosterSplit, Edges, GrowSettings } from '../../kernels/door.ts';
import type { GrownNode } from '../forest/grown-tree.ts';

export interface GrownLeaf extends BoosterLeaf {
  /** Its value where too few rows came here to say one: that of the node above. */
  inherited?: number;
}
/** A grown tree, and which rows its leaves hold. */
export interface Growth {
  nodes: (GrownNode & { cut: number })[];
  leaves: readonly GrownLeaf[];
  /** Elementary operations spent, for the pacer. */
  work: number;
}

/** What stays the same over all trees of a fit. */
export interface Workshop {
  booster: Booster;
  edges: Edges;
  /** Which way the answer must go with a feature: -1, 1, or 0 for either. */
  directions: readonly number[];
  settings: GrowSettings;
  /** Values are Newton's, so that the search can keep them within a leaf's bounds. */
  bounded: boolean;
}

/** A split on code <= bin is a split on x <= the edge above that bin; past the last edge every number goes left. */
const thresholdOf = (edges: Edges, feature: number, bin: number): number =>
  bin < edges[feature].length ? edges[feature][bin] : Number.POSITIVE_INFINITY;

/** Makes a node an inner one. */
export function writeSplit(
  node: Growth['nodes'][number],
  edges: Edges,
  { feature, bin, set, missingLeft }: BoosterSplit,
  rest: { left: number; right: number; gain: number; cut: number },
): void {
  node.feature = feature;
  if (set) node.set = set;
  else node.threshold = thresholdOf(edges, feature, bin);
  node.missingLeft = missingLeft;
  node.left = rest.left;
  node.right = rest.right;
  node.gain = rest.gain;
  node.cut = rest.cut;
}

export const blank = (rows: number): Growth['nodes'][number] => ({
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
