/** Fill missing as a table step: statistics from the learning rows, filling on all rows, the same in the ONNX graph. */

import { utf8 } from '../../base/bytes.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { derivedRole, freeName } from '../../kind/schema.ts';
import { booleans, type Cell, type Column, categories, cellAt, countMissing, type NumericColumn, numeric } from '../../table/column.ts';
import { gather } from '../../table/gather.ts';
import { columnIndex, columnNamed, schemaOf, type Table, withColumn } from '../../table/table.ts';
import { fillTexts } from '../../table/text-rows.ts';
import { aggregate } from '../../table/verbs/aggregate.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { missingFlags } from '../../table/verbs/missing.ts';
import { sortOrder } from '../../table/verbs/sort.ts';
import type { Filled } from './filled.ts';
import { type FillRule, filledType, fillRules } from './plan.ts';

export { lower } from './lower.ts';

/** Mean, median or mode of the whole column, by the one definition of each; null when it has no value or no finite mean. */
function statistic(column: Column, method: 'mean' | 'median' | 'mode'): Cell {
  return cellAt(aggregate(method, column, new Int32Array(column.length), 1), 0);
}

export function fit(table: Table, params: ParamValues): Filled {
  chosenNames(table, params.columns as ColumnPick);
  const taken = new Set(table.fields.map((field) => field.name));
  const rules = fillRules(schemaOf(table), params).map((rule) => {
    const indicator = params.indicator ? freeName(`${rule.column}_missing`, taken) : '';
    if (rule.method === 'constant') return { ...rule, fill: rule.value, indicator };
    if (rule.method !== 'mean' && rule.method !== 'median' && rule.method !== 'mode') return { ...rule, fill: null, indicator };
    return { ...rule, fill: statistic(columnNamed(table, rule.column), rule.method), indicator };
  });
  return { rules };
}

/** For each row the nearest row before (or after) that has a value, itself when it has one; -1 when there is none. */
function nearest(column: Column, table: Table, params: ParamValues, backwards: boolean): Int32Array {
  const time = params.time ? columnNamed(table, params.time as string) : undefined;
  const order = sortOrder(time ? [{ column: time, descending: false }] : [], table.rowCount);
  if (backwards) order.reverse();
  const missing = missingFlags(column);
  // A row without a time has no neighbours.
  const apart = time ? missingFlags(time) : new Uint8Array(table.rowCount);
  const source = new Int32Array(column.length);
  let last = -1;
  for (const row of order) {
    if (!missing[row] && !apart[row]) last = row;
    source[row] = !missing[row] ? row : apart[row] ? -1 : last;
  }
  return source;
}

/** Fills one column with one value; categories gain the label when they lack it. A column that lacks nothing is not copied. */
function fillColumn(column: Column, rule: FillRule, fill: Exclude<Cell, null> | null): Column {
  const type = filledType(rule);
  const whole = countMissing(column) === 0;
  switch (column.type) {
    case 'category': {
      if (fill === null) return column;
      const label = String(fill);
      const known = column.dictionary.indexOf(label);
      if (known >= 0 && whole) return column;
      const from = column.codes;
      const codes = new Int32Array(from.length);
      const code = known < 0 ? column.dictionary.length : known;
      for (let i = 0; i < codes.length; i++) codes[i] = from[i] < 0 ? code : from[i];
      return categories(codes, known < 0 ? [...column.dictionary, label] : column.dictionary);
    }
    case 'text':
      return fill === null || whole ? column : fillTexts(column, utf8(String(fill)));
    case 'boolean': {
      if (fill === null || whole) return column;
      const values = column.values.slice();
      for (let i = 0; i < values.length; i++) if (values[i] === 2) values[i] = Number(fill);
      return booleans(values);
    }
    default: {
      if (column.type === type && (fill === null || whole)) return column;
      const from = column.values;
      const values = new Float64Array(from.length);
      const value = fill === null ? Number.NaN : Number(fill);
      for (let i = 0; i < values.length; i++) values[i] = Number.isNaN(from[i]) ? value : from[i];
      return numeric(values, type as NumericColumn['type']);
    }
  }
}

export function apply(table: Table, params: ParamValues, fitted: unknown): Table {
  let result = table;
  for (const rule of (fitted as Filled).rules) {
    const column = columnNamed(table, rule.column);
    if (rule.indicator) {
      const role = derivedRole(table.fields[columnIndex(table, rule.column)].role);
      result = withColumn(result, { name: rule.indicator, role }, booleans(missingFlags(column)));
    }
    const filled =
      rule.method === 'ffill' || rule.method === 'bfill'
        ? gather(column, nearest(column, table, params, rule.method === 'bfill'))
        : fillColumn(column, rule, rule.fill);
    result = withColumn(result, rule.column, filled);
  }
  return result;
}

/** As a barrier (value after, or value before without a time column): the whole table at once. */
export const make = (table: Table, params: ParamValues): Table => apply(table, params, fit(table, params));

/** Marks of columns that an earlier step made from what it learned. */
export const provenance = (fitted: unknown) =>
  (fitted as Filled).rules.flatMap(({ column, indicator }) => (indicator ? [{ name: indicator, from: [column] }] : []));

export function headline(before: Table, after: Table): Phrase {
  const missing = (t: Table) => t.columns.slice(0, before.columns.length).reduce((sum, column) => sum + countMissing(column), 0);
  return phrase('result.filled', '{count} filled', { count: missing(before) - missing(after) });
}
