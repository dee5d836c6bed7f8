/** What a race leaves behind: the leaderboard as a table, and results that every chart of the dock can draw. */
import { inEnglish, phrase, type Words } from '../base/words.ts';
import { primaryMetric } from '../metrics/metric-info.ts';
import { joined, resultOf } from '../recipe/cross-validate.ts';
import type { Deal } from '../recipe/deal-rows.ts';
import type { Guard } from '../recipe/guard.ts';
import { distinctNames, metricsOf } from '../recipe/judge.ts';
import type { LearnerSpec } from '../recipe/model.ts';
import { argMax } from '../recipe/predict.ts';
import type { ModelResult, Race, Results } from '../recipe/results.ts';
import { categoriesOf, columnOf, numeric } from '../table/column.ts';
import { type Table, table } from '../table/table.ts';
import type { Calibrated } from './calibrate.ts';
import type { Objective } from './objective.ts';
import type { Trial } from './race.ts';

/** Trials whose rows the results carry. */
const SHOWN = 12;
const STATES: Record<Trial['state'], string> = {
  complete: 'completed',
  dropped: 'dropped early',
  cut: 'cut short',
  failed: 'failed',
  ended: 'ended by hand',
};

export interface Blend {
  trials: readonly Trial[];
  /** Of the rows that the trials did not learn from. */
  answers: Float64Array;
  calibrated?: Calibrated;
}

/** All folds' answers of a trial, one after the other: class shares row-major, or values. */
export function answersOf(trial: Trial): { truth: Float64Array; answers: Float64Array } {
  const tallies = trial.folds.map(({ tally }) => tally);
  return {
    truth: joined(tallies.map(({ truth }) => truth)),
    answers: joined(tallies.map(({ probabilities, predicted }) => (probabilities.length > 0 ? probabilities : predicted))),
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
    ...(kept.has(trial.candidate.id) ? { kept: true } : {}),
    ...(pinned.has(trial.candidate.id) ? { pinned: true } : {}),
    ...(trial.problem ? { problem: trial.problem } : {}),
  })),
});

/** In the order given, the ensemble before them: the first is the model. */
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
  const singles = ranked.slice(0, SHOWN).map(of);
  const models = blend ? [ensembleResult(of(blend.trials[0]), objective, blend), ...singles] : singles;
  return {
    task: goal.task,
    target: goal.target,
    ...(goal.classes ? { classes: goal.classes, positive: goal.positive } : {}),
    chosen: 0,
    primary: models[0]?.metrics[metric] === undefined ? primaryMetric(goal.task, goal.classes?.length ?? 0) : metric,
    models: distinctNames(models),
  };
}

function ensembleResult(first: ModelResult, { goal }: Objective, { answers }: Blend): ModelResult {
  const width = goal.classes?.length ?? 0;
  const predicted = width > 0 ? argMax(answers, first.truth.length, width) : answers;
  const probabilities = width > 0 ? answers : undefined;
  const { sd: _, foldMetrics: __, importances: ___, ...rest } = first;
  const { metrics, notes } = metricsOf(goal.task, first.truth, predicted, probabilities, goal.classes, goal.positive);
  return { ...rest, name: phrase('automl.ensemble', 'Ensemble'), predicted, ...(probabilities ? { probabilities } : {}), metrics, notes };
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

/** One row per trial, best first; the ensemble on top. */
export function leaderboard(
  objective: Objective,
  { ranked, rest, metrics }: { ranked: readonly Trial[]; rest: readonly Trial[]; metrics: ReadonlyMap<Trial, Record<string, number>> },
  results: Results,
  titleOf: (trial: Trial) => Words,
  weightOf: (trial: Trial) => number,
): Table {
  const ensemble = results.models.length > Math.min(SHOWN, ranked.length) ? results.models[0] : undefined;
  const trials = [...ranked, ...rest];
  const scores = trials.map((trial): Record<string, number> => metrics.get(trial) ?? {});
  const names = [...new Set([objective.metric, ...scores.flatMap((score) => Object.keys(score))])];
  const head = ensemble ? 1 : 0;
  const rows = trials.length + head;
  const texts = (first: string, of: (trial: Trial) => string) => categoriesOf([...(ensemble ? [first] : []), ...trials.map(of)]);
  const numbers = (first: number, of: (trial: Trial, place: number) => number) =>
    numeric(Float64Array.from([...(ensemble ? [first] : []), ...trials.map(of)]));
  return table(
    ['rank', 'model', ...names, 'weight', 'seconds', 'folds', 'state', 'settings', 'why'],
    [
      numeric(
        Float64Array.from({ length: rows }, (_, i) => (i < ranked.length + head ? i + 1 : Number.NaN)),
        'integer',
      ),
      texts('Ensemble', (trial) => inEnglish(titleOf(trial))),
      ...names.map((name) => numbers(ensemble?.metrics[name] ?? Number.NaN, (_, place) => scores[place][name] ?? Number.NaN)),
      numbers(1, weightOf),
      numbers(Number.NaN, ({ ms }) => Math.round(ms) / 1000),
      numbers(Number.NaN, ({ folds }) => folds.length),
      texts('completed', ({ state }) => STATES[state]),
      columnOf('text', [...(ensemble ? [null] : []), ...trials.map(({ candidate }) => JSON.stringify(candidate.params))]),
      columnOf('text', [
        ...(ensemble ? [null] : []),
        ...trials.map(({ problem }) => (problem ? `${inEnglish(problem.message)} ${inEnglish(problem.hint ?? '')}` : null)),
      ]),
    ],
    rows,
  );
}
