/** Grows the trees of random forests and extra trees: lays a job out for `forest.as.ts` and brings each tree back as arrays. */
import type { Random } from '../base/random.ts';
import type { Bins } from './bins.ts';
import { bytes } from './forest.as.ts?wasm';
import { kernelArea, openSpace, type Room } from './space.ts';

export interface ForestSettings {
  /** 0 = numbers. */
  classes: number;
  /** Features looked at for a split; more while all of them are constant in the node. */
  tries: number;
  minLeaf: number;
  maxDepth: number;
  /** Draw one threshold per feature instead of looking for the best. */
  extra: boolean;
  /** Rows drawn with replacement for each tree; 0 = each tree learns from every row. */
  draws: number;
}
/** Node 0 is the root; the right child follows the left one. */
export interface TreeArrays {
  /** -1 for a leaf. */
  feature: Int32Array;
  /** Codes up to this one go left; of a leaf: the place of its value. */
  bin: Int32Array;
  missingLeft: Uint8Array;
  left: Int32Array;
  rows: Int32Array;
  gain: Float64Array;
  /** Of the leaves, by place: class shares or the mean. */
  value: Float32Array;
}
/** Over the trees that did not learn from a row: sums of their values, row-major [rows of the bins, max(1, classes)], and their number. */
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

interface ForestExports {
  sample: (job: number) => number;
  grow: (job: number, rows: number) => number;
  judge: (job: number, sums: number, trees: number) => void;
}
const forestArea = kernelArea<ForestExports>('forest', bytes);

/** Codes of one feature: 255 bins and one for missing. */
const CODES = 256;
/** 32-bit words of a node, of a place on the stack, of an entry. */
const NODE_WORDS = 8;
const STACK_WORDS = 4;
const ENTRY_WORDS = 4;
/** Fields of a job, in the order of `forest-job.as.ts`; words 30 to 34 hold the best split. */
const JOB_WORDS = 40;
const RANDOM_WORD = 20;

function layForest(room: Room, bins: Bins, rows: number, { classes, minLeaf, draws }: ForestSettings) {
  const width = Math.max(1, classes);
  const leaves = Math.max(1, Math.floor(rows / Math.max(1, minLeaf)));
  const channels = Math.max(2, classes);
  return {
    job: room.u32(JOB_WORDS),
    codes: room.u8(bins.rows * bins.cols),
    rowCodes: room.u8(bins.codes.length),
    edges: room.u32(bins.cols),
    centres: room.f32(bins.cols * CODES),
    entries: room.u32(rows * ENTRY_WORDS),
    spare: room.u32(rows * ENTRY_WORDS),
    next: room.u32(rows),
    // Heads and marks of chains, then the histogram.
    heads: room.u8(1088 + CODES * (channels + 1) * 8),
    // Four sets of sums, the tail, and the list of those that a node has.
    sums: room.f64(5 * channels + 5),
    order: room.u32(bins.cols),
    stack: room.u32((rows + 2) * STACK_WORDS),
    nodes: room.i32(2 * leaves * NODE_WORDS),
    values: room.f32(leaves * width),
    times: room.u32(bins.rows),
    list: room.u32(rows),
    targets: room.f64(bins.rows),
    weights: room.f64(bins.rows),
    bagSums: room.f64(draws > 0 ? bins.rows * width : 0),
    bagTrees: room.u32(draws > 0 ? bins.rows : 0),
  };
}
type LaidForest = ReturnType<typeof layForest>;

/** A value inside each bin: half-way between its edges; the outer bins reach as far out as their neighbours are wide. */
function writeCentres({ edges, starts, cols }: Bins, centres: Float32Array): void {
  for (let j = 0; j < cols; j++) {
    const own = edges.subarray(starts[j], starts[j + 1]);
    const at = j * CODES;
    const n = own.length;
    for (let b = 1; b < n; b++) centres[at + b] = own[b - 1] + (own[b] - own[b - 1]) / 2;
    const gap = n > 1 ? own[1] - own[0] : 1;
    const lastGap = n > 1 ? own[n - 1] - own[n - 2] : 1;
    centres[at] = n > 0 ? own[0] - gap / 2 : 0;
    if (n > 0) centres[at + n] = own[n - 1] + lastGap / 2;
  }
}

function writeJob(at: LaidForest, bins: Bins, rows: number, settings: ForestSettings): void {
  const { codes, edges, centres, entries, spare, next, heads, sums, order, stack, nodes, values, times, list, targets, weights } = at;
  const most = 0x7fffffff;
  const address = (view: ArrayBufferView) => view.byteOffset;
  at.job.fill(0);
  at.job.set([rows, bins.cols, bins.rows, address(codes), address(edges), address(centres), settings.classes]);
  at.job.set([entries, spare, next, heads, sums, order, stack, nodes, values].map(address), 7);
  at.job.set([settings.tries, settings.minLeaf, Math.min(settings.maxDepth, most), settings.extra ? 1 : 0], 16);
  at.job.set([address(times), address(list), address(targets), address(weights), settings.draws, address(at.rowCodes)], 24);
  at.job[36] = bins.stride;
}

function treeOf({ nodes, values }: LaidForest, count: number, width: number): TreeArrays {
  const gains = new Float64Array(nodes.buffer, nodes.byteOffset, nodes.length >> 1);
  const pick = <A extends { [at: number]: number }>(out: A, word: number): A => {
    for (let i = 0; i < count; i++) out[i] = nodes[i * NODE_WORDS + word];
    return out;
  };
  const gain = new Float64Array(count);
  for (let i = 0; i < count; i++) gain[i] = gains[i * (NODE_WORDS >> 1) + 3];
  return {
    feature: pick(new Int32Array(count), 0),
    bin: pick(new Int32Array(count), 1),
    missingLeft: pick(new Uint8Array(count), 2),
    left: pick(new Int32Array(count), 3),
    rows: pick(new Int32Array(count), 4),
    gain,
    value: values.slice(0, ((count + 1) / 2) * width),
  };
}

/**
 * A grower over `rows` of the bins; `targets` (class codes or numbers, best centred at zero) and `weights` (positive) are by row of the bins. The
 * order of the listed rows and the streams decide every bit of the trees. Throws the Problem `kernel.memory`.
 */
export function openForest(
  bins: Bins,
  rows: Int32Array,
  targets: Float64Array,
  weights: Float64Array,
  settings: ForestSettings,
): ForestGrower {
  const width = Math.max(1, settings.classes);
  const space = openSpace(forestArea, (room) => layForest(room, bins, rows.length, settings));
  const { at, call } = space;
  at.rowCodes.set(bins.codes);
  for (let i = 0; i < bins.rows; i++) for (let j = 0; j < bins.cols; j++) at.codes[j * bins.rows + i] = bins.codes[i * bins.stride + j];
  for (let j = 0; j < bins.cols; j++) {
    at.edges[j] = bins.starts[j + 1] - bins.starts[j];
    at.order[j] = j;
  }
  writeCentres(bins, at.centres);
  writeJob(at, bins, rows.length, settings);
  at.list.set(rows);
  at.targets.set(targets);
  at.weights.set(weights);
  at.bagSums.fill(0);
  at.bagTrees.fill(0);
  const job = at.job.byteOffset;
  return {
    grow: (random) => {
      for (let j = 0; j < bins.cols; j++) at.order[j] = j;
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
