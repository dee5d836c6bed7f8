/**
 * The job of growing forest trees: a block of 32-bit fields, whose addresses and settings the TypeScript side writes (`grow-forest.ts`), and its random
 * stream. An entry is 16 bytes: row u32, then for classes class u32 and weight f64, for numbers weight f32 and weight × target f64. A node is 32 bytes:
 * feature i32 (-1 = leaf), code i32 (of a leaf the place of its value, or -1 - class where there is one only), missing goes left u32, left child u32 (the right one follows it), rows u32, threshold
 * f32, gain f64. Values of leaves, one per class or one, are f32.
 */

/** Fields of a job, by place. */
export const ROWS: usize = 0;
export const COLS: usize = 4;
export const STRIDE: usize = 8;
export const CODES: usize = 12;
export const EDGES: usize = 16;
export const CENTRES: usize = 20;
export const CLASSES: usize = 24;
export const ENTRIES: usize = 28;
export const SPARE: usize = 32;
export const NEXT: usize = 36;
export const HEADS: usize = 40;
export const SUMS: usize = 44;
export const ORDER: usize = 48;
export const STACK: usize = 52;
export const NODES: usize = 56;
export const VALUES: usize = 60;
export const TRIES: usize = 64;
export const MIN_LEAF: usize = 68;
export const MAX_DEPTH: usize = 72;
export const EXTRA: usize = 76;
export const RANDOM: usize = 80;
export const TIMES: usize = 96;
export const LIST: usize = 100;
export const TARGETS: usize = 104;
export const WEIGHTS: usize = 108;
export const DRAWS: usize = 112;
/** Whole codes (`forest-fine.as.ts`) row by row, and bytes per row: few rows of a node lie there in few cache lines. */
export const FINE: usize = 116;
export const ROW_BYTES: usize = 144;
/** Edges of the bins, 256 f32 per feature; of what is inside a bin the places u32, 256 per feature and one, and the thresholds f32. */
export const COARSE: usize = 148;
export const FINE_STARTS: usize = 160;
export const FINE_EDGES: usize = 164;
/**
 * Of extra trees, whose CODES are the bins row by row: bytes of a row with its target, a multiple of 16; 1 where all rows weigh one; two buffers of rows that
 * move; and of every sixteenth bin the centre, 16 f32 per feature.
 */
export const WIDE: usize = 168;
export const UNIT: usize = 172;
export const BINS_A: usize = 176;
export const BINS_B: usize = 180;
export const EVERY_16TH: usize = 184;
/** 1 where weights are small whole numbers and classes at least three and few, for `forest-whole.as.ts`. */
export const WHOLE: usize = 188;
/** Where rows are drawn by weight, the weights of the listed rows added up, f64 from row to row; 0 where all are drawn alike. */
export const CHANCES: usize = 192;
/** What the best split of a node cannot be better than, f64: both sides pure. */
export const LIMIT: usize = 152;
export const BEST: usize = 120;
/** The least known code of the right side of the last split. */
export const SEEN: usize = 140;

/** sfc32 (Chris Doty-Humphrey, PractRand), as `base/random.ts`; four words of state. */
export function draw(job: usize): u32 {
  const s = job + RANDOM;
  const b = load<u32>(s, 4);
  const c = load<u32>(s, 8);
  const counter = load<u32>(s, 12);
  const t = load<u32>(s) + b + counter;
  store<u32>(s, b ^ (b >>> 9));
  store<u32>(s, c + (c << 3), 4);
  store<u32>(s, rotl<u32>(c, 21) + t, 8);
  store<u32>(s, counter + 1, 12);
  return t;
}
/** Uniform in [0, n); the bias is below n / 2^32. */
/* inline */ export function below(job: usize, n: u32): u32 {
  return <u32>((<u64>draw(job) * <u64>n) >> 32);
}

/** The place in the list of a row drawn by weight: the first whose sum is above what was drawn. */
export function byChance(job: usize, chances: usize, count: u32): u32 {
  const sought = (<f64>draw(job) / 4294967296) * load<f64>(chances + ((<usize>(count - 1)) << 3));
  let from: u32 = 0;
  let to: u32 = count - 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (load<f64>(chances + ((<usize>middle) << 3)) > sought) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Bins of a feature, `step` bytes from row to row: in columns while many rows lie side by side, else the upper bytes of the whole codes. */
/* inline */ export function stepOf(job: usize, rows: u32): usize {
  return rows > load<u32>(job, ROWS) >>> 3 ? 1 : load<usize>(job, ROW_BYTES);
}
/* inline */ export function columnOf(job: usize, feature: u32, step: usize): usize {
  if (step !== 1) return load<usize>(job, FINE) + ((<usize>feature) << 1) + 1;
  return load<usize>(job, CODES) + <usize>feature * <usize>load<u32>(job, STRIDE);
}

/** The `j`-th feature of a drawn order, those before it having been asked for. */
export function nextFeature(job: usize, j: u32): u32 {
  const order = load<usize>(job, ORDER);
  const place = order + ((<usize>(j + below(job, load<u32>(job, COLS) - j))) << 2);
  const feature = load<u32>(place);
  store<u32>(place, load<u32>(order + ((<usize>j) << 2)));
  store<u32>(order + ((<usize>j) << 2), feature);
  return feature;
}

/* inline */ export function centreOf(job: usize, feature: u32, code: u32): f64 {
  return <f64>load<f32>(load<usize>(job, CENTRES) + ((<usize>feature) << 10) + ((<usize>code) << 2));
}
