/** Grows the trees of random forests and extra trees: lays a job out for `forest.as.ts` and brings each tree back as arrays. */
import type { Random } from '../base/random.ts';
import { forestArea } from './forest-area.ts';
import { BYTE_CODES, type ForestCodes } from './forest-codes.ts';
import { openSpace, type Room } from './space.ts';

export interface ForestSettings {
  /** 0 = numbers. */
  classes: number;
  /** Features looked at for a split; more while all of them are constant in the node. */
  tries: number;
  minLeaf: number;
  maxDepth: number;
  /** Draw one threshold per feature instead of looking for the best. */
  extra: boolean;
  /** Rows drawn with replacement for each tree, by their weights; 0 = each tree learns from every row, with its weight. */
  draws: number;
}
/** Node 0 is the root; the right child follows the left one. */
export interface TreeArrays {
  /** -1 for a leaf. */
  feature: Int32Array;
  /** Numbers up to this one go left. */
  threshold: Float32Array;
  /** Of a leaf: the place of its value; or where all its rows are of one class, -1 - class. */
  place: Int32Array;
  missingLeft: Uint8Array;
  left: Int32Array;
  rows: Int32Array;
  gain: Float64Array;
  /** By place: class shares or the mean. */
  value: Float32Array;
}
/** Over the trees that did not learn from a row: sums of their values, row-major [rows of the table, max(1, classes)], and their number. */
export interface OutOfBag {
  sums: Float64Array;
  trees: Uint32Array;
}
export interface ForestGrower {
  /** One tree from a sample of its own, which the stream's next four draws decide. */
  grow: (random: Pick<Random, 'uint32'>) => TreeArrays;
  /** Judgements since the last call. Without draws no row is ever left out, and nothing is in them. */
  takeOutOfBag: () => OutOfBag;
  /** Gives the memory back; nothing must be used any more. */
  close: () => void;
}

/** 32-bit words of a node, of a place on the stack, of an entry. */
const NODE_WORDS = 8;
const STACK_WORDS = 4;
const ENTRY_WORDS = 4;
/** Fields of a job, in the order of `forest-job.as.ts`; words 30 to 34 hold the best split. */
const JOB_WORDS = 50;
const RANDOM_WORD = 20;
const WHOLE_WORD = 47;
const CHANCES_WORD = 48;
/** Classes that `forest-whole.as.ts` counts at once. */
const MOST_WHOLE = 32;

/** Of extra trees a row's bins and, behind them, its target lie side by side in whole vectors; a weight only where rows have different ones. */
const VECTOR = 16;
const PAYLOAD = { class: 4, target: 8, weightedTarget: 12, weightedClass: 16 };
function wideOf({ cols }: ForestCodes, classes: number, unit: boolean): number {
  const plain = classes > 0 ? PAYLOAD.class : PAYLOAD.target;
  const weighted = classes > 0 ? PAYLOAD.weightedClass : PAYLOAD.weightedTarget;
  return Math.ceil((cols + (unit ? plain : weighted)) / VECTOR) * VECTOR;
}

function layForest(room: Room, table: ForestCodes, rows: number, { classes, minLeaf, draws, extra }: ForestSettings, unit: boolean) {
  const width = Math.max(1, classes);
  const wide = wideOf(table, classes, unit);
  const leaves = Math.max(1, Math.floor(rows / Math.max(1, minLeaf)));
  const channels = Math.max(2, classes);
  return {
    job: room.u32(JOB_WORDS),
    bins: room.u8(table.rows * (extra ? wide : table.cols)),
    binsA: room.u8(extra ? rows * wide : 0),
    binsB: room.u8(extra ? rows * wide : 0),
    // Thresholds are drawn between bins: whole codes only judge what is out of bag.
    codes: room.u16(extra && draws === 0 ? 0 : table.codes.length),
    insideStarts: room.u32(table.insideStarts.length),
    inside: room.f32(table.inside.length),
    coarse: room.f32(table.cols * BYTE_CODES),
    edges: room.u32(table.cols),
    centres: room.f32(table.cols * BYTE_CODES),
    every16th: room.f32(table.cols * VECTOR),
    entries: room.u32(rows * ENTRY_WORDS),
    spare: room.u32(extra ? 0 : rows * ENTRY_WORDS),
    // Where a node's keys, chains or drawn codes are.
    next: room.u32((extra ? 4 : 2) * rows),
    // Heads and marks of chains, then the histogram of a byte, with a cell for missing values; of extra trees what `forest-lanes.as.ts` tells.
    heads: room.u8(extra ? 640 + 5 * wide + 80 * channels : 1088 + (BYTE_CODES + 1) * (channels + 1) * 8),
    // Four sets of sums, the tail, and the list of those that a node has.
    sums: room.f64(5 * channels + 5),
    order: room.u32(table.cols),
    stack: room.u32((rows + 2) * STACK_WORDS),
    nodes: room.i32(2 * leaves * NODE_WORDS),
    values: room.f32(leaves * width),
    times: room.u32(table.rows),
    list: room.u32(rows),
    targets: room.f64(table.rows),
    weights: room.f64(table.rows),
    bagSums: room.f64(draws > 0 ? table.rows * width : 0),
    bagTrees: room.u32(draws > 0 ? table.rows : 0),
  };
}
type LaidForest = ReturnType<typeof layForest>;

/** A value inside each bin: half-way between its edges; the outer bins reach as far out as their neighbours are wide. Behind the last bin they are infinite. */
function writeCentres({ edges, edgeStarts, cols }: ForestCodes, { centres, every16th }: Pick<LaidForest, 'centres' | 'every16th'>): void {
  for (let j = 0; j < cols; j++) {
    const own = edges.subarray(edgeStarts[j], edgeStarts[j + 1]);
    const at = j * BYTE_CODES;
    const n = own.length;
    for (let b = 1; b < n; b++) centres[at + b] = own[b - 1] + (own[b] - own[b - 1]) / 2;
    const gap = n > 1 ? own[1] - own[0] : 1;
    const lastGap = n > 1 ? own[n - 1] - own[n - 2] : 1;
    centres[at] = n > 0 ? own[0] - gap / 2 : 0;
    if (n > 0) centres[at + n] = own[n - 1] + lastGap / 2;
    centres.fill(Number.POSITIVE_INFINITY, at + n + 1, at + BYTE_CODES);
    for (let k = 0; k < VECTOR; k++) every16th[j * VECTOR + k] = centres[at + VECTOR * k + VECTOR - 1];
  }
}

/** Bins in columns, or where `wide` is given, row by row with so many bytes. */
function writeBins(table: ForestCodes, bins: Uint8Array, wide: number): void {
  const { rows, cols, codes } = table;
  if (wide > 0) {
    bins.fill(0);
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) bins[i * wide + j] = codes[i * cols + j] >>> 8;
  } else for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) bins[j * rows + i] = codes[i * cols + j] >>> 8;
}

function writeJob(at: LaidForest, table: ForestCodes, rows: number, settings: ForestSettings, unit: boolean): void {
  const { bins, edges, centres, entries, spare, next, heads, sums, order, stack, nodes, values, times, list, targets, weights } = at;
  const most = 0x7fffffff;
  const address = (view: ArrayBufferView) => view.byteOffset;
  at.job.fill(0);
  at.job.set([rows, table.cols, table.rows, address(bins), address(edges), address(centres), settings.classes]);
  at.job.set([entries, spare, next, heads, sums, order, stack, nodes, values].map(address), 7);
  at.job.set([settings.tries, settings.minLeaf, Math.min(settings.maxDepth, most), settings.extra ? 1 : 0], 16);
  at.job.set([address(times), address(list), address(targets), address(weights), settings.draws, address(at.codes)], 24);
  at.job.set([2 * table.cols, address(at.coarse)], 36);
  at.job.set([address(at.insideStarts), address(at.inside), wideOf(table, settings.classes, unit), unit ? 1 : 0], 40);
  at.job.set([at.binsA, at.binsB, at.every16th].map(address), 44);
}

function treeOf({ nodes, values }: LaidForest, count: number, width: number): TreeArrays {
  const gains = new Float64Array(nodes.buffer, nodes.byteOffset, nodes.length >> 1);
  const floats = new Float32Array(nodes.buffer, nodes.byteOffset, nodes.length);
  const feature = new Int32Array(count);
  const threshold = new Float32Array(count);
  const place = new Int32Array(count);
  const missingLeft = new Uint8Array(count);
  const left = new Int32Array(count);
  const rows = new Int32Array(count);
  const gain = new Float64Array(count);
  let places = 0;
  for (let i = 0, at = 0; i < count; i++, at += NODE_WORDS) {
    feature[i] = nodes[at];
    if (nodes[at] < 0 && nodes[at + 1] >= places) places = nodes[at + 1] + 1;
    place[i] = nodes[at + 1];
    missingLeft[i] = nodes[at + 2];
    left[i] = nodes[at + 3];
    rows[i] = nodes[at + 4];
    threshold[i] = floats[at + 5];
    gain[i] = gains[(at >> 1) + 3];
  }
  return { feature, threshold, place, missingLeft, left, rows, gain, value: values.slice(0, places * width) };
}

/**
 * A grower over `rows` of the table; `targets` (class codes or numbers, best centred at zero) and `weights` (positive) are by row of the table. The
 * order of the listed rows and the streams decide every bit of the trees. Throws the Problem `kernel.memory`.
 */
export function openForest(
  table: ForestCodes,
  rows: Int32Array,
  targets: Float64Array,
  weights: Float64Array,
  settings: ForestSettings,
): ForestGrower {
  const width = Math.max(1, settings.classes);
  const even = rows.every((i) => weights[i] === 1);
  const unit = even && settings.draws === 0;
  // A row drawn by its weight counts as often as it was drawn.
  const byWeight = !even && settings.draws > 0;
  const space = openSpace(forestArea, (room) => ({
    ...layForest(room, table, rows.length, settings, unit),
    chances: room.f64(byWeight ? rows.length : 0),
  }));
  const { at, call } = space;
  const { cols, edges, edgeStarts } = table;
  if (at.codes.length > 0) at.codes.set(table.codes);
  at.insideStarts.set(table.insideStarts);
  at.inside.set(table.inside);
  writeBins(table, at.bins, settings.extra ? wideOf(table, settings.classes, unit) : 0);
  for (let j = 0; j < cols; j++) {
    at.edges[j] = edgeStarts[j + 1] - edgeStarts[j];
    at.order[j] = j;
    const own = at.coarse.subarray(j * BYTE_CODES, (j + 1) * BYTE_CODES).fill(Number.POSITIVE_INFINITY);
    own.set(edges.subarray(edgeStarts[j], edgeStarts[j + 1]));
  }
  writeCentres(table, at);
  writeJob(at, table, rows.length, settings, unit);
  at.job[WHOLE_WORD] = (even || byWeight) && settings.classes > 2 && settings.classes <= MOST_WHOLE ? 1 : 0;
  at.list.set(rows);
  at.targets.set(targets);
  if (byWeight) {
    at.weights.fill(1);
    let sum = 0;
    rows.forEach((row, place) => {
      sum += weights[row];
      at.chances[place] = sum;
    });
    at.job[CHANCES_WORD] = at.chances.byteOffset;
  } else at.weights.set(weights);
  at.bagSums.fill(0);
  at.bagTrees.fill(0);
  const job = at.job.byteOffset;
  return {
    grow: (random) => {
      for (let j = 0; j < cols; j++) at.order[j] = j;
      for (let k = 0; k < 4; k++) at.job[RANDOM_WORD + k] = random.uint32();
      const count = call.grow(job, call.sample(job));
      if (settings.draws > 0) call.judge(job, at.bagSums.byteOffset, at.bagTrees.byteOffset);
      return treeOf(at, count, width);
    },
    takeOutOfBag: () => {
      const taken = { sums: at.bagSums.slice(), trees: at.bagTrees.slice() };
      at.bagSums.fill(0);
      at.bagTrees.fill(0);
      return taken;
    },
    close: space.close,
  };
}
