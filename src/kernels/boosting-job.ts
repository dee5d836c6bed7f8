/** Writes the job of a boosting fit for its kernels, in the order of `boosting-job.as.ts`, and reads grown trees back. */
import { type BoostingRoom, type CodePlan, JOB_BYTES, LEAF_BYTES, NODE_BYTES } from './boosting-room.ts';

/** How trees grow: the same over all rounds of a fit. */
export interface GrowSettings {
  l1: number;
  l2: number;
  minLeaf: number;
  minHessian: number;
  /** Added at least to the hessian of a set of categories, and to that of each for their order. */
  smooth: number;
  /** What part of `minLeaf` the first search of a leaf asks for: less than one where rows differ much in their hessian. */
  asking: number;
  leaves: number;
  /** Infinity = no limit. */
  maxDepth: number;
}
/** A leaf of a grown tree: its rows are those from `start` to `end` of the present tree, its sum lies in a record. */
export interface BoosterLeaf {
  node: number;
  record: number;
  start: number;
  end: number;
  /** Bounds of its value before the learning rate, from monotone features above it. */
  lower: number;
  upper: number;
  /** The best within them, where the booster grew the tree. */
  value?: number;
}
export interface BoosterSplit {
  feature: number;
  /** Codes up to this one go left … */
  bin: number;
  /** … or these categories: 32 bytes of bits. */
  set?: Uint8Array;
  missingLeft: boolean;
}
/** A node of a tree grown leaf by leaf; node 0 is the root, a leaf has the feature -1. */
export interface SplitNode extends BoosterSplit {
  left: number;
  right: number;
  /** Number of the cut that parted it. */
  cut: number;
  rows: number;
  gain: number;
}

/** Real numbers at the front of a job. */
const DOUBLES = 9;
const SCALES = 5;
const WORK = 8;
const NODE_SET = 40;
const ALLOWED_WORD = 12;

export interface JobSetup {
  train: number;
  slots: number;
  settings: GrowSettings;
  directions: readonly number[];
  level: number;
  /** Leaves are quantiles of residuals. */
  quantile: boolean;
  weighted: boolean;
}

export function writeJob(at: BoostingRoom, plan: CodePlan, { train, slots, settings, directions, level, quantile, weighted }: JobSetup) {
  const doubles = new Float64Array(at.job.buffer, at.job.byteOffset, DOUBLES);
  const words = new Uint32Array(at.job.buffer, at.job.byteOffset + 8 * DOUBLES, JOB_BYTES / 4 - 2 * DOUBLES);
  const cols = plan.places.length;
  const most = 0x7fffffff;
  const address = (view: ArrayBufferView) => view.byteOffset;
  const { codes, columns, places, packed, rows, spare, groups, features, list, sums, clean, found, totals, search, candidates, sides } = at;
  doubles.set([settings.l1, settings.l2, settings.minHessian, settings.smooth, settings.asking, 1, 1, level, 0]);
  const fields = [
    [address(codes), plan.rowBytes, columns.length > 0 ? address(columns) : 0, address(places), columns.length / Math.max(1, cols)],
    [address(packed), address(rows), address(spare)],
    [address(groups), plan.groups.length, address(features), address(list), 0, address(sums), plan.sumsBytes, slots, address(clean)],
    [found, totals, search, candidates, sides, at.leaves, at.grown, at.free].map(address),
    [train, cols, settings.minLeaf, Math.min(settings.maxDepth, most), settings.leaves],
    [quantile ? 0 : 1, quantile ? 1 : 0, directions.some((direction) => direction !== 0) ? 1 : 0],
    [address(at.scores), address(at.targets), weighted ? address(at.weights) : 0, address(at.residuals), address(at.sortCounts), 0, 0],
  ];
  words.set(fields.flat());
  return {
    address: at.job.byteOffset,
    setScales: (g: number, h: number): void => doubles.set([g, h], SCALES),
    setAllowed: (count: number): void => {
      words[ALLOWED_WORD] = count;
    },
    work: (): number => doubles[WORK],
  };
}

/** Reads grown trees, and writes what their leaves add. */
export function treeRecords({ leaves, grown }: BoostingRoom) {
  const leafDoubles = new Float64Array(leaves.buffer, leaves.byteOffset, leaves.length / 8);
  const leafWords = new Int32Array(leaves.buffer, leaves.byteOffset, leaves.length / 4);
  const nodeDoubles = new Float64Array(grown.buffer, grown.byteOffset, grown.length / 8);
  const nodeWords = new Int32Array(grown.buffer, grown.byteOffset, grown.length / 4);

  const leaf = (i: number): BoosterLeaf => {
    const [d, w] = [(i * LEAF_BYTES) / 8, (i * LEAF_BYTES) / 4 + 8];
    return {
      node: leafWords[w],
      record: leafWords[w + 1],
      start: leafWords[w + 2],
      end: leafWords[w + 3],
      lower: leafDoubles[d + 1],
      upper: leafDoubles[d + 2],
      value: leafDoubles[d + 7],
    };
  };
  const node = (i: number): SplitNode => {
    const at = i * NODE_BYTES;
    const w = at / 4 + 2;
    const found: SplitNode = {
      gain: nodeDoubles[at / 8],
      feature: nodeWords[w],
      bin: nodeWords[w + 1],
      missingLeft: nodeWords[w + 2] === 1,
      left: nodeWords[w + 4],
      right: nodeWords[w + 5],
      cut: nodeWords[w + 6],
      rows: nodeWords[w + 7],
    };
    if (nodeWords[w + 3] === 1) found.set = grown.slice(at + NODE_SET, at + NODE_SET + 32);
    return found;
  };
  return {
    leaf,
    node,
    /** Writes which rows the leaf i holds, and what it adds. */
    setLeaf: (i: number, { start, end }: Pick<BoosterLeaf, 'start' | 'end'>, value: number): void => {
      const [d, w] = [(i * LEAF_BYTES) / 8, (i * LEAF_BYTES) / 4 + 8];
      leafWords[w + 2] = start;
      leafWords[w + 3] = end;
      leafDoubles[d + 7] = value;
    },
  };
}
