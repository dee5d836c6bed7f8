/** Grows one boosted tree leaf by leaf, always at the leaf whose split gains most; a whole tree is one call. */
import { Job, Leaf, NODE_BYTES, NODE_SET, TreeNode } from './boosting-job.as.ts';
import { foundAt, leafAt, leafValue, partLeaf, prepareSearch, totalAt } from './leaf.as.ts';
import { giveUpSums, sumNode, takeRowsOff, takeSums } from './node-sums.as.ts';
import { findSplit } from './split.as.ts';
import { FEATURE_BYTES, Feature, SET_OFFSET, Search } from './split-parts.as.ts';

const ASK_MORE: f64 = 1.5;
/** Operations that searching one feature counts for. */
const SCAN_WORK: f64 = 256;

/* inline */ function nodeAt(job: Job, i: i32): TreeNode {
  return changetype<TreeNode>(<usize>job.nodes + <usize>i * NODE_BYTES);
}

function freeSlot(job: Job, slot: i32): void {
  store<i32>(<usize>job.free + ((<usize>job.freeCount) << 2), slot);
  job.freeCount++;
}

function mayPart(job: Job, leaf: Leaf): bool {
  return leaf.depth < job.maxDepth && leaf.end - leaf.start >= 2 * job.minLeaf;
}

function giveUp(job: Job, leaf: Leaf): void {
  if (leaf.slot < 0) return;
  giveUpSums(job, leaf.slot, leaf.start, leaf.end);
  freeSlot(job, leaf.slot);
  leaf.slot = -1;
}

/** A free slot, or that of the leaf that is least likely to be split; its sums are made again if it is. */
function takeSlot(job: Job): i32 {
  if (job.freeCount === 0) {
    let least = -1;
    for (let i = 0; i < job.leafCount; i++) {
      const leaf = leafAt(job, i);
      // One that is not looked at yet has no gain.
      if (leaf.slot >= 0 && leaf.gain > 0 && (least < 0 || leaf.gain < leafAt(job, least).gain)) least = i;
    }
    giveUp(job, leafAt(job, least));
  }
  job.freeCount--;
  return load<i32>(<usize>job.free + ((<usize>job.freeCount) << 2));
}

function sumUp(job: Job, leaf: Leaf): void {
  leaf.slot = takeSlot(job);
  sumNode(job, leaf.slot, leaf.start, leaf.end);
  job.work += <f64>(leaf.end - leaf.start) * <f64>job.cols;
}

/** Looks for a leaf's best split; where there is none, its sums are not needed. Every node draws anew, whatever order they are looked at in. */
function examine(job: Job, leaf: Leaf, random: i32, seed: u32): void {
  leaf.gain = 0;
  if (leaf.slot >= 0 && mayPart(job, leaf)) {
    const lower = job.bounded !== 0 ? leaf.lower : -Infinity;
    const upper = job.bounded !== 0 ? leaf.upper : Infinity;
    prepareSearch(job, leaf.record, leaf.end - leaf.start, leaf.asked, lower, upper, random, seed + <u32>leaf.node);
    const sums = <usize>job.sums + <usize>leaf.slot * <usize>job.sumsBytes;
    const found = foundAt(job, leaf.record);
    findSplit(job.features, job.list, job.allowed, sums, totalAt(job, leaf.record), changetype<Search>(<usize>job.search), found);
    leaf.gain = found.gain;
    job.work += <f64>job.cols * SCAN_WORK;
  }
  if (!(leaf.gain > 0)) giveUp(job, leaf);
}

/** Sums for the children of a leaf that may need them: the smaller from its rows, the larger as the rest. */
function sumChildren(job: Job, slot: i32, start: i32, end: i32, left: Leaf, right: Leaf): void {
  const leftIsSmall = left.end - left.start <= right.end - right.start;
  const small = leftIsSmall ? left : right;
  const large = leftIsSmall ? right : left;
  if (!mayPart(job, large) && !mayPart(job, small)) {
    if (slot < 0) return;
    giveUpSums(job, slot, start, end);
    freeSlot(job, slot);
    return;
  }
  if (slot < 0) {
    if (mayPart(job, large)) sumUp(job, large);
    if (mayPart(job, small)) sumUp(job, small);
    return;
  }
  if (mayPart(job, small)) {
    sumUp(job, small);
    takeSums(job, slot, small.slot, small.start, small.end);
  } else {
    takeRowsOff(job, slot, small.start, small.end);
    job.work += <f64>(small.end - small.start) * <f64>job.cols;
  }
  large.slot = slot;
}

function newNode(job: Job, i: i32, rows: i32): void {
  const node = nodeAt(job, i);
  memory.fill(changetype<usize>(node), 0, NODE_BYTES);
  node.feature = -1;
  node.rows = rows;
}

function newLeaf(job: Job, leaf: Leaf, node: i32, record: i32, start: i32, end: i32, depth: i32): void {
  leaf.gain = 0;
  leaf.asked = <f64>job.minLeaf * job.asking;
  leaf.node = node;
  leaf.record = record;
  leaf.start = start;
  leaf.end = end;
  leaf.depth = depth;
  leaf.slot = -1;
  newNode(job, node, end - start);
}

/** Where the answer must rise or fall with a feature, the sides keep to their halves of the way between them. */
function bound(job: Job, left: Leaf, right: Leaf, direction: i32): void {
  if (direction === 0) return;
  const a = leafValue(job, left.record, left.start, left.end, left.lower, left.upper);
  const b = leafValue(job, right.record, right.start, right.end, right.lower, right.upper);
  const middle = (a + b) / 2;
  const low = direction > 0 ? left : right;
  const high = direction > 0 ? right : left;
  low.upper = middle;
  high.lower = middle;
}

/** Makes the leaf's node an inner one, the leaf its left child and the next leaf its right one. */
function split(job: Job, leaf: Leaf, middle: i32): void {
  const found = foundAt(job, leaf.record);
  const inner = nodeAt(job, leaf.node);
  const nodes = 2 * job.leafCount - 1;
  inner.gain = leaf.gain * (job.scaleH / (job.scaleG * job.scaleG));
  inner.feature = found.feature;
  inner.bin = found.bin;
  inner.missingLeft = found.missingLeft;
  inner.bySet = found.bySet;
  inner.left = nodes;
  inner.right = nodes + 1;
  inner.cut = job.leafCount - 1;
  if (found.bySet !== 0) memory.copy(changetype<usize>(inner) + NODE_SET, changetype<usize>(found) + SET_OFFSET, 32);
  const total = load<i64>(totalAt(job, leaf.record));
  store<i64>(totalAt(job, leaf.record), found.left);
  store<i64>(totalAt(job, job.leafCount), total - found.left);
  const feature = changetype<Feature>(<usize>job.features + <usize>found.feature * FEATURE_BYTES);
  const end = leaf.end;
  const right = leafAt(job, job.leafCount);
  right.lower = leaf.lower;
  right.upper = leaf.upper;
  newLeaf(job, right, nodes + 1, job.leafCount, middle, end, leaf.depth + 1);
  newLeaf(job, leaf, nodes, leaf.record, leaf.start, middle, leaf.depth + 1);
  job.leafCount++;
  bound(job, leaf, right, feature.direction);
}

/**
 * Grows a tree on the first `taken` of the rows, whose packed gradients are ready and whose sum is the total of record 0; gives the number of its leaves, which
 * know their values. With `random` thresholds are drawn from `seed`.
 */
export function growTree(job: Job, taken: i32, random: i32, seed: u32): i32 {
  job.freeCount = 0;
  for (let slot = 0; slot < job.slots; slot++) freeSlot(job, slot);
  job.work = 0;
  job.leafCount = 1;
  const root = leafAt(job, 0);
  root.lower = -Infinity;
  root.upper = Infinity;
  newLeaf(job, root, 0, 0, 0, taken, 0);
  if (mayPart(job, root)) sumUp(job, root);
  examine(job, root, random, seed);
  while (job.leafCount < job.mostLeaves) {
    let leaf = root;
    for (let i = 1; i < job.leafCount; i++) if (leafAt(job, i).gain > leaf.gain) leaf = leafAt(job, i);
    if (!(leaf.gain > 0)) break;
    const start = leaf.start;
    const end = leaf.end;
    const middle = partLeaf(job, leaf.record, job.leafCount - 1, start, end);
    if (min(middle - start, end - middle) < job.minLeaf) {
      // The search knows rows only by their share of the hessian; where that misled it, it looks again and asks for more.
      leaf.asked = ceil(leaf.asked * ASK_MORE);
      if (leaf.slot < 0) sumUp(job, leaf);
      examine(job, leaf, random, seed);
      continue;
    }
    const slot = leaf.slot;
    split(job, leaf, middle);
    const right = leafAt(job, job.leafCount - 1);
    // The last leaves are not split again, so they need no sums.
    if (job.leafCount === job.mostLeaves) {
      if (slot >= 0) {
        giveUpSums(job, slot, start, end);
        freeSlot(job, slot);
      }
      break;
    }
    sumChildren(job, slot, start, end, leaf, right);
    examine(job, leaf, random, seed);
    examine(job, right, random, seed);
  }
  for (let i = 0; i < job.leafCount; i++) {
    const leaf = leafAt(job, i);
    giveUp(job, leaf);
    leaf.value = leafValue(job, leaf.record, leaf.start, leaf.end, leaf.lower, leaf.upper);
  }
  return job.leafCount;
}
