/** What a boosting fit is for its kernels: addresses and settings, written by `boosting-job.ts` in this order; and the leaves and nodes of a tree. */

@unmanaged
export class Job {
  /** Penalties and the least hessian of a side, in real numbers. */
  l1: f64 = 0;
  l2: f64 = 0;
  minHessian: f64 = 0;
  /** Hessian that holds back sets of categories at least, in real numbers. */
  smooth: f64 = 0;
  /** What part of the least rows the first search of a leaf asks for. */
  asking: f64 = 0;
  /** Whole number = real number · scale, for this tree. */
  scaleG: f64 = 0;
  scaleH: f64 = 0;
  /** Which quantile of the residuals a leaf is, where `quantile` is 1. */
  level: f64 = 0;
  /** Elementary operations that the last tree took. */
  work: f64 = 0;
  codes: u32 = 0;
  rowBytes: u32 = 0;
  /** The codes once more, column by column, or 0; and where features' codes lie in a row. */
  columns: u32 = 0;
  places: u32 = 0;
  columnBytes: u32 = 0;
  packed: u32 = 0;
  rows: u32 = 0;
  spare: u32 = 0;
  groups: u32 = 0;
  groupCount: i32 = 0;
  features: u32 = 0;
  /** Features that splits may ask, and how many. */
  list: u32 = 0;
  allowed: i32 = 0;
  sums: u32 = 0;
  sumsBytes: u32 = 0;
  slots: i32 = 0;
  /** A byte per slot: 1 where its sums are all zero. */
  clean: u32 = 0;
  found: u32 = 0;
  totals: u32 = 0;
  search: u32 = 0;
  candidates: u32 = 0;
  sides: u32 = 0;
  leaves: u32 = 0;
  nodes: u32 = 0;
  free: u32 = 0;
  train: i32 = 0;
  cols: i32 = 0;
  minLeaf: i32 = 0;
  maxDepth: i32 = 0;
  mostLeaves: i32 = 0;
  /** Bounds hold for values. */
  bounded: i32 = 0;
  quantile: i32 = 0;
  /** A feature has a direction. */
  careful: i32 = 0;
  scores: u32 = 0;
  targets: u32 = 0;
  weights: u32 = 0;
  residuals: u32 = 0;
  sortCounts: u32 = 0;
  /** While a tree grows: its leaves, and the free slots on the stack `free`. */
  leafCount: i32 = 0;
  freeCount: i32 = 0;
}

/** A leaf of the tree that grows: its rows are rows[start … end - 1], its sums lie in a slot (-1 = given up), what was found in a record. */
@unmanaged
export class Leaf {
  /** Of its best split, in whole numbers; not above 0 where it is not to be split. */
  gain: f64 = 0;
  /** Bounds of its value before the learning rate, from monotone features above it. */
  lower: f64 = 0;
  upper: f64 = 0;
  /** Least rows in a child that its next search asks for, by their share of the hessian. */
  asked: f64 = 0;
  node: i32 = 0;
  record: i32 = 0;
  start: i32 = 0;
  end: i32 = 0;
  depth: i32 = 0;
  slot: i32 = 0;
  /** Its best value within its bounds; then what it adds. */
  value: f64 = 0;
}
export const LEAF_BYTES: usize = 64;

/** A node of a grown tree; a leaf has the feature -1. After it lie 32 bytes: the set of categories that go left. */
@unmanaged
export class TreeNode {
  gain: f64 = 0;
  feature: i32 = 0;
  bin: i32 = 0;
  missingLeft: i32 = 0;
  bySet: i32 = 0;
  left: i32 = 0;
  right: i32 = 0;
  /** Number of the cut that parted it. */
  cut: i32 = 0;
  rows: i32 = 0;
}
export const NODE_BYTES: usize = 72;
export const NODE_SET: usize = 40;

export const RECORD_BYTES: usize = 64;
export const SIDES_BYTES: usize = 256;
