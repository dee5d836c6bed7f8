/** Greedy selection of an ensemble on out-of-fold answers (Caruana et al. 2004, "Ensemble selection from libraries of models"). */
import { spreadPlaces } from '../base/indices.ts';
import { cellsOf } from '../recipe/cells-of.ts';
import type { Objective } from './objective.ts';

const STEPS = 25;
/** Members with less say than this are left out. */
const LEAST_WEIGHT = 0.03;
/** Beyond this many rows the greedy steps look at evenly spread ones. */
const MOST_ROWS = 20_000;
/** Nor at fewer than this many, for lack of time. */
const LEAST_ROWS = 2000;

export interface Weighing {
  /** One per library entry, adding up to 1. */
  weights: Float64Array;
  /** On the rows looked at. */
  loss: number;
}

/**
 * `library` holds each trial's answers for the same rows, values or class shares row-major. The best prefix of the greedy path is kept; those of
 * `pinned` are in from the start and stay. Where a look at all rows would not end within `time`, the steps look at fewer.
 */
export function selectEnsemble(
  library: readonly Float64Array[],
  truth: Float64Array,
  { loss, goal }: Objective,
  time: { ms: number; now: () => number } = { ms: Number.POSITIVE_INFINITY, now: () => 0 },
  pinned: readonly number[] = [],
): Weighing {
  const width = Math.max(1, goal.classes?.length ?? 0);
  const most = spreadPlaces(truth.length, MOST_ROWS);
  const began = time.now();
  loss(cellsOf(truth, most, 1), cellsOf(library[0], most, width));
  const wanted = (time.now() - began) * library.length * STEPS;
  const rows = wanted > time.ms ? spreadPlaces(truth.length, Math.max(LEAST_ROWS, Math.floor((most.length * time.ms) / wanted))) : most;
  const seen = cellsOf(truth, rows, 1);
  const answers = rows.length === truth.length ? library : library.map((all) => cellsOf(all, rows, width));
  const counts = new Int32Array(library.length);
  const sum = new Float64Array(seen.length * width);
  const mean = new Float64Array(sum.length);
  for (const m of pinned) {
    counts[m]++;
    for (let i = 0; i < sum.length; i++) sum[i] += answers[m][i];
  }
  const start =
    pinned.length > 0
      ? loss(
          seen,
          sum.map((value) => value / pinned.length),
        )
      : Number.POSITIVE_INFINITY;
  let best = { loss: start, counts: counts.slice() };
  for (let step = pinned.length + 1; step <= pinned.length + STEPS; step++) {
    let chosen = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const [m, values] of answers.entries()) {
      for (let i = 0; i < mean.length; i++) mean[i] = (sum[i] + values[i]) / step;
      const found = loss(seen, mean);
      // Of equals one that is in already, so that the ensemble stays small.
      if (found < least || (found === least && counts[m] > 0 && counts[chosen] === 0)) [chosen, least] = [m, found];
    }
    if (chosen < 0) break;
    counts[chosen]++;
    for (let i = 0; i < sum.length; i++) sum[i] += answers[chosen][i];
    if (least < best.loss) best = { loss: least, counts: counts.slice() };
  }
  return { weights: shares(best.counts, new Set(pinned)), loss: best.loss };
}

function shares(counts: Int32Array, pinned: ReadonlySet<number>): Float64Array {
  const all = counts.reduce((total, count) => total + count, 0);
  const kept = Float64Array.from(counts, (count, m) => (count / all < LEAST_WEIGHT && !pinned.has(m) ? 0 : count));
  const rest = kept.reduce((total, count) => total + count, 0);
  return kept.map((count) => count / rest);
}

/** The weighted mean of the library's answers. */
export function blendAnswers(library: readonly Float64Array[], weights: Float64Array): Float64Array {
  const mean = new Float64Array(library[0].length);
  for (const [m, values] of library.entries()) if (weights[m] > 0) for (let i = 0; i < mean.length; i++) mean[i] += weights[m] * values[i];
  return mean;
}
