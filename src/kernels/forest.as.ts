/**
 * Grows the trees of a random forest, one whole tree a call, from binned features in columns: a sample's rows are entries that move to their side at
 * each split (Breiman 2001). Extra trees draw one threshold per feature instead of looking for the best (Geurts, Ernst and Wehenkel 2006).
 */

import { growDrawn } from './forest-drawn.as.ts';
import { scanSorted } from './forest-few.as.ts';
import { fineOf, halfWay } from './forest-fine.as.ts';
import {
  BEST,
  below,
  byChance,
  CHANCES,
  CLASSES,
  COLS,
  columnOf,
  DRAWS,
  EDGES,
  ENTRIES,
  EXTRA,
  FINE,
  LIMIT,
  LIST,
  MAX_DEPTH,
  MIN_LEAF,
  NODES,
  nextFeature,
  ROW_BYTES,
  ROWS,
  SEEN,
  SPARE,
  STACK,
  STRIDE,
  SUMS,
  stepOf,
  TARGETS,
  TIMES,
  TRIES,
  VALUES,
  WEIGHTS,
} from './forest-job.as.ts';
import { startNode, writeLeaf, writeSplit } from './forest-nodes.as.ts';
import { scanChains, scanHistogram } from './forest-scan.as.ts';
import { addUpClasses, forgetClasses, listOf, restart, sumOfClasses, width } from './forest-sums.as.ts';
import { isPlain, scanWhole, startWhole } from './forest-whole.as.ts';

export { sortFloats } from './bins.as.ts';
export { codeFine, placeBins, refineBins } from './forest-fine.as.ts';
export { firstFree } from './memory.as.ts';

/** Purity up to rounding. */
const NEARLY: f64 = 1 - 1e-12;
/** Rows of a node that are sorted one by one. */
const SMALL: u32 = 24;
/** Rows of a node for which counting all classes by bin does not pay. */
const FEW: u32 = 8;

/** Draws the sample and writes its entries: each row of the list as often as it was drawn, or once without drawing. Gives their number. */
export function sample(job: usize): i32 {
  const rows = load<i32>(job, STRIDE);
  const list = load<usize>(job, LIST);
  const count = load<u32>(job, ROWS);
  const times = load<usize>(job, TIMES);
  const draws = load<u32>(job, DRAWS);
  const chances = load<usize>(job, CHANCES);
  memory.fill(times, 0, (<usize>rows) << 2);
  if (draws === 0) for (let i: u32 = 0; i < count; i++) store<u32>(times + ((<usize>load<u32>(list + ((<usize>i) << 2))) << 2), 1);
  for (let i: u32 = 0; i < draws; i++) {
    const place = chances > 0 ? byChance(job, chances, count) : below(job, count);
    const at = times + ((<usize>load<u32>(list + ((<usize>place) << 2))) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  const classes = load<i32>(job, CLASSES);
  const targets = load<usize>(job, TARGETS);
  const weights = load<usize>(job, WEIGHTS);
  let entry: usize = load<usize>(job, ENTRIES);
  const first = entry;
  for (let i: u32 = 0; i < count; i++) {
    const row = load<u32>(list + ((<usize>i) << 2));
    const drawn = load<u32>(times + ((<usize>row) << 2));
    if (drawn === 0) continue;
    const at = (<usize>row) << 3;
    const weight = load<f64>(weights + at) * <f64>drawn;
    const target = load<f64>(targets + at);
    store<u32>(entry, row);
    if (classes > 0) {
      store<u32>(entry, <u32>target, 4);
      store<f64>(entry, weight, 8);
    } else {
      store<f32>(entry, <f32>weight, 4);
      store<f64>(entry, weight * target, 8);
    }
    entry += 16;
  }
  return <i32>((entry - first) >> 4);
}

/**
 * Left rows first, in their old order, then the right ones; gives the first place of the right side, and in SEEN the least whole code there that is known
 * (that of missing values is the greatest). Behind a whole bin, bins tell the sides.
 */
function part(job: usize, from: u32, to: u32, feature: u32, code: u32, lost: u32, missingLeft: u32): u32 {
  const step = stepOf(job, to - from);
  if (step === 1 && (code & 255) === 255) {
    const middle = partBy<u8>(job, from, to, columnOf(job, feature, 1), 1, code >>> 8, lost, missingLeft);
    store<u32>(job, load<u32>(job, SEEN) << 8, SEEN);
    return middle;
  }
  return partBy<u16>(job, from, to, fineOf(job, feature), load<usize>(job, ROW_BYTES), code, lost << 8, missingLeft);
}
/* inline */ function partBy<T>(job: usize, from: u32, to: u32, column: usize, step: usize, bin: u32, lost: u32, missingLeft: u32): u32 {
  const entries = load<usize>(job, ENTRIES);
  const spare = load<usize>(job, SPARE);
  const end: usize = entries + ((<usize>to) << 4);
  let l: usize = entries + ((<usize>from) << 4);
  let r: usize = spare;
  let least = lost;
  for (let p = l; p < end; p += 16) {
    const entry = v128.load(p);
    const code = <u32>load<T>(column + <usize>load<u32>(p) * step);
    const goes = <usize>(u32(code <= bin) | (u32(code === lost) & missingLeft));
    least = code > bin ? min(code, least) : least;
    v128.store(l, entry);
    v128.store(r, entry);
    l += goes << 4;
    r += (1 - goes) << 4;
  }
  memory.copy(l, spare, r - spare);
  store<u32>(job, least, SEEN);
  return <u32>((l - entries) >> 4);
}

/** Totals of a node; true when nothing in it is left to tell apart. */
function addUp(job: usize, classes: i32, from: u32, to: u32): bool {
  const total = load<usize>(job, SUMS);
  const entries = load<usize>(job, ENTRIES);
  const end: usize = entries + ((<usize>to) << 4);
  const begin: usize = entries + ((<usize>from) << 4);
  if (classes > 0) {
    const count = addUpClasses(total, width(classes), begin, end);
    store<f64>(job, sumOfClasses(total, listOf(total, width(classes))) * NEARLY, LIMIT);
    return count < 2;
  }
  let w: f64 = 0;
  let s: f64 = 0;
  let squares: f64 = 0;
  for (let entry = begin; entry < end; entry += 16) {
    const weight = <f64>load<f32>(entry, 4);
    const sum = load<f64>(entry, 8);
    w += weight;
    s += sum;
    squares += (sum * sum) / weight;
  }
  store<f64>(total, w);
  store<f64>(total, s, 8);
  store<f64>(job, squares * NEARLY, LIMIT);
  return squares - (s * s) / w <= squares * 1e-12;
}

/** Tries features in a drawn order until enough were looked at and one of them was not constant, or nothing better can come: the first of equals wins. */
function findSplit(job: usize, classes: i32, from: u32, to: u32): bool {
  const cols = load<u32>(job, COLS);
  const tries = load<u32>(job, TRIES);
  const step = stepOf(job, to - from);
  store<f64>(job, -1, BEST);
  let varied: bool = false;
  const whole = to - from > FEW && startWhole(job, classes);
  const limit = load<f64>(job, LIMIT);
  for (let j: u32 = 0; j < cols && (j < tries || !varied) && load<f64>(job, BEST) < limit; j++) {
    const feature = nextFeature(job, j);
    const lost = load<u32>(load<usize>(job, EDGES) + ((<usize>feature) << 2)) + 1;
    let varies: bool = false;
    if (whole && isPlain(job, feature, lost))
      varies = scanWhole(job, classes, from, to, <i32>feature, columnOf(job, feature, step), step, lost);
    else if (to - from <= SMALL) varies = scanSorted(job, classes, from, to, <i32>feature, lost);
    // Scanning a histogram costs bins × classes; a chain costs more per row.
    else if (to - from < 32 + (lost * <u32>max(1, classes)) / 2) varies = scanChains(job, classes, from, to, <i32>feature, lost);
    else varies = scanHistogram(job, classes, from, to, <i32>feature, columnOf(job, feature, step), step, lost);
    varied = varied || varies;
  }
  return load<f64>(job, BEST) >= 0;
}

/** Grows a tree from the sample's `rows` entries; gives the number of its nodes. The stack holds first place, end, node and depth. */
export function grow(job: usize, rows: i32): i32 {
  if (load<i32>(job, EXTRA) !== 0) return growDrawn(job, rows);
  const classes = load<i32>(job, CLASSES);
  const stack = load<usize>(job, STACK);
  const minLeaf = load<u32>(job, MIN_LEAF);
  const maxDepth = load<u32>(job, MAX_DEPTH);
  if (classes > 0) forgetClasses(load<usize>(job, SUMS), width(classes));
  let count: u32 = 1;
  let places: u32 = 0;
  let top: usize = stack + 16;
  store<u32>(stack, 0);
  store<u32>(stack, rows, 4);
  store<u32>(stack, 0, 8);
  store<u32>(stack, 0, 12);
  while (top > stack) {
    top -= 16;
    const from = load<u32>(top);
    const to = load<u32>(top, 4);
    const node = load<u32>(top, 8);
    const depth = load<u32>(top, 12);
    startNode(job, node, to - from);
    const pure = addUp(job, classes, from, to);
    const parts = !pure && depth < maxDepth && to - from >= 2 * minLeaf && to - from >= 2;
    if (!parts || !findSplit(job, classes, from, to)) {
      places = writeLeaf(job, classes, node, places);
      continue;
    }
    const feature = load<u32>(job, BEST + 8);
    const best = load<u32>(job, BEST + 12);
    const missingLeft = load<u32>(job, BEST + 16);
    const lost = load<u32>(load<usize>(job, EDGES) + ((<usize>feature) << 2)) + 1;
    const middle = part(job, from, to, feature, best, lost, missingLeft);
    // Where new values part that lie between the two sides.
    const code = halfWay(job, feature, best, load<u32>(job, SEEN), lost);
    const total = load<usize>(job, SUMS);
    const tail = restart(classes, total, false);
    const own = classes > 0 ? load<f64>(tail, 8) / load<f64>(tail, 24) : (load<f64>(total, 8) * load<f64>(total, 8)) / load<f64>(total);
    writeSplit(job, node, feature, code, missingLeft, count, max<f64>(0, load<f64>(job, BEST) - own));
    store<u32>(top, middle);
    store<u32>(top, to, 4);
    store<u32>(top, count + 1, 8);
    store<u32>(top, depth + 1, 12);
    store<u32>(top, from, 16);
    store<u32>(top, middle, 20);
    store<u32>(top, count, 24);
    store<u32>(top, depth + 1, 28);
    top += 32;
    count += 2;
  }
  return count;
}

/** The node's child on a row's way, or the leaf itself. */
/* inline */ function next(nodes: usize, at: usize, codes: usize, edges: usize): usize {
  const feature = load<i32>(at);
  if (feature < 0) return at;
  const code = <u32>load<u16>(codes + ((<usize>feature) << 1));
  const lost = load<u32>(edges + ((<usize>feature) << 2)) + 1;
  const goesLeft = code >>> 8 === lost ? load<u32>(at, 8) : u32(code <= load<u32>(at, 4));
  return nodes + ((<usize>(load<u32>(at, 12) + 1 - goesLeft)) << 5);
}

/** The next row of the list, from the `i`-th on, that the sample left out; `count` when none is. */
/* inline */ function nextOut(list: usize, times: usize, i: u32, count: u32): u32 {
  while (i < count && load<u32>(times + ((<usize>load<u32>(list + ((<usize>i) << 2))) << 2)) !== 0) i++;
  return i;
}

function addLeaf(job: usize, row: u32, node: usize, sums: usize, trees: usize): void {
  const wide = <usize>max(1, load<i32>(job, CLASSES));
  const pairs = wide & ~1;
  const counted = trees + ((<usize>row) << 2);
  store<u32>(counted, load<u32>(counted) + 1);
  const to = sums + ((<usize>row * wide) << 3);
  const place = load<i32>(node, 4);
  if (place < 0) {
    const own = to + ((<usize>(-1 - place)) << 3);
    store<f64>(own, load<f64>(own) + 1);
    return;
  }
  const value = load<usize>(job, VALUES) + ((<usize>place * wide) << 2);
  for (let k: usize = 0; k < pairs; k += 2) {
    const sum = f64x2.add(v128.load(to + (k << 3)), f64x2.promote_low_f32x4(v128.load64_zero(value + (k << 2))));
    v128.store(to + (k << 3), sum);
  }
  if (pairs < wide) store<f64>(to + (pairs << 3), load<f64>(to + (pairs << 3)) + <f64>load<f32>(value + (pairs << 2)));
}

/** Adds the tree's values to `sums`, [rows, width] f64, for the listed rows that the sample left out, and counts the tree in `trees`. Four rows go down at once: none waits for another. */
export function judge(job: usize, sums: usize, trees: usize): void {
  const count = load<u32>(job, ROWS);
  const list = load<usize>(job, LIST);
  const times = load<usize>(job, TIMES);
  const nodes = load<usize>(job, NODES);
  const codes = load<usize>(job, FINE);
  const step = load<usize>(job, ROW_BYTES);
  const edges = load<usize>(job, EDGES);
  for (let i = nextOut(list, times, 0, count); i < count; ) {
    const j = nextOut(list, times, i + 1, count);
    const k = nextOut(list, times, min(j + 1, count), count);
    const l = nextOut(list, times, min(k + 1, count), count);
    // Where fewer are left, the first goes down again.
    const rowA = load<u32>(list + ((<usize>i) << 2));
    const rowB = j < count ? load<u32>(list + ((<usize>j) << 2)) : rowA;
    const rowC = k < count ? load<u32>(list + ((<usize>k) << 2)) : rowA;
    const rowD = l < count ? load<u32>(list + ((<usize>l) << 2)) : rowA;
    let a = nodes;
    let b = nodes;
    let c = nodes;
    let d = nodes;
    while ((load<i32>(a) & load<i32>(b) & load<i32>(c) & load<i32>(d)) >= 0) {
      a = next(nodes, a, codes + <usize>rowA * step, edges);
      b = next(nodes, b, codes + <usize>rowB * step, edges);
      c = next(nodes, c, codes + <usize>rowC * step, edges);
      d = next(nodes, d, codes + <usize>rowD * step, edges);
    }
    addLeaf(job, rowA, a, sums, trees);
    if (j < count) addLeaf(job, rowB, b, sums, trees);
    if (k < count) addLeaf(job, rowC, c, sums, trees);
    if (l < count) addLeaf(job, rowD, d, sums, trees);
    i = nextOut(list, times, min(l + 1, count), count);
  }
}
