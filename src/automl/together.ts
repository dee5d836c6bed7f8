/** What the trials so far give when weighed together: found again as trials end, as long as that takes hardly any of the race's time. */

import type { TogetherPoint } from '../recipe/results.ts';
import { blendAnswers, selectEnsemble } from './ensemble.ts';
import type { Objective } from './objective.ts';
import type { Trial } from './race.ts';
import { answersOf } from './report.ts';
import { sameRows } from './same-rows.ts';

/** So many of the best are weighed. */
const LIBRARY = 10;
/** Milliseconds that one look may take, and the share of the race's time that all may take. */
const LOOK_MS = 40;
const SHARE = 0.01;

/** `now` counts milliseconds of the race. Only what is better than before is told; a trial that overtakes the others together counts as they do, alone. */
export function togetherSoFar(objective: Objective, now: () => number): (ended: readonly Trial[]) => readonly TogetherPoint[] {
  const points: TogetherPoint[] = [];
  let seen = 0;
  let spent = 0;
  let best = Number.POSITIVE_INFINITY;
  const tell = (loss: number) => {
    best = loss;
    points.push({ at: now() / 1000, value: objective.sign * loss });
  };
  return (ended) => {
    const whole = ended.filter(({ state }) => state === 'complete');
    const single = whole.reduce((least, trial) => Math.min(least, trial.loss), Number.POSITIVE_INFINITY);
    if (points.length > 0 && single < best) tell(single);
    if (whole.length < 2 || whole.length === seen || spent > SHARE * now()) return points;
    const began = now();
    seen = whole.length;
    const loss = blendLoss(whole.toSorted((a, b) => a.loss - b.loss).slice(0, LIBRARY), objective, now);
    spent += now() - began;
    // The greedy choice is made on all rows at once; where one trial alone does better by folds, there is nothing to say.
    if (loss < Math.min(best, single)) tell(loss);
    return points;
  };
}

function blendLoss(trials: readonly Trial[], objective: Objective, now: () => number): number {
  const { same: library } = sameRows(trials);
  const all = library.map(answersOf);
  const [{ truth }] = all;
  const answers = all.map((entry) => entry.answers);
  const mean = blendAnswers(answers, selectEnsemble(answers, truth, objective, { ms: LOOK_MS, now }).weights);
  const width = Math.max(1, objective.goal.classes?.length ?? 0);
  let from = 0;
  const losses = library[0].folds.flatMap(({ tally }) => {
    const to = from + tally.truth.length;
    const loss = objective.loss(tally.truth, mean.slice(from * width, to * width));
    from = to;
    return Number.isNaN(loss) ? [] : [loss];
  });
  return losses.length === 0 ? Number.POSITIVE_INFINITY : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
