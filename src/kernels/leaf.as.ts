/** What is done with one leaf of a boosted tree: searched, parted by what was found, given a value. */
import { Job, LEAF_BYTES, Leaf, RECORD_BYTES, SIDES_BYTES } from './boosting-job.as.ts';
import { residualQuantile } from './quantile.as.ts';
import { addToRows, partitionRows, sidesOf } from './rows.as.ts';
import { FEATURE_BYTES, Feature, Found, gradientOf, hessianOf, penalised, Search } from './split-parts.as.ts';

/** As many rows' worth of hessian hold back sets of categories, and so many has each category of a set. */
const SMOOTH_ROWS: f64 = 10;
const SUPPORT_ROWS: f64 = 10;

/* inline */ export function foundAt(job: Job, record: i32): Found {
  return changetype<Found>(<usize>job.found + <usize>record * RECORD_BYTES);
}
/* inline */ export function totalAt(job: Job, record: i32): usize {
  return <usize>job.totals + ((<usize>record) << 3);
}

/* inline */ export function leafAt(job: Job, i: i32): Leaf {
  return changetype<Leaf>(<usize>job.leaves + <usize>i * LEAF_BYTES);
}

/** Writes what a leaf with `count` rows is searched with; thresholds are drawn where `random` is 1. */
export function prepareSearch(job: Job, record: i32, count: i32, asked: f64, lower: f64, upper: f64, random: i32, seed: u32): void {
  const search = changetype<Search>(<usize>job.search);
  const whole = hessianOf(load<i64>(totalAt(job, record)));
  search.l2 = job.l2 * job.scaleH;
  search.l1 = job.l1 * job.scaleG;
  search.least = max<f64>(max<f64>(1, job.minHessian * job.scaleH), ((asked - 0.5) * whole) / <f64>count);
  search.lower = (lower * job.scaleG) / job.scaleH;
  search.upper = (upper * job.scaleG) / job.scaleH;
  search.smooth = max<f64>((SMOOTH_ROWS * whole) / <f64>count, job.smooth * job.scaleH);
  search.support = (SUPPORT_ROWS * whole) / <f64>count;
  search.scratch = job.candidates;
  search.careful = job.careful | random;
  search.random = random;
  search.seed = seed;
}

/** Parts the rows [start, end) by a record's split; gives where the right side begins. Who goes where stays under the number `cut`. */
export function partLeaf(job: Job, record: i32, cut: i32, start: i32, end: i32): i32 {
  const found = foundAt(job, record);
  const feature = changetype<Feature>(<usize>job.features + <usize>found.feature * FEATURE_BYTES);
  const sides = <usize>job.sides + <usize>cut * SIDES_BYTES;
  sidesOf(found, feature.edges, sides);
  const rows = <usize>job.rows + ((<usize>start) << 2);
  if (job.columns === 0) {
    const place = <usize>job.codes + <usize>load<u32>(<usize>job.places + ((<usize>found.feature) << 2));
    return start + partitionRows(place, job.rowBytes, sides, rows, end - start, job.spare);
  }
  const column = <usize>job.columns + <usize>found.feature * <usize>job.columnBytes;
  return start + partitionRows(column, 1, sides, rows, end - start, job.spare);
}

/** The best value of a leaf within its bounds, before the learning rate: Newton's step, or a quantile of what is left. */
export function leafValue(job: Job, record: i32, start: i32, end: i32, lower: f64, upper: f64): f64 {
  let value: f64 = 0;
  if (job.quantile !== 0) {
    const rows = <usize>job.rows + ((<usize>start) << 2);
    value = residualQuantile(job.scores, job.targets, job.weights, rows, end - start, job.level, job.residuals, job.spare, job.sortCounts);
  } else {
    const sum = load<i64>(totalAt(job, record));
    const h = hessianOf(sum) / job.scaleH + job.l2;
    if (h > 0) value = -penalised(gradientOf(sum) / job.scaleG, job.l1) / h;
  }
  return min<f64>(max<f64>(value, lower), upper);
}

/** Adds the values of the first `count` leaves to the scores of their rows. */
export function addLeaves(job: Job, count: i32, scores: usize): void {
  for (let i = 0; i < count; i++) {
    const leaf = leafAt(job, i);
    addToRows(scores, <usize>job.rows + ((<usize>leaf.start) << 2), leaf.end - leaf.start, <f32>leaf.value);
  }
}
