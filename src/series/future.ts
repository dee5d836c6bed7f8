/** What is known of the time ahead: read from rows by time and series, and used by boosted trees; what is missing of it is a problem. */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { LearnerCode } from '../recipe/model.ts';
import type { FittedSeries, KnownSpan, SeriesModel } from '../recipe/series-model.ts';
import { numbersOf } from '../recipe/target.ts';
import { formatDateTime } from '../table/datetime.ts';
import { stepAt, timeOfStep } from '../table/series/grid.ts';
import { keyAt, momentsOf, seriesRows } from '../table/series/rows.ts';
import { columnIndex, columnNamed, type Table } from '../table/table.ts';
import { type SharedFit, type SharedMember, sharedMean } from './lagged.ts';
import { knownAt } from './lagged-features.ts';
import { isShared } from './shared-ids.ts';

type Keyed = ReadonlyMap<string, KnownSpan>;
const keyText = (key: readonly string[]) => key.join('\u0000');

/** Values of the model's known columns by series. `port` is where the rows came in. */
export function knownIn(model: SeriesModel, t: Table, port: string): Keyed {
  if (model.known.length === 0) return new Map();
  const missing = [model.time, ...model.ids, ...model.known].filter((name) => columnIndex(t, name) < 0);
  const moments = missing.length === 0 ? momentsOf(columnNamed(t, model.time)) : undefined;
  if (!moments)
    throw new ProblemError({
      code: 'forecast.future-columns',
      at: { port },
      args: { missing: missing.join(', ') },
      message: phrase('forecast.future-columns', 'The rows of the time ahead need the columns {columns}, with times as dates.', {
        columns: [model.time, ...model.ids, ...model.known],
      }),
      hint: 'Wire rows with these columns, one for each series and step ahead.',
    });
  const rows = seriesRows(t, moments, model.ids);
  const columns = model.known.map((name) => numbersOf(columnNamed(t, name)));
  const out = new Map<string, KnownSpan>();
  for (let s = 0; s < rows.count; s++) {
    const own = rows.order.subarray(rows.start[s], rows.start[s + 1]);
    if (own.length === 0) continue;
    const steps = Array.from(own, (row) => stepAt(model.grid, moments[row]));
    const first = steps[0];
    const values = columns.map((column) => {
      const span = new Float64Array(steps[steps.length - 1] - first + 1).fill(Number.NaN);
      own.forEach((row, i) => {
        span[steps[i] - first] = column[row];
      });
      return span;
    });
    out.set(keyText(keyAt(t, model.ids, rows.first[s])), { first, values });
  }
  return out;
}

/** Several spans as one, of the steps `first` to `last`; later ones win where they have a value. */
function joined(spans: readonly KnownSpan[], columns: number, first: number, last: number): KnownSpan {
  const values = Array.from({ length: columns }, (_, k) => {
    const out = new Float64Array(last - first + 1).fill(Number.NaN);
    for (const span of spans)
      span.values[k].forEach((value, i) => {
        const at = span.first + i - first;
        if (!Number.isNaN(value) && at >= 0 && at < out.length) out[at] = value;
      });
    return out;
  });
  return { first, values };
}

/**
 * The series with forecasts of trees made anew from what is known now, `tables` in order, later ones winning. A value that trees need
 * and nobody gave is a Problem that names it. Models without known columns stay as they are.
 */
export function withFuture(
  model: SeriesModel,
  series: readonly FittedSeries[],
  tables: readonly Keyed[],
  horizon: number,
  learner: LearnerCode | undefined,
): FittedSeries[] {
  const lacks: { key: readonly string[]; name: string; step: number }[] = [];
  const steps = Math.min(horizon, model.horizon);
  const all = series.map((one) => {
    if (model.known.length === 0 || !learner || !one.members.some(({ method }) => isShared(method))) return one;
    const given = tables.flatMap((table) => table.get(keyText(one.key)) ?? []);
    const spans = [...(one.known ? [one.known] : []), ...given];
    const begin = one.last - one.history.length + 1;
    const known = joined(spans, model.known.length, begin, one.last + steps);
    for (let h = 1; h <= steps; h++)
      model.known.forEach((name, k) => {
        if (!Number.isFinite(knownAt(known, k, one.last + h))) lacks.push({ key: one.key, name, step: one.last + h });
      });
    const members = one.members.map((member) => {
      if (!isShared(member.method)) return member;
      const { code } = member.fitted as SharedMember;
      const past = { y: one.history, first: begin, code, scale: naiveScale(one.history, model.periods[0] ?? 1) };
      const mean = sharedMean({ ...past, known }, member.method, steps, model.shared![member.method] as SharedFit, learner);
      return { ...member, fitted: { mean, code } satisfies SharedMember };
    });
    return { ...one, members };
  });
  const [first] = lacks;
  if (!first) return all;
  const time = formatDateTime(timeOfStep(model.grid, first.step));
  throw new ProblemError({
    code: 'forecast.no-future',
    at: { port: 'future' },
    args: { count: lacks.length, column: first.name },
    message:
      first.key.length > 0
        ? phrase(
            'forecast.no-future-of',
            'The forecasts need {count} {value|values} of the time ahead that nobody gave; the first is “{column}” of {series} at {time}.',
            {
              count: lacks.length,
              column: first.name,
              series: first.key.join(' · '),
              time,
            },
          )
        : phrase(
            'forecast.no-future',
            'The forecasts need {count} {value|values} of the time ahead that nobody gave; the first is “{column}” at {time}.',
            {
              count: lacks.length,
              column: first.name,
              time,
            },
          ),
    hint: 'Wire a table with these columns to Future rows, one row for each series and step ahead, or forecast fewer steps.',
  });
}
