/** What the searches for a split share: what a feature, a node and a found split look like in memory, and how a gain is computed. */

/** Where a feature's sums begin in a node's, in bytes; its number of edges; categories or numbers; the way it must act (-1, 0, 1). */
@unmanaged
export class Feature {
  sums: u32 = 0;
  edges: i32 = 0;
  categories: i32 = 0;
  direction: i32 = 0;
}
export const FEATURE_BYTES: usize = 16;

/** What a node is searched with, in the whole numbers of this tree. */
@unmanaged
export class Search {
  /** Penalties of the values. */
  l2: f64 = 0;
  l1: f64 = 0;
  /** Least hessian of a side. */
  least: f64 = 0;
  /** Bounds of the value -G / (H + l2), from monotone features above this node. */
  lower: f64 = 0;
  upper: f64 = 0;
  /** Where categories are sorted: added to l2, and to their hessian for the order. */
  smooth: f64 = 0;
  /** Least hessian of a category of a set. */
  support: f64 = 0;
  /** Room to sort categories: 9,216 bytes. */
  scratch: u32 = 0;
  /** Bounds or directions are in use, or thresholds are drawn: numbers too are searched with care. */
  careful: i32 = 0;
  /** One threshold per feature, drawn with `seed`. */
  random: i32 = 0;
  seed: u32 = 0;
}

/** The best split so far. After it lie 32 bytes: the set of categories that go left. */
@unmanaged
export class Found {
  gain: f64 = 0;
  /** Sums of the left side. */
  left: i64 = 0;
  feature: i32 = 0;
  bin: i32 = 0;
  missingLeft: i32 = 0;
  /** 1 where the set says who goes left, not `bin`. */
  bySet: i32 = 0;
}
export const SET_OFFSET: usize = 32;

/* inline */ export function gradientOf(sum: i64): f64 {
  return <f64>(<i32>(sum >> 32));
}
/* inline */ export function hessianOf(sum: i64): f64 {
  return <f64>(<u32>sum);
}

/** G with the L1 penalty taken off. */
/* inline */ export function penalised(g: f64, l1: f64): f64 {
  return copysign<f64>(max<f64>(abs<f64>(g) - l1, 0), g);
}

/** What a side scores by itself. */
/* inline */ export function scoreOf(sum: i64, l1: f64, l2: f64): f64 {
  const g = penalised(gradientOf(sum), l1);
  return (g * g) / (hessianOf(sum) + l2);
}

/** A side's value within the bounds. */
/* inline */ export function valueOfSum(sum: i64, search: Search, l2: f64): f64 {
  return min<f64>(max<f64>(-penalised(gradientOf(sum), search.l1) / (hessianOf(sum) + l2), search.lower), search.upper);
}

/** What a side scores with a value that need not be its best. */
/* inline */ export function scoreAt(sum: i64, value: f64, search: Search, l2: f64): f64 {
  return -(2 * gradientOf(sum) * value + (hessianOf(sum) + l2) * value * value + 2 * search.l1 * abs<f64>(value));
}
