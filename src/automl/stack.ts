/**
 * The stack layer: how much each trial's answers say is learned from rows that the trials did not learn from, with a shift, beginning at the
 * weights of the ensemble. It is taken only where it is better on rows that it was not fitted to itself.
 */
import { log } from '../base/float.ts';
import { indices } from '../base/indices.ts';
import { meanError } from '../metrics/mean-error.ts';
import { cellsOf } from '../recipe/cells-of.ts';
import { EPSILON, type Stack, stacked } from '../recipe/stack.ts';
import { descend } from './descend.ts';
import type { Objective } from './objective.ts';

export interface StackAsk {
  /** Of each trial, values [n] or class shares row-major [n, classes]. */
  library: readonly Float64Array[];
  truth: Float64Array;
  /** Each row's part: answered by a fit to the other parts. */
  parts: Int32Array;
  /** The ensemble's weights, from which it begins, and what the model without it answers. */
  weights: Float64Array;
  against: Float64Array;
  objective: Objective;
  time: { ms: number; now: () => number };
}
export interface Stacking {
  stack: Stack;
  /** Each row's, by a stack that was fitted to other parts. */
  answers: Float64Array;
  /** The loss of the search without it, and by those answers. */
  before: number;
  after: number;
}

const LEAST_ROWS = 100;
/** Fitted to no more rows than this, evenly spread. */
const MOST_ROWS = 10_000;
/** As if so many rows said that the ensemble's weights are right. */
const PRIOR = 20;
const STEPS = 15;
const LONGEST_STEP = 0.5;
/** A gain is one from so many standard errors of the rows' gains on. The ensemble's own answers flatter it a little, since its weights were chosen by these rows. */
const ERRORS = 2;

/** Undefined where it does not pay, or would take too long. */
export function stackOf({ library, truth, parts, weights, against, objective, time }: StackAsk): Stacking | undefined {
  const classes = objective.goal.classes?.length ?? 0;
  const width = Math.max(1, classes);
  if (library.length < 2 || truth.length < LEAST_ROWS) return undefined;
  const count = parts.reduce((most, part) => Math.max(most, part + 1), 0);
  if (count < 2) return undefined;
  const fit = (wanted: (row: number) => boolean) =>
    (classes > 0 ? fitShares : fitValues)(library, truth, weights, width, rowsFor(truth, wanted));
  const answers = new Float64Array(against.length);
  const began = time.now();
  for (let part = 0; part < count; part++) {
    if (part > 0 && ((time.now() - began) / part) * (count + 1) > time.ms) return undefined;
    const own = indices(truth.length).filter((row) => parts[row] === part);
    if (own.length === 0) continue;
    const stack = fit((row) => parts[row] !== part);
    const made = stacked(
      library.map((values) => cellsOf(values, own, width)),
      stack,
      classes,
    );
    for (const [i, row] of own.entries()) answers.set(made.subarray(i * width, (i + 1) * width), row * width);
  }
  const lossOf = (given: Float64Array, row: number) =>
    classes > 0 ? -log(Math.max(given[row * width + truth[row]], 1e-15)) : (given[row] - truth[row]) * (given[row] - truth[row]);
  const gains = truth.map((_, row) => lossOf(against, row) - lossOf(answers, row));
  const { mean, error } = meanError(gains);
  if (!(mean > ERRORS * error)) return undefined;
  const [before, after] = [objective.loss(truth, against), objective.loss(truth, answers)];
  return after < before ? { stack: fit(() => true), answers, before, after } : undefined;
}

function rowsFor(truth: Float64Array, wanted: (row: number) => boolean): Int32Array {
  const all = indices(truth.length).filter(wanted);
  const step = Math.max(1, all.length / MOST_ROWS);
  return step === 1 ? all : Int32Array.from({ length: MOST_ROWS }, (_, i) => all[Math.floor(i * step)]);
}

/** Least squares with weights from 0 up, drawn to the ensemble's; the shift makes the mean error 0. */
function fitValues(library: readonly Float64Array[], truth: Float64Array, start: Float64Array, _width: number, rows: Int32Array): Stack {
  const meanOf = (values: Float64Array) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
  const means = library.map(meanOf);
  const middle = meanOf(truth);
  const size = library.length;
  const products = library.map((a, t) =>
    library.map((b, u) => (u < t ? 0 : rows.reduce((sum, row) => sum + (a[row] - means[t]) * (b[row] - means[u]), 0) / rows.length)),
  );
  const H = Float64Array.from({ length: size * size }, (_, i) => {
    const [t, u] = [Math.floor(i / size), i % size];
    return products[Math.min(t, u)][Math.max(t, u)];
  });
  const prior = (PRIOR / rows.length) * (library.reduce((sum, _, t) => sum + H[t * size + t], 0) / size);
  const wanted = Float64Array.from(
    library,
    (values, t) => rows.reduce((sum, row) => sum + (values[row] - means[t]) * (truth[row] - middle), 0) / rows.length + prior * start[t],
  );
  for (let t = 0; t < size; t++) H[t * size + t] += prior;
  const weights = descend(H, wanted, start, size);
  return { weights: [...weights], shift: [middle - means.reduce((sum, mean, t) => sum + weights[t] * mean, 0)] };
}

/** Newton's steps on the log-loss, which has one minimum; weights from 0 up, drawn to the ensemble's, and with two classes a shift of the second one's score. */
function fitShares(library: readonly Float64Array[], truth: Float64Array, start: Float64Array, width: number, rows: Int32Array): Stack {
  const size = library.length;
  const own = library.map((shares) => cellsOf(shares, rows, width));
  const logs = own.map((shares) => shares.map((share) => log(share + EPSILON)));
  const free = size + (width === 2 ? 1 : 0);
  const home = new Float64Array(free);
  home.set(start);
  let at = home.slice();
  const stackAt = (): Stack => ({
    weights: [...at.subarray(0, size)],
    shift: Array.from({ length: width }, (_, c) => (width === 2 && c === 1 ? at[size] : 0)),
  });
  /** What one more of each unknown adds to the score of a class. */
  const along = (j: number, i: number, c: number) => (j < size ? logs[j][i * width + c] : c === 1 ? 1 : 0);
  const means = new Float64Array(free);
  for (let round = 0; round < STEPS; round++) {
    const given = stacked(own, stackAt(), width);
    const gradient = at.map((value, j) => PRIOR * (value - home[j]));
    const H = new Float64Array(free * free);
    for (let j = 0; j < free; j++) H[j * free + j] = PRIOR;
    for (let i = 0; i < rows.length; i++) {
      means.fill(0);
      for (let c = 0; c < width; c++) {
        const share = given[i * width + c];
        for (let j = 0; j < free; j++) means[j] += share * along(j, i, c);
      }
      for (let j = 0; j < free; j++) gradient[j] += means[j] - along(j, i, truth[rows[i]]);
      for (let c = 0; c < width; c++) {
        const share = given[i * width + c];
        for (let j = 0; j < free; j++) {
          const apart = share * (along(j, i, c) - means[j]);
          for (let k = j; k < free; k++) H[j * free + k] += apart * (along(k, i, c) - means[k]);
        }
      }
    }
    for (let j = 0; j < free; j++) for (let k = 0; k < j; k++) H[j * free + k] = H[k * free + j];
    const wanted = gradient.map((value, j) => at.reduce((sum, x, k) => sum + H[j * free + k] * x, 0) - value);
    const next = descend(H, wanted, at, size);
    const longest = next.reduce((most, value, j) => Math.max(most, Math.abs(value - at[j])), 0);
    const share = Math.min(1, LONGEST_STEP / Math.max(longest, 1e-12));
    at = at.map((value, j) => value + share * (next[j] - value));
    if (longest < 1e-6) break;
  }
  return stackAt();
}
