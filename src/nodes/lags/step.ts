/** Lag & window as a table step: rows keep their places; what is looked back at is ordered by time within each series. */
import { columnsChanged, type Phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { type Column, numeric } from '../../table/column.ts';
import { type SeriesRows, seriesRows } from '../../table/series/rows.ts';
import { columnNamed, type Field, type Table, withColumns } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { seriesColumns } from '../series-params.ts';
import { LAGGABLE, type LagColumn, lagColumns, type WindowHow } from './kind.ts';

export function apply(t: Table, params: ParamValues): Table {
  const { time, ids, moments } = seriesColumns(t, params);
  const rows = seriesRows(t, moments, ids);
  const names = chosenNames(t, params.columns as ColumnPick, LAGGABLE).filter((name) => name !== time);
  const taken = new Set(t.fields.map(({ name }) => name));
  const fields: Field[] = [...t.fields];
  const columns: Column[] = [...t.columns];
  for (const name of names) {
    const { values } = columnNamed(t, name) as { values: Float64Array };
    for (const made of lagColumns(name, params, taken)) {
      fields.push({ name: made.name, role: 'feature' });
      columns.push(numeric(lookBack(values, rows, made, params)));
    }
  }
  return withColumns(t, fields, columns);
}

function lookBack(values: Float64Array, { count, order, start }: SeriesRows, made: LagColumn, params: ParamValues): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  for (let s = 0; s < count; s++) {
    const own = order.subarray(start[s], start[s + 1]);
    if ('lag' in made) for (let i = made.lag; i < own.length; i++) out[own[i]] = values[own[i - made.lag]];
    else {
      const after = params.inclusive === true ? 1 : 0;
      for (let i = 0; i < own.length; i++) {
        const end = i + after;
        out[own[i]] = summary(values, own.subarray(Math.max(0, end - made.size), end), made.how, Number(params.least));
      }
    }
  }
  return out;
}

/** Of the known values at `rows`; missing when there are fewer than `least`. The standard deviation is the sample's. */
function summary(values: Float64Array, rows: Int32Array, how: WindowHow, least: number): number {
  let n = 0;
  let sum = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (n < Math.max(1, least)) return Number.NaN;
  if (how === 'sum') return sum;
  if (how === 'min') return low;
  if (how === 'max') return high;
  const mean = sum / n;
  if (how === 'mean') return mean;
  if (n < 2) return Number.NaN;
  let squares = 0;
  for (const row of rows) if (!Number.isNaN(values[row])) squares += (values[row] - mean) * (values[row] - mean);
  return Math.sqrt(squares / (n - 1));
}

export const headline = (before: Table, after: Table): Phrase => columnsChanged(before.fields.length, after.fields.length);
