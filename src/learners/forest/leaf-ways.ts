/** The ways to a tree's leaves, as SHAP values need them: which features are asked, and what each says for a row by which of them it passes. */
import type { Forest } from './grown-tree.ts';

/** The different features asked on the way to a leaf, and of each the share of learning rows that would pass without knowing it. */
export interface LeafWay {
  feature: Int32Array;
  zero: Float64Array;
}
export interface TreePlan {
  /** 32-bit words for one bit per feature of the longest way. */
  words: number;
  /** Per node, counted from the root: the bit of the feature that an inner node asks; a leaf's way, undefined where it is the root. */
  slot: Int32Array;
  ways: (LeafWay | undefined)[];
}

/** The ways of the tree whose nodes are `root` to `end - 1`. */
export function planTree({ feature, left, right, rows }: Forest, root: number, end: number): TreePlan {
  const slot = new Int32Array(end - root);
  const ways: (LeafWay | undefined)[] = Array.from({ length: end - root });
  let longest = 0;
  const open: { node: number; asked: number[]; zero: number[] }[] = [{ node: root, asked: [], zero: [] }];
  for (let one = open.pop(); one; one = open.pop()) {
    const { node, asked, zero } = one;
    longest = Math.max(longest, asked.length);
    if (feature[node] < 0) {
      if (asked.length > 0) ways[node - root] = { feature: Int32Array.from(asked), zero: Float64Array.from(zero) };
      continue;
    }
    const before = asked.indexOf(feature[node]);
    const bit = before < 0 ? asked.length : before;
    slot[node - root] = bit;
    for (const child of [left[node], right[node]]) {
      const share = rows[node] > 0 ? rows[child] / rows[node] : 0.5;
      const own = { node: child, asked: asked.slice(), zero: zero.slice() };
      own.asked[bit] = feature[node];
      own.zero[bit] = (before < 0 ? 1 : zero[bit]) * share;
      open.push(own);
    }
  }
  return { words: Math.max(1, Math.ceil(longest / 32)), slot, ways };
}

/** Shapley's weight of a subset of s of the others, for ways of so many features: s! (size - 1 - s)! / size!. */
const weights: Float64Array[] = [];
function weightsOf(size: number): Float64Array {
  const known = weights[size];
  if (known) return known;
  const found = new Float64Array(size);
  found[0] = 1 / size;
  for (let s = 1; s < size; s++) found[s] = (found[s - 1] * s) / (size - s);
  weights[size] = found;
  return found;
}

/** Room for one way: the shares of the features passed, and the sums over subsets of them by size. */
let shares = new Float64Array(64);
let sums = new Float64Array(65);

/**
 * Writes what each feature of the way adds per unit of the leaf's value, for a row that passes the features whose bits are set in `passed` from `at` on. A set of
 * known features lets the row through where it passes them all, and learning rows go by what is unknown; so only subsets of the features passed count, and
 * all features that it fails take back the same.
 */
export function leafShares({ feature, zero }: LeafWay, passed: Int32Array, at: number, out: Float64Array, from: number): void {
  const size = feature.length;
  if (shares.length < size) {
    shares = new Float64Array(2 * size);
    sums = new Float64Array(2 * size + 1);
  }
  let count = 0;
  let others = 1;
  // sums[s]: over the subsets of s features passed, the product of the shares of those passed that are not in it.
  sums[0] = 1;
  for (let i = 0; i < size; i++) {
    const share = zero[i];
    if (((passed[at + (i >> 5)] >> (i & 31)) & 1) === 0) {
      others *= share;
      continue;
    }
    shares[count++] = share;
    sums[count] = 0;
    for (let s = count; s > 0; s--) sums[s] = sums[s] * share + sums[s - 1];
    sums[0] *= share;
  }
  const weight = weightsOf(size);
  let failed = 0;
  if (count < size) for (let s = 0; s <= count; s++) failed -= sums[s] * weight[s];
  failed *= others;
  for (let i = 0, k = 0; i < size; i++) {
    if (((passed[at + (i >> 5)] >> (i & 31)) & 1) === 0) {
      out[from + i] = failed;
      continue;
    }
    // The same sums without this feature, the largest subsets first.
    const share = shares[k++];
    let own = 1;
    let sum = weight[count - 1];
    for (let s = count - 1; s > 0; s--) {
      own = sums[s] - share * own;
      sum += own * weight[s - 1];
    }
    out[from + i] = sum * others * (1 - share);
  }
}
