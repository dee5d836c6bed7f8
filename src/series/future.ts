/** What is known of the time ahead: read from rows by time and series, and used by boosted trees; what is missing of it is a problem. */
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { LearnerCode } from '../recipe/model.ts';
import type { FittedSeries, KnownSpan, SeriesModel } from '../recipe/series-model.ts';
import { numbersOf } from '../recipe/target.ts';
import { formatDateTime } from '../table/datetime.ts';
import { onStep } from '../table/series/detect.ts';
import { type Grid, gridWords, stepAt, timeOfStep } from '../table/series/grid.ts';
import { keyAt, keyText, keyWords, momentsOf, type SeriesRows, seriesRows } from '../table/series/rows.ts';
import { columnIndex, columnNamed, type Table } from '../table/table.ts';
import { type SharedFit, type SharedMember, sharedMean } from './lagged.ts';
import { knownAt } from './lagged-features.ts';
import { isShared } from './shared-ids.ts';

type Keyed = ReadonlyMap<string, KnownSpan>;

export interface KnownRows {
  spans: Keyed;
  notes: Words[];
}

/**
 * Values of the model's known columns by series, on its steps: of several rows of a step numbers are averaged, of other columns the last
 * counts. `port` is where the rows came in.
 */
export function knownIn(model: SeriesModel, t: Table, port: string): KnownRows {
  if (model.known.length === 0) return { spans: new Map(), notes: [] };
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
  const columns = model.known.map((name) => {
    const column = columnNamed(t, name);
    return { values: numbersOf(column), averaged: column.type === 'number' || column.type === 'integer' };
  });
  const spans = new Map<string, KnownSpan>();
  let repeated = 0;
  for (let s = 0; s < rows.count; s++) {
    const own = rows.order.subarray(rows.start[s], rows.start[s + 1]);
    if (own.length === 0) continue;
    const steps = Array.from(own, (row) => stepAt(model.grid, moments[row]));
    const first = steps[0];
    repeated += steps.filter((step, i) => i > 0 && step === steps[i - 1]).length;
    const values = columns.map((column) => onSteps(own, steps, column));
    spans.set(keyText(keyAt(t, model.ids, rows.first[s])), { first, values });
  }
  const notes: Words[] = [];
  if (repeated > 0)
    notes.push(
      phrase(
        'series.future-together',
        '{count} {row|rows} of the time ahead {was|were} put together with another of the same step ({step}): numbers are averaged.',
        { count: repeated, step: gridWords(model.grid) },
      ),
    );
  else notes.push(...offSteps(model.grid, rows));
  return { spans, notes };
}

/** That times stand beside the steps of the series, with where the first of them counts; nothing where they do not. */
export function offSteps(grid: Grid, { order, moments }: Pick<SeriesRows, 'order' | 'moments'>): Words[] {
  const off = order.filter((row) => !onStep(grid, stepAt(grid, moments[row]), moments[row]));
  if (off.length === 0) return [];
  const first = moments[off[0]];
  return [
    phrase(
      'series.future-off',
      '{count} {time|times} of the time ahead {does|do} not stand on a step of the series ({step}) and {counts|count} for the one that holds it; {from} counts for {to}.',
      { count: off.length, step: gridWords(grid), from: formatDateTime(first), to: formatDateTime(timeOfStep(grid, stepAt(grid, first))) },
    ),
  ];
}

/** One column of a series' rows by step from its first on, NaN where no row has a number. */
function onSteps(
  own: Int32Array,
  steps: readonly number[],
  { values, averaged }: { values: ArrayLike<number>; averaged: boolean },
): Float64Array {
  const first = steps[0];
  const out = new Float64Array(steps[steps.length - 1] - first + 1).fill(Number.NaN);
  const counts = new Int32Array(out.length);
  own.forEach((row, i) => {
    const value = values[row];
    if (Number.isNaN(value)) return;
    const at = steps[i] - first;
    counts[at]++;
    out[at] = counts[at] > 1 && averaged ? out[at] + (value - out[at]) / counts[at] : value;
  });
  return out;
}

/** Several spans as one, of the steps `first` to `last`; later ones win where they have a value. */
function joined(spans: readonly KnownSpan[], columns: number, first: number, last: number): Float64Array[] {
  return Array.from({ length: columns }, (_, k) => {
    const out = new Float64Array(last - first + 1).fill(Number.NaN);
    for (const span of spans)
      span.values[k].forEach((value, i) => {
        const at = span.first + i - first;
        if (!Number.isNaN(value) && at >= 0 && at < out.length) out[at] = value;
      });
    return out;
  });
}

/** What the series and newer rows say of their past holds; of the time ahead the future rows have the last word. */
function knownAround(
  spans: readonly KnownSpan[],
  future: readonly KnownSpan[],
  columns: number,
  one: FittedSeries,
  steps: number,
): KnownSpan {
  const first = one.last - one.history.length + 1;
  const past = joined([...future, ...spans], columns, first, one.last);
  const ahead = joined([...spans, ...future], columns, one.last + 1, one.last + steps);
  return { first, values: past.map((values, k) => Float64Array.of(...values, ...ahead[k])) };
}

/**
 * The series with forecasts of trees made anew from what is known now. A value that trees need and nobody gave is a Problem that names
 * it. Models without known columns stay as they are.
 */
export function withFuture(
  model: SeriesModel,
  series: readonly FittedSeries[],
  { newer, future }: { newer?: KnownRows; future?: KnownRows },
  horizon: number,
  learner: LearnerCode | undefined,
): FittedSeries[] {
  const lacks: Lack[] = [];
  const steps = Math.min(horizon, model.horizon);
  const all = series.map((one) => {
    if (model.known.length === 0 || !learner || !one.members.some(({ method }) => isShared(method))) return one;
    const own = keyText(one.key);
    const begin = one.last - one.history.length + 1;
    const spans = [one.known, newer?.spans.get(own)].filter((span) => span !== undefined);
    const given = future?.spans.get(own);
    const known = knownAround(spans, given ? [given] : [], model.known.length, one, steps);
    for (let h = 1; h <= steps; h++)
      model.known.forEach((name, k) => {
        if (!Number.isFinite(knownAt(known, k, one.last + h))) lacks.push({ one, name, step: one.last + h });
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
  throw new ProblemError((future && beside(model, series, first.one, future, steps)) ?? lacking(model, first, lacks.length));
}

interface Lack {
  one: FittedSeries;
  name: string;
  step: number;
}

/** Future rows that are all of another time, or of other series: what is wrong is not one value. */
function beside(
  model: SeriesModel,
  all: readonly FittedSeries[],
  { key, last }: FittedSeries,
  { spans }: KnownRows,
  steps: number,
): Problem | undefined {
  const time = (step: number) => formatDateTime(timeOfStep(model.grid, step));
  const given = spans.get(keyText(key));
  const series = key.join(' · ');
  if (!given) {
    if (all.some((one) => spans.has(keyText(one.key)))) return undefined;
    const others = [...spans.keys()].slice(0, 3).map(keyWords);
    return problem({
      code: 'forecast.future-series',
      at: { port: 'future' },
      message:
        others.length === 0
          ? phrase('forecast.future-empty', 'The future rows have no row with a time.')
          : phrase('forecast.future-series', 'The future rows have none of the series {series}; theirs are {others}.', { series, others }),
      hint: 'Give one row for each series and step ahead, with series spelled as in the rows that the model learned from.',
    });
  }
  const end = given.first + given.values[0].length - 1;
  if (given.first <= last + steps && end > last) return undefined;
  return problem({
    code: 'forecast.future-times',
    at: { port: 'future' },
    message: phrase('forecast.future-times', 'The future rows are of {from} to {to}; the forecasts are of {first} to {last}.', {
      from: time(given.first),
      to: time(end),
      first: time(last + 1),
      last: time(last + steps),
    }),
    hint: 'Wire rows of the time ahead. If these are, look at how their dates were read, or wire newer rows, so that the forecasts begin later.',
  });
}

function lacking(model: SeriesModel, { one: { key }, name, step }: Lack, count: number): Problem {
  const values = { count, column: name, time: formatDateTime(timeOfStep(model.grid, step)) };
  return problem({
    code: 'forecast.no-future',
    at: { port: 'future' },
    args: { count, column: name },
    message:
      key.length > 0
        ? phrase(
            'forecast.no-future-of',
            'The forecasts need {count} {value|values} of the time ahead that nobody gave; the first is “{column}” of {series} at {time}.',
            { ...values, series: key.join(' · ') },
          )
        : phrase(
            'forecast.no-future',
            'The forecasts need {count} {value|values} of the time ahead that nobody gave; the first is “{column}” at {time}.',
            values,
          ),
    hint: 'Wire a table with these columns to Future rows, one row for each series and step ahead, or forecast fewer steps.',
  });
}
