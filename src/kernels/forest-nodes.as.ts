/** What a forest tree writes down of its nodes; their layout is told in `forest-job.as.ts`. */
import { edgeOf } from './forest-fine.as.ts';
import { NODES, SUMS, VALUES } from './forest-job.as.ts';
import { listOf, sumOfClasses, width } from './forest-sums.as.ts';

/* inline */ function addressOf(job: usize, node: u32): usize {
  return load<usize>(job, NODES) + ((<usize>node) << 5);
}

/** A leaf so far. */
export function startNode(job: usize, node: u32, rows: u32): void {
  const at = addressOf(job, node);
  store<i32>(at, -1);
  store<u32>(at, rows, 16);
  store<f64>(at, 0, 24);
}

/** Codes up to `code` go left, to the node `left`. */
export function writeSplit(job: usize, node: u32, feature: u32, code: u32, missingLeft: u32, left: u32, gain: f64): void {
  const at = addressOf(job, node);
  store<u32>(at, feature);
  store<u32>(at, code, 4);
  store<u32>(at, missingLeft, 8);
  store<u32>(at, left, 12);
  store<f32>(at, edgeOf(job, feature, code), 20);
  store<f64>(at, gain, 24);
}

/** A leaf of one class only notes which, as -1 - class. */
export function writePure(job: usize, node: u32, own: u32): void {
  store<i32>(addressOf(job, node), -1 - <i32>own, 4);
}
/** A leaf's mean, at a place among the leaves' values that the node notes in place of a code. */
export function writeMean(job: usize, node: u32, place: u32, mean: f64): void {
  store<u32>(addressOf(job, node), place, 4);
  store<f32>(load<usize>(job, VALUES) + ((<usize>place) << 2), <f32>mean);
}
/** The shares of the classes, or the mean, from the totals; gives the next place for values. */
export function writeLeaf(job: usize, classes: i32, node: u32, place: u32): u32 {
  const total = load<usize>(job, SUMS);
  if (classes === 0) {
    writeMean(job, node, place, load<f64>(total, 8) / load<f64>(total));
    return place + 1;
  }
  const list = listOf(total, width(classes));
  if (load<u32>(list) === 1) {
    writePure(job, node, load<u32>(list, 4) >>> 3);
    return place;
  }
  store<u32>(addressOf(job, node), place, 4);
  const values = load<usize>(job, VALUES) + ((<usize>place * <usize>classes) << 2);
  memory.fill(values, 0, (<usize>classes) << 2);
  const end = list + 4 + ((<usize>load<u32>(list)) << 2);
  const all = sumOfClasses(total, list);
  for (let place = list + 4; place < end; place += 4) {
    const at = <usize>load<u32>(place);
    store<f32>(values + (at >> 1), <f32>(load<f64>(total + at) / all));
  }
  return place + 1;
}
