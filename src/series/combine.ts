/** Forecast models of the same series made one: weights as they are given, or for each series by what each model missed at rolling origins. */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import { mix } from '../forecast/ensemble/weigh.ts';
import { forecastMethod } from '../forecast/index.ts';
import { otherTarget } from '../recipe/combine-models.ts';
import type { Maker } from '../recipe/mean-model.ts';
import type { FittedSeries, SeriesMember, SeriesModel } from '../recipe/series-model.ts';
import { keyText } from '../table/series/rows.ts';
import type { SharedMember } from './lagged.ts';
import { type Ahead, seenPeriods } from './method-job.ts';
import { priorOf } from './methods.ts';
import { type Judged, scoresOf } from './scores.ts';
import { isShared } from './shared-ids.ts';
import { type Candidate, type WeighAsk, weighed } from './weighed.ts';

export interface Combined {
  model: SeriesModel;
  /** One per model: its mean say over the series. */
  says: readonly number[];
}

/** `say`: as in `WeighAsk`, weights one per model. Throws Problems where the models are not of the same series. */
export function combineSeries(models: readonly SeriesModel[], say: WeighAsk['say'], maker: Maker): Combined {
  checkAlike(models);
  const [first] = models;
  const { periods, horizon, levels } = first;
  const owned = models.map(({ series }) => new Map(series.map((own) => [keyText(own.key), own])));
  // In the order of the model that knows most of them.
  const widest = models.toSorted((a, b) => b.series.length - a.series.length);
  const keys = [...new Set(widest.flatMap(({ series }) => series.map(({ key }) => keyText(key))))];
  const judged: Judged[] = [];
  const sums = models.map(() => 0);
  const series = keys.flatMap((key, place): FittedSeries[] => {
    const all = models.flatMap((_, m) => {
      const own = owned[m].get(key);
      return own ? [{ m, own }] : [];
    });
    const fitting = typeof say === 'string' ? all.filter(({ own }) => priorFor(own, periods) > 0) : all.filter(({ m }) => say[m] > 0);
    const present = fitting.length > 0 ? fitting : all;
    const { key: names, last, history } = present[0].own;
    for (const { m, own } of present) if (own.last !== last || !sameNumbers(own.history, history)) throw otherRows(models, m);
    const known = all.find(({ own }) => own.known)?.own.known;
    const ask: WeighAsk = { periods, horizon, levels, say: typeof say === 'string' ? say : sharesFor(present, say) };
    const candidates = present.map(({ own }) => candidateOf(own, periods, horizon));
    const made = weighed({ key: names, last, history, ...(known ? { known } : {}) }, place, candidates, ask);
    present.forEach(({ m }, i) => {
      sums[m] += made.shares[i];
    });
    judged.push(...made.judged);
    return [made.series];
  });
  const used = new Set(series.flatMap(({ members }) => members.map(({ method }) => method)));
  const shared = sharedOf(models, used);
  const trees = models.find((model) => Object.keys(model.shared ?? {}).some((method) => method in shared));
  const { shared: _, ...rest } = first;
  const { importances: __, curve: ___, ...about } = first.about;
  const note = phrase('note.forecasts-of', 'The mean of {count} forecast models.', { count: models.length });
  const notes = new Map(models.flatMap((model) => model.about.notes.map((line) => [JSON.stringify(line), line] as const)));
  const known = trees?.known ?? [];
  const model: SeriesModel = {
    ...rest,
    inputs: [...first.inputs.filter(({ role }) => role === 'group'), ...(trees?.inputs.filter(({ role }) => role === 'feature') ?? [])],
    title: maker.title,
    learner: { kind: maker.kind, version: maker.version, params: maker.params },
    known,
    series: known.length > 0 ? series : series.map(({ known: _known, ...own }) => own),
    ...(trees ? { shared } : {}),
    about: {
      ...about,
      notes: [note, ...notes.values()],
      metrics: scoresOf(judged, levels),
      ...(trees?.about.importances ? { importances: trees.about.importances } : {}),
    },
  };
  return { model, says: sums.map((sum) => sum / series.length) };
}

/** What a model counts for in a series before it is judged; 0 where its method does not suit it. */
function priorFor({ members, history }: FittedSeries, periods: readonly number[]): number {
  const [{ method }] = members;
  return members.length > 1 || isShared(method) ? 1 : priorOf(method, history, seenPeriods(periods, history.length));
}

const candidateOf = (own: FittedSeries, periods: readonly number[], horizon: number): Candidate => ({
  members: own.members,
  prior: priorFor(own, periods) || 1,
  ahead: aheadFor(own.members, horizon),
  rolled: own.rolled ?? [],
});

function aheadFor(members: readonly SeriesMember[], horizon: number): Ahead {
  const aheads = members.map(({ method, fitted }): Ahead => {
    if (!isShared(method)) return forecastMethod(method).forecast(fitted, horizon);
    const { mean } = fitted as SharedMember;
    return { mean, deviation: new Float64Array(horizon).fill(Number.NaN) };
  });
  const [one] = aheads;
  const weights = members.map(({ weight }) => weight);
  return aheads.length === 1 ? one : mix(aheads, weights);
}

/** Weights of those that know the series: as they are where all do; all count as much where none of them has any. */
function sharesFor(present: readonly { m: number }[], weights: readonly number[]): readonly number[] {
  const own = present.map(({ m }) => weights[m]);
  if (own.length === weights.filter((weight) => weight > 0).length) return own;
  const sum = own.reduce((all, weight) => all + weight, 0);
  return sum > 0 ? own.map((weight) => weight / sum) : own.map(() => 1 / own.length);
}

/** What methods fitted to all series know, of those that have a say. */
function sharedOf(models: readonly SeriesModel[], used: ReadonlySet<string>): Record<string, unknown> {
  const shared: Record<string, unknown> = {};
  for (const model of models) {
    for (const [method, fit] of Object.entries(model.shared ?? {})) {
      if (!used.has(method)) continue;
      if (method in shared) throw new ProblemError(TWICE);
      shared[method] = fit;
    }
  }
  return shared;
}

const nameOf = ({ title, target }: SeriesModel): string => title ?? target;
const sameNumbers = (a: Float64Array, b: Float64Array): boolean => a.length === b.length && a.every((value, i) => value === b[i]);

function otherRows(models: readonly SeriesModel[], m: number): ProblemError {
  const names = { one: nameOf(models[0]), other: nameOf(models[m]) };
  return new ProblemError({
    code: 'combine.other-rows',
    at: { port: 'models' },
    args: names,
    message: phrase('combine.other-rows', '“{one}” and “{other}” were not trained on the same series.', names),
    hint: 'Wire one table to all of them, with the same time and series columns.',
  });
}

const TWICE = {
  code: 'combine.trees-twice',
  at: { port: 'models' },
  message: 'Two of the models are boosted trees of the same kind; only one of each kind can be combined.',
  hint: 'Take the wire of one of them away, or choose another method in it.',
};

function checkAlike(models: readonly SeriesModel[]): void {
  const [first] = models;
  const text = ({ time, ids, grid, levels }: SeriesModel) => JSON.stringify([time, ids, grid, levels]);
  const columns = models.find(({ known }) => known.length > 0)?.known;
  models.forEach((model, m) => {
    const names = { one: nameOf(first), other: nameOf(model) };
    if (model.target !== first.target) throw otherTarget(names, first.target, model.target);
    if (text(model) !== text(first)) throw otherRows(models, m);
    if (model.horizon !== first.horizon)
      throw new ProblemError({
        code: 'combine.horizons',
        at: { port: 'models' },
        args: { ...names, first: first.horizon, second: model.horizon },
        message: phrase('combine.horizons', '“{one}” forecasts {first} steps ahead, and “{other}” {second}.', {
          ...names,
          first: first.horizon,
          second: model.horizon,
        }),
        hint: 'Train them for the same number of steps ahead.',
      });
    if (JSON.stringify(model.periods) !== JSON.stringify(first.periods))
      throw new ProblemError({
        code: 'combine.seasons',
        at: { port: 'models' },
        args: names,
        message: phrase('combine.seasons', '“{one}” and “{other}” were trained with different seasons.', names),
        hint: 'Set the same season in both, or leave it open in both.',
      });
    if (columns && model.known.length > 0 && JSON.stringify(model.known) !== JSON.stringify(columns))
      throw new ProblemError({
        code: 'combine.known',
        at: { port: 'models' },
        args: names,
        message: phrase('combine.known', '“{one}” and “{other}” look at different columns known in advance.', names),
        hint: 'Choose the same columns known in advance in all of them.',
      });
  });
}
