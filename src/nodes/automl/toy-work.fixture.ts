/** For tests: AutoML on a table of two columns, by a clock of its own. */
import type { AutoMlAsk, AutoMlWork } from '../../automl/automl.ts';
import { fitAnew } from '../../automl/refit.ts';
import { type FoldJob, runFold } from '../../automl/trial.ts';
import { type Problem, ProblemError } from '../../base/problem.ts';
import { stream } from '../../base/random.ts';
import { learners } from '../../learners/index.ts';
import { rawFrame } from '../../recipe/frame.ts';
import { columnOf } from '../../table/column.ts';
import { table } from '../../table/table.ts';
import { lookups } from '../lookup.ts';

const rows = 120;
const x = Array.from({ length: rows }, (_, i) => ((i * 37) % rows) / rows);
export const frame = rawFrame(
  table(
    ['x', 'y'],
    [
      columnOf('number', x),
      columnOf(
        'category',
        x.map((value) => (value > 0.5 ? 'high' : 'low')),
      ),
    ],
    rows,
  ),
);
const maker = { kind: 'automl.tables', version: 1, params: {}, title: 'AutoML' };
export const ask: AutoMlAsk = {
  common: { target: 'y', features: { all: true }, task: 'auto', positive: '' },
  metric: null,
  limits: { seconds: 2, trials: 50, trialMs: Number.POSITIVE_INFINITY, patience: 40, exitScore: null },
  families: new Set(['boosting', 'linear']),
  balanced: false,
  evening: false,
  crossed: false,
  words: [],
  tries: 'both',
  ensemble: true,
  stack: false,
  calibrate: true,
  refit: false,
  pick: [],
  folds: null,
  share: null,
  by: maker,
  maker,
  seed: 0,
};
/** Every fit takes so many milliseconds of a clock of its own; those of `late` are ended. `fitted` counts them. */
export function workOf(ms: number, late: (kind: string, before: number) => boolean = () => false) {
  let time = 0;
  const problems: Problem[] = [];
  const fitted: string[] = [];
  const random = (purpose: string) => stream('short', purpose);
  const run = { random, stopRequested: () => false, progress: () => {}, backend: 'cpu' as const };
  const work: AutoMlWork = {
    width: 1,
    began: 0,
    now: () => time,
    stopRequested: () => false,
    known: undefined,
    random,
    fold: async (job: FoldJob) => {
      time += ms;
      fitted.push(job.spec.kind);
      if (late(job.spec.kind, fitted.length - 1)) throw new ProblemError({ code: 'automl.late', message: 'Late.', hint: 'Wait.' });
      return runFold(frame, job, lookups, run, () => time);
    },
    refit: (job) => fitAnew(frame, job, lookups, run),
    kindOf: (id) => learners.find(({ kind }) => kind.id === id)!.kind,
    onAsk: () => {},
    live: () => {},
    told: () => {},
    guard: () => {},
    log: (_, problem) => problem && problems.push(problem),
  };
  return { work, problems, fitted };
}
