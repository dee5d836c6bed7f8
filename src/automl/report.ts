/** What a race leaves behind: the leaderboard as a table, and results that every chart of the dock can draw. */
import { inEnglish, phrase, type Words } from '../base/words.ts';
import { primaryMetric } from '../metrics/metric-info.ts';
import { bytesHeld } from '../recipe/bytes-held.ts';
import { joined, resultOf } from '../recipe/cross-validate.ts';
import type { Deal } from '../recipe/deal-rows.ts';
import type { FoldTally } from '../recipe/fold.ts';
import type { Guard } from '../recipe/guard.ts';
import { distinctNames, metricsOf } from '../recipe/judge.ts';
import type { LearnerSpec } from '../recipe/model.ts';
import { argMax } from '../recipe/predict.ts';
import type { ModelResult, Race, Results } from '../recipe/results.ts';
import { categoriesOf, columnOf, numeric } from '../table/column.ts';
import { type Table, table } from '../table/table.ts';
import type { Calibrated } from './calibrate.ts';
import { type Objective, saidOf } from './objective.ts';
import { usedParams } from './portfolio.ts';
import type { Trial } from './race.ts';

/** Trials whose rows the results carry: so many, and more as long as they hold no more bytes than this. */
const SHOWN = 12;
const MOST_SHOWN = 40;
const SHOWN_BYTES = 32 * 1024 ** 2;
const STATES: Record<Trial['state'], string> = {
  complete: 'completed',
  dropped: 'dropped early',
  cut: 'cut short',
  failed: 'failed',
  ended: 'ended by hand',
};

export interface Blend {
  /** One alone where it is calibrated. */
  trials: readonly Trial[];
  /** Of each; they add up to 1. */
  weights: readonly number[];
  stacked?: true;
  /** Of the rows that the trials did not learn from. */
  answers: Float64Array;
  calibrated?: Calibrated;
}

/** All folds' answers of a trial, one after the other: class shares row-major, or values. */
export function answersOf(trial: Trial): { truth: Float64Array; answers: Float64Array } {
  const tallies = trial.folds.map(({ tally }) => tally);
  return {
    truth: joined(tallies.map(({ truth }) => truth)),
    answers: joined(tallies.map(saidOf)),
  };
}

/** Every metric of each trial that has any, over its folds. */
export const metricsByTrial = ({ goal }: Objective, trials: readonly Trial[]): ReadonlyMap<Trial, Record<string, number>> =>
  new Map(
    trials.flatMap((trial) => {
      const tallies = trial.folds.map(({ tally }) => tally);
      return tallies.length > 0 ? [[trial, resultOf('', tallies, goal, []).metrics] as const] : [];
    }),
  );

/** What it takes to answer with the trial's models together; nothing where there are none. */
export function costsOf({ folds }: Trial): { answerMs?: number; bytes?: number } {
  const times = folds.flatMap(({ tally }) => tally.answerMs ?? []);
  const models = folds.flatMap(({ model }) => model ?? []);
  return {
    // The quickest of them for each: the first in a worker compiles on the way.
    ...(times.length > 0 ? { answerMs: Math.min(...times) * times.length } : {}),
    ...(models.length > 0 ? { bytes: bytesHeld(models) } : {}),
  };
}

interface RaceFacts {
  titleOf: (trial: Trial) => Words;
  weightOf: (trial: Trial) => number;
  specOf: (trial: Trial) => LearnerSpec;
  metrics: ReadonlyMap<Trial, Record<string, number>>;
  /** Numbers of trials that can be taken later. */
  kept: ReadonlySet<number>;
  pinned: ReadonlySet<number>;
  said: readonly Words[];
  deal: Deal;
}

/** Every trial as it went. */
export const raceOf = (
  { metric, sign }: Objective,
  trials: readonly Trial[],
  { titleOf, weightOf, specOf, metrics, kept, pinned, said, deal }: RaceFacts,
): Omit<Race, 'steps' | 'seed'> => ({
  metric,
  deal,
  ...(said.length > 0 ? { said } : {}),
  rows: trials.map((trial) => ({
    id: trial.candidate.id,
    name: titleOf(trial),
    kind: trial.candidate.kind,
    params: specOf(trial).params,
    ...(trial.candidate.steps ? { steps: trial.candidate.steps } : {}),
    state: trial.state,
    ...(Number.isFinite(trial.loss) ? { value: sign * trial.loss } : {}),
    began: trial.began / 1000,
    ended: trial.ended / 1000,
    folds: trial.folds.length,
    ...(trial.folds.some(({ cut }) => cut) ? { cut: true } : {}),
    weight: weightOf(trial),
    metrics: metrics.get(trial) ?? {},
    ...costsOf(trial),
    ...(kept.has(trial.candidate.id) ? { kept: true } : {}),
    ...(pinned.has(trial.candidate.id) ? { pinned: true } : {}),
    ...(trial.problem ? { problem: trial.problem } : {}),
  })),
});

/** In the order given, what was made of them before them: the first is the model. */
export function resultsOf(
  objective: Objective,
  ranked: readonly Trial[],
  titleOf: (trial: Trial) => Words,
  blend: Blend | undefined,
): Results {
  const { goal, metric } = objective;
  const of = (trial: Trial): ModelResult =>
    resultOf(
      titleOf(trial),
      trial.folds.map(({ tally }) => tally),
      goal,
      [],
    );
  const singles: ModelResult[] = [];
  let bytes = 0;
  for (const trial of ranked.slice(0, MOST_SHOWN)) {
    const single = of(trial);
    bytes += bytesHeld(single);
    if (singles.length >= SHOWN && bytes > SHOWN_BYTES) break;
    singles.push(single);
  }
  const models = blend ? [blendResult(objective, blend, titleOf), ...singles] : singles;
  return {
    task: goal.task,
    target: goal.target,
    ...(goal.classes ? { classes: goal.classes, positive: goal.positive } : {}),
    chosen: 0,
    primary: models[0]?.metrics[metric] === undefined ? primaryMetric(goal.task, goal.classes?.length ?? 0) : metric,
    models: distinctNames(models),
  };
}

/** Judged as the trials are: each fold for itself, so that its value stands beside theirs. */
function blendResult({ goal }: Objective, { trials, answers, stacked }: Blend, titleOf: (trial: Trial) => Words): ModelResult {
  const width = goal.classes?.length ?? 0;
  let from = 0;
  const tallies = trials[0].folds.map(({ tally }): FoldTally => {
    const rows = tally.truth.length;
    const own = answers.slice(from * Math.max(1, width), (from + rows) * Math.max(1, width));
    from += rows;
    const predicted = width > 0 ? argMax(own, rows, width) : own;
    const probabilities = width > 0 ? own : tally.probabilities;
    if (rows === 0) return tally;
    const { metrics } = metricsOf(goal.task, tally.truth, predicted, width > 0 ? own : undefined, goal.classes, goal.positive);
    return { ...tally, predicted, probabilities, metrics };
  });
  const name =
    trials.length > 1
      ? stacked
        ? phrase('automl.stack', 'Stack')
        : phrase('automl.ensemble', 'Ensemble')
      : phrase('automl.calibrated', '{title}, calibrated', { title: titleOf(trials[0]) });
  return resultOf(name, tallies, goal, []);
}

/** One row per check. */
export const guardTable = (guards: readonly Guard[]): Table =>
  table(
    ['check', 'state', 'columns', 'what'],
    [
      categoriesOf(guards.map(({ check }) => check)),
      categoriesOf(guards.map(({ state }) => state)),
      columnOf(
        'text',
        guards.map(({ columns }) => columns.join(', ') || null),
      ),
      columnOf(
        'text',
        guards.map(({ said }) => said.text),
      ),
    ],
    guards.length,
  );

/** One row per trial, best first; the ensemble, or the calibrated winner, on top. */
export function leaderboard(
  objective: Objective,
  { ranked, rest, metrics }: { ranked: readonly Trial[]; rest: readonly Trial[]; metrics: ReadonlyMap<Trial, Record<string, number>> },
  results: Results,
  { titleOf, weightOf, together }: { titleOf: (trial: Trial) => Words; weightOf: (trial: Trial) => number; together: boolean },
): Table {
  const ensemble = together ? results.models[0] : undefined;
  const trials = [...ranked, ...rest];
  const scores = trials.map((trial): Record<string, number> => metrics.get(trial) ?? {});
  const names = [...new Set([objective.metric, ...scores.flatMap((score) => Object.keys(score))])];
  const costs = trials.map(costsOf);
  /** Of all that have a say. */
  const whole = (of: 'answerMs' | 'bytes') =>
    trials.reduce((sum, trial, i) => (weightOf(trial) > 0 ? sum + (costs[i][of] ?? Number.NaN) : sum), 0);
  const head = ensemble ? 1 : 0;
  const rows = trials.length + head;
  const texts = (first: string, of: (trial: Trial) => string) => categoriesOf([...(ensemble ? [first] : []), ...trials.map(of)]);
  const numbers = (first: number, of: (trial: Trial, place: number) => number) =>
    numeric(Float64Array.from([...(ensemble ? [first] : []), ...trials.map(of)]));
  return table(
    ['rank', 'model', ...names, 'weight', 'seconds', 'ms per 1000 rows', 'bytes', 'folds', 'state', 'settings', 'why'],
    [
      numeric(
        Float64Array.from({ length: rows }, (_, i) => (i < ranked.length + head ? i + 1 : Number.NaN)),
        'integer',
      ),
      texts(ensemble ? inEnglish(ensemble.name) : '', (trial) => inEnglish(titleOf(trial))),
      ...names.map((name) => numbers(ensemble?.metrics[name] ?? Number.NaN, (_, place) => scores[place][name] ?? Number.NaN)),
      numbers(1, weightOf),
      numbers(Number.NaN, ({ ms }) => Math.round(ms) / 1000),
      numbers(whole('answerMs'), (_, place) => costs[place].answerMs ?? Number.NaN),
      numbers(whole('bytes'), (_, place) => costs[place].bytes ?? Number.NaN),
      numbers(Number.NaN, ({ folds }) => folds.length),
      texts('completed', ({ state }) => STATES[state]),
      columnOf('text', [...(ensemble ? [null] : []), ...trials.map(({ candidate }) => JSON.stringify(usedParams(candidate)))]),
      columnOf('text', [
        ...(ensemble ? [null] : []),
        ...trials.map(({ problem }) => (problem ? `${inEnglish(problem.message)} ${inEnglish(problem.hint ?? '')}` : null)),
      ]),
    ],
    rows,
  );
}
