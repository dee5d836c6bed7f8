/** Which trials are stacked, how rows are parted for it, and what is said of it. */
import { metricName, type Phrase, phrase } from '../base/words.ts';
import { formatMetric, metricInfo } from '../metrics/metric-info.ts';
import type { Objective } from './objective.ts';
import type { Trial } from './race.ts';
import { answersOf, type Blend } from './report.ts';
import { type Stacking, stackOf } from './stack.ts';

/** So many are stacked: those of the ensemble, and the best of each learner. */
const MOST = 12;
const PARTS = 5;

/** Those with a say in the stack, the greatest first; undefined where it is no better than the ensemble, which answers `against`. */
export function stackOn(
  library: readonly Trial[],
  weights: Float64Array,
  against: Float64Array,
  { objective, time }: { objective: Objective; time: { ms: number; now: () => number } },
): { blend: Blend; made: Stacking } | undefined {
  const kinds = new Set<string>();
  const places = [...library.keys()].filter((i) => {
    const { kind } = library[i].candidate;
    const first = !kinds.has(kind);
    kinds.add(kind);
    return first || weights[i] > 0;
  });
  places.sort((a, b) => weights[b] - weights[a]).splice(MOST);
  const { truth } = answersOf(library[0]);
  const { folds } = library[0];
  // Folds are parts already; of one part kept aside every fifth row.
  const parts = Int32Array.from(
    folds.length > 1 ? folds.flatMap(({ tally }, f) => Array.from(tally.truth, () => f)) : Array.from(truth, (_, i) => i % PARTS),
  );
  const made = stackOf({
    library: places.map((i) => answersOf(library[i]).answers),
    truth,
    parts,
    weights: Float64Array.from(places, (i) => weights[i]),
    against,
    objective,
    time,
  });
  const said = made?.stack.weights.flatMap((weight, m) => (weight > 0 ? [{ weight, trial: library[places[m]] }] : [])) ?? [];
  if (!made || said.length < 2) return undefined;
  said.sort((a, b) => b.weight - a.weight);
  const sum = said.reduce((all, { weight }) => all + weight, 0);
  return {
    blend: {
      trials: said.map(({ trial }) => trial),
      weights: said.map(({ weight }) => weight / sum),
      answers: made.answers,
      stacked: true,
    },
    made: { ...made, stack: { ...made.stack, weights: said.map(({ weight }) => weight) } },
  };
}

/** What is told of it: the metric of the ensemble before, and of the stack. */
export const stackedNote = ({ before, after }: Stacking, { metric, sign }: Objective): Phrase =>
  phrase(
    'automl.stacked',
    'Stacked: how much each says was learned from answers on rows that they did not learn from; {metric} there {before} weighed, {after} stacked.',
    {
      metric: metricName(metric, metricInfo(metric).title),
      before: formatMetric(metric, sign * before),
      after: formatMetric(metric, sign * after),
    },
  );
