/** Why a trial that came to its end has no value of the metric: it counts as failed, and its row says this. */
import { type Problem, problem } from '../base/problem.ts';
import { metricName, phrase } from '../base/words.ts';
import { metricInfo } from '../metrics/metric-info.ts';
import { type Objective, saidOf } from './objective.ts';
import type { FoldDone } from './trial.ts';

/** By the folds that it has: no row was judged, answers are not finite, the metric says why, or another metric is to be chosen. */
export function noValue({ goal, metric, loss, lack }: Objective, folds: readonly FoldDone[]): Problem {
  const judged = folds.flatMap(({ tally }) => (tally.truth.length > 0 ? [{ truth: tally.truth, said: saidOf(tally) }] : []));
  if (judged.length === 0)
    return problem({
      code: 'automl.none-judged',
      at: { param: 'validation' },
      args: { target: goal.target },
      message: `None of the rows kept aside could be judged: “${goal.target}” is missing there, or a step left them out.`,
      hint: 'Keep more rows aside, or drop rows whose target is missing before.',
    });
  if (judged.some(({ said }) => !said.every(Number.isFinite)))
    return problem({
      code: 'automl.not-numbers',
      message: 'Some of its answers are not numbers, or are too large: what it learned went astray.',
      hint: 'Normalise columns of very large numbers before, or switch this learner off.',
    });
  // A fold whose rows are all alike has no value whatever the answers: another says more.
  const { truth, said } = judged.find((fold) => loss(fold.truth, fold.said) === Number.POSITIVE_INFINITY) ?? judged[0];
  const found = lack(truth, said);
  if (found) return { ...found, at: { param: 'metric' } };
  return problem({
    code: 'automl.no-value',
    at: { param: 'metric' },
    message: phrase('automl.no-value', '{metric} has no value of its answers on the rows kept aside.', {
      metric: metricName(metric, metricInfo(metric).title),
    }),
    hint: 'Choose another metric: MAPE needs true values other than 0, RMSLE none below 0.',
  });
}
