/** A tree that was just grown, and which rows its leaves hold. */
import type { GrownNode } from '../forest/grown-tree.ts';

/** A node whose rows are those from `start` to `end` of the booster. */
export interface GrownLeaf {
  /** Place among the tree's nodes, and the booster's record of it. */
  node: number;
  record: number;
  start: number;
  end: number;
  /** Bounds of its value before the learning rate, from monotone features above it. */
  lower: number;
  upper: number;
}
/** A grown tree, and which rows its leaves hold. */
export interface Growth {
  nodes: (GrownNode & { cut: number })[];
  leaves: readonly GrownLeaf[];
  /** Elementary operations spent, for the pacer. */
  work: number;
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
