/** The memory of a boosting fit: how its codes are laid out, what arrays it holds, and the kernels that work on them. */
import type { CodingExports } from './bins-area.ts';
import { bytes } from './boosting.as.ts?wasm';
import type { Edges } from './edges.ts';
import { kernelArea, type Room } from './space.ts';

/** Sizes of a job, a leaf and a node of a grown tree in `boosting-job.as.ts`. */
export const JOB_BYTES = 256;
export const LEAF_BYTES = 64;
export const NODE_BYTES = 72;

export interface BoostingExports extends CodingExports {
  differentiateRows: (
    loss: number,
    scores: number,
    targets: number,
    weights: number,
    count: number,
    base: number,
    level: number,
    scaleG: number,
    scaleH: number,
    packed: number,
    sums: number,
  ) => void;
  softmaxRows: (scores: number, bases: number, classes: number, columnBytes: number, count: number, shares: number) => void;
  sumLosses: (
    loss: number,
    scores: number,
    targets: number,
    weights: number,
    from: number,
    to: number,
    base: number,
    level: number,
  ) => number;
  growTree: (job: number, taken: number, random: number, seed: number) => number;
  leafValue: (job: number, record: number, start: number, end: number, lower: number, upper: number) => number;
  addLeaves: (job: number, count: number, scores: number) => void;
  partLeaf: (job: number, record: number, cut: number, start: number, end: number) => number;
  prepareSearch: (
    job: number,
    record: number,
    count: number,
    asked: number,
    lower: number,
    upper: number,
    random: number,
    seed: number,
  ) => void;
  sumNode: (job: number, slot: number, start: number, end: number) => void;
  takeSums: (job: number, parent: number, child: number, start: number, end: number) => void;
  giveUpSums: (job: number, slot: number, start: number, end: number) => void;
  weighTargets: (targets: number, weights: number, rows: number, count: number, level: number, out: number) => void;
  sumPacked: (packed: number, rows: number, count: number, out: number) => void;
  sumRows: (
    codes: number,
    rowBytes: number,
    rows: number,
    count: number,
    packed: number,
    groups: number,
    groupCount: number,
    out: number,
    sign: number,
  ) => number;
  clearSums: (out: number, bytes: number) => void;
  subtractSums: (parent: number, child: number, bytes: number) => void;
  findSplit: (features: number, list: number, count: number, sums: number, total: number, search: number, found: number) => void;
  addGains: (
    features: number,
    list: number,
    count: number,
    sums: number,
    total: number,
    search: number,
    gains: number,
    planeBytes: number,
  ) => void;
  bestGain: (features: number, list: number, count: number, gains: number, planeBytes: number, found: number) => void;
  sidesOf: (found: number, edges: number, sides: number) => void;
  partitionRows: (codes: number, step: number, sides: number, rows: number, count: number, scratch: number) => number;
  countUp: (rows: number, count: number) => void;
  drawRows: (count: number, seed: number, limit: number, taken: number, left: number) => number;
  addByCodes: (codes: number, rowBytes: number, rows: number, first: number, count: number, root: number, scores: number) => void;
}
export const boostingArea = kernelArea<BoostingExports>('boosting', bytes);

/** Entries of a feature's sums by class, widest first, as in `histogram.as.ts`. */
const STRIDES = [264, 136, 72, 24] as const;
const WORD = 8;
/** Words of a group: with more than this many of the widest stride their sums leave the first cache. */
const GROUP_ENTRIES = 4 * WORD * STRIDES[0];

/** Words with one stride, as in `histogram.as.ts`. */
export interface CodeGroup {
  /** First byte of a row's codes, and of a node's sums. */
  codes: number;
  sums: number;
  words: number;
  /** 1 for half a word more. */
  half: number;
  stride: number;
}
/** Where every feature's codes and sums lie. Features are sorted by their number of codes, so that words of eight have one stride. */
export interface CodePlan {
  /** Byte of a row's codes, and of a node's sums, per feature. */
  readonly places: Int32Array;
  readonly offsets: Int32Array;
  readonly rowBytes: number;
  readonly groups: readonly CodeGroup[];
  readonly sumsBytes: number;
}

/** Words of equal stride in as few groups as the cache allows, all about as long. */
function groupWords(words: readonly { stride: number; size: number; codes: number; sums: number }[]): CodeGroup[] {
  const groups: CodeGroup[] = [];
  for (const stride of STRIDES) {
    const same = words.filter((word) => word.stride === stride);
    const count = Math.ceil((same.length * WORD * stride) / GROUP_ENTRIES);
    for (let g = 0; g < count; g++) {
      const part = same.slice(Math.round((g * same.length) / count), Math.round(((g + 1) * same.length) / count));
      const half = part[part.length - 1].size <= WORD / 2 ? 1 : 0;
      groups.push({ codes: part[0].codes, sums: part[0].sums, words: part.length - half, half, stride: stride * 8 });
    }
  }
  return groups;
}

export function codePlan(edges: Edges): CodePlan {
  const cols = edges.length;
  const codes = edges.map((list) => list.length + 2);
  const order = [...edges.keys()].sort((a, b) => codes[b] - codes[a] || a - b);
  const places = new Int32Array(cols);
  const offsets = new Int32Array(cols);
  const words: { stride: number; size: number; codes: number; sums: number }[] = [];
  let sums = 0;
  for (let from = 0; from < cols; from += WORD) {
    const size = Math.min(WORD, cols - from);
    const stride = STRIDES.findLast((entries) => codes[order[from]] <= entries)!;
    for (let k = 0; k < size; k++) {
      places[order[from + k]] = from + k;
      offsets[order[from + k]] = sums + k * stride * 8;
    }
    words.push({ stride, size, codes: from, sums });
    sums += (size > WORD / 2 ? WORD : WORD / 2) * stride * 8;
  }
  // A row of up to 32 bytes is padded to 32, so that it lies in one cache line.
  const needed = Math.max(WORD, Math.ceil(cols / 4) * 4);
  const rowBytes = needed > 16 && needed <= 32 ? 32 : Math.ceil(needed / 16) * 16;
  return { places, offsets, rowBytes, groups: groupWords(words), sumsBytes: sums };
}

export interface BoostingSize {
  /** Rows learned from; they come first. */
  train: number;
  /** Rows kept aside, after them. */
  aside: number;
  cols: number;
  /** Trees per round. */
  outputs: number;
  weighted: boolean;
  /** Leaves are quantiles of residuals. */
  sorted: boolean;
  /** All nodes of a level are split by one question. */
  symmetric: boolean;
  /** Rows are drawn for each tree. */
  drawn: boolean;
  /** Nodes whose sums are held at once. */
  slots: number;
  /** Most leaves of a tree. */
  leaves: number;
  /** Codes lie once more column by column, see `wantColumns`. */
  columns: boolean;
}

/**
 * Bytes of sums that a fit holds, about half of a second cache, and nodes that have room in any case. Past that the least promising ones are summed again
 * if they are split after all, which few are: with eight of 31 a fit sums 1 % more rows, with four 15 % more.
 */
const SUMS_BYTES = 5e5;
const LEAST_SLOTS = 8;
/** Nodes whose sums are held at once: all leaves and one more if there is room. */
export const slotsOf = (plan: CodePlan, leaves: number): number =>
  Math.min(leaves + 1, Math.max(LEAST_SLOTS, Math.floor(SUMS_BYTES / Math.max(1, plan.sumsBytes))));

/** Whole vectors of four. */
export const fours = (count: number): number => Math.ceil(count / 4) * 4;
/** Rows kept aside begin at a whole vector. */
export const rowsIn = (size: Pick<BoostingSize, 'train' | 'aside'>): number => fours(size.train) + size.aside;

/**
 * So many bytes of codes stay in the second cache, and nodes are parted by them. More lie twice, row by row for sums and in columns for parting nodes: by rows
 * alone 1,000,000 × 28 took 1.6 times as long.
 */
const CACHED_CODES = 2e6;
export const wantColumns = ({ rowBytes }: CodePlan, rows: number): boolean => rows * rowBytes > CACHED_CODES;

/** Rows copied in and coded at a time. */
export const BLOCK_ROWS = 2048;
/** 64-byte records, as seen by doubles and by whole numbers. */
export const RECORD = 64;

export function layBoosting(
  room: Room,
  { train, aside, cols, outputs, weighted, sorted, symmetric, drawn, slots, leaves, columns }: BoostingSize,
  plan: CodePlan,
) {
  const rows = rowsIn({ train, aside });
  const padded = fours(rows);
  const [filling, growing] = room.either(
    () => ({
      tables: room.f32(cols * 256),
      counts: room.i32(cols),
      block: room.f32(Math.min(rows, BLOCK_ROWS) * cols),
      coarse: room.f32(16),
    }),
    () => ({
      packed: room.i64(padded),
      rows: room.u32(rows),
      /** Rows not drawn for this tree. */
      left: room.u32(drawn ? rows : 0),
      /** Rows of a node that go right, while it is parted. */
      spare: room.u32(rows),
      residuals: room.f32(sorted ? rows : 0),
      sortCounts: room.u32(sorted ? 1024 : 0),
      sums: room.u8(slots * plan.sumsBytes + 64),
      /** Gains over a level, missing values right and left. */
      gains: room.f64(symmetric ? (2 * plan.sumsBytes) / 8 : 0),
    }),
  );
  return {
    ...filling,
    ...growing,
    codes: room.u8(rows * plan.rowBytes),
    columns: room.u8(columns ? rows * cols : 0),
    scores: room.f32(padded * outputs),
    shares: room.f32(outputs > 1 ? padded * outputs : 0),
    targets: room.f32(padded),
    weights: room.f32(weighted ? padded : 0),
    clean: room.u8(slots),
    free: room.i32(slots),
    groups: room.i32(plan.groups.length * 5),
    features: room.i32(cols * 4),
    list: room.i32(cols),
    places: room.i32(cols),
    bases: room.f32(outputs),
    /** Per leaf: what `findSplit` found, and the sum of its rows. */
    found: room.u8(leaves * RECORD),
    totals: room.i64(leaves),
    job: room.u8(JOB_BYTES),
    leaves: room.u8(leaves * LEAF_BYTES),
    grown: room.u8((2 * leaves - 1) * NODE_BYTES),
    search: room.u8(128),
    /** To sort categories (`split-sets.as.ts`). */
    candidates: room.u8(9216),
    /** The tree being grown, for rows that did not grow it: nodes, and 256 bytes of sides per inner node. */
    nodes: room.u32((2 * leaves - 1) * 5),
    sides: room.u8(leaves * 256),
    /** Sums of |gradient| and hessian, and of packed values. */
    checks: room.f64(3),
  };
}
export type BoostingRoom = ReturnType<typeof layBoosting>;
