/** Takes a model's series on to newer rows: the same methods and weights, fitted again to the longer history. */
import { ProblemError } from '../base/problem.ts';
import type { Random } from '../base/random.ts';
import { phrase, type Words } from '../base/words.ts';
import { widening } from '../forecast/ensemble/intervals.ts';
import { forecastMethod } from '../forecast/index.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { LearnerCode } from '../recipe/model.ts';
import type { FittedSeries, SeriesModel } from '../recipe/series-model.ts';
import { fillGaps } from '../table/series/fill.ts';
import { keyText } from '../table/series/rows.ts';
import { aheadOf } from './ahead.ts';
import { halfWidths, ROUNDING, sizesOf } from './intervals.ts';
import { type SharedFit, type SharedMember, sharedMean } from './lagged.ts';
import { MOST_HISTORY, seenPeriods } from './method-job.ts';
import type { Panel, PanelSeries } from './panel.ts';
import { isShared } from './shared-ids.ts';

/** Values of the old history, then the new ones, which win where both have one; the gap between is put on a line. */
function joined(old: FittedSeries, fresh: PanelSeries): { y: Float64Array; last: number; filled: number } {
  const first = Math.min(old.last - old.history.length + 1, fresh.first);
  const last = Math.max(old.last, fresh.first + fresh.y.length - 1);
  const y = new Float64Array(last - first + 1).fill(Number.NaN);
  y.set(old.history, old.last - old.history.length + 1 - first);
  y.set(fresh.y, fresh.first - first);
  const filled = fillGaps(y, 'linear');
  return { y: y.length > MOST_HISTORY ? y.slice(y.length - MOST_HISTORY) : y, last, filled };
}

/** Forecasts that had no doubt get intervals where newer values are others. */
function widthsFor(model: SeriesModel, old: FittedSeries, y: Float64Array, last: number): Float64Array {
  if (old.widths.some((width) => width > 0)) return old.widths;
  const newer = y.subarray(Math.max(0, y.length - (last - old.last))).subarray(0, model.horizon);
  const { mean } = aheadOf(model, old, model.horizon);
  const least = ROUNDING * y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (newer.every((value, h) => Math.abs(value - mean[h]) <= least)) return old.widths;
  const period = seenPeriods(model.periods, y.length)[0] ?? 1;
  const unknown = new Float64Array(model.horizon).fill(Number.NaN);
  return halfWidths(sizesOf(unknown, naiveScale(y, period), period, least), widening([], y.length), model.levels);
}

/** Series without newer rows stay as they are; throws `forecast.other-series` where none of the panel's is known to the model. */
export function renewed(
  model: SeriesModel,
  panel: Panel,
  run: { random: (purpose: string) => Random; stopRequested: () => boolean; told: (fraction: number) => void; learner?: LearnerCode },
): { series: FittedSeries[]; notes: Words[] } {
  const fresh = new Map(panel.series.map((one) => [keyText(one.key), one]));
  const known = new Set(model.series.map(({ key }) => keyText(key)));
  const strange = panel.series.filter(({ key }) => !known.has(keyText(key))).length;
  if (strange === panel.series.length)
    throw new ProblemError({
      code: 'forecast.other-series',
      at: { port: 'table' },
      message: 'None of the series in these rows is one that the model knows.',
      hint: 'Wire rows of the same series, or train a model on these.',
    });
  const notes: Words[] = [];
  if (strange > 0)
    notes.push(phrase('series.strange', '{count} series {is|are} not known to the model and {was|were} left out.', { count: strange }));
  let filled = 0;
  const series = model.series.map((old, i) => {
    const newer = fresh.get(keyText(old.key));
    run.told(i / model.series.length);
    if (!newer) return old;
    const { y, last, filled: gaps } = joined(old, newer);
    filled += gaps;
    const ask = {
      periods: seenPeriods(model.periods, y.length),
      horizon: model.horizon,
      stopRequested: run.stopRequested,
      random: (purpose: string) => run.random(`${keyText(old.key)} ${purpose}`),
    };
    const members = old.members.map((member) => {
      if (isShared(member.method)) {
        const { code } = member.fitted as SharedMember;
        const known = { y, first: last - y.length + 1, code, scale: naiveScale(y, model.periods[0] ?? 1) };
        const mean = sharedMean(known, member.method, model.horizon, model.shared![member.method] as SharedFit, run.learner!);
        return { ...member, fitted: { mean, code } satisfies SharedMember };
      }
      const method = forecastMethod(member.method);
      const fitted = method.fit(y, ask);
      return { ...member, fitted, form: method.form(fitted) };
    });
    return { ...old, history: y, last, members, widths: widthsFor(model, old, y, last) };
  });
  if (filled > 0)
    notes.push(
      phrase('series.bridged', '{count} {step|steps} between old and newer rows {was|were} put on straight lines.', { count: filled }),
    );
  return { series, notes };
}
