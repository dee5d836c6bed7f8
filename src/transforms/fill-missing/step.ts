/** Fill missing as a table step: statistics from the learning rows, filling on all rows, the same in the ONNX graph. */
import type { ParamValues } from '../../kind/params.ts';
import { booleans, type Column, categories, cellAt, columnOf, countMissing, gather, isMissing, numeric } from '../../table/column.ts';
import { columnNamed, schemaOf, type Table, withColumn } from '../../table/table.ts';
import { type FillRule, fillPlan, fillRules } from './plan.ts';

export { lower } from './lower.ts';

/** What is written into empty cells of each column; `null` = the learning rows had no value either. */
export interface Filled {
  rules: (FillRule & { fill: string | number | boolean | null })[];
}

const present = (values: Float64Array) => values.filter((value) => !Number.isNaN(value));

/** Mean, median (mean of the middle two) or mode (smallest of the most frequent), as pandas defines them. */
function statistic(column: Column, method: FillRule['method']): string | number | boolean | null {
  if (column.type === 'category' || column.type === 'text' || column.type === 'boolean') return mostFrequent(column);
  const values = present(column.values);
  if (values.length === 0) return null;
  if (method === 'mean') return values.reduce((sum, value) => sum + value, 0) / values.length;
  values.sort();
  if (method === 'median') {
    const middle = values.length >> 1;
    return values.length % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
  let best = values[0];
  let bestCount = 0;
  for (let start = 0; start < values.length; ) {
    let end = start;
    while (end < values.length && values[end] === values[start]) end++;
    if (end - start > bestCount) {
      bestCount = end - start;
      best = values[start];
    }
    start = end;
  }
  return best;
}

function mostFrequent(column: Column): string | boolean | null {
  const counts = new Map<string | boolean, number>();
  for (let i = 0; i < column.length; i++) {
    const cell = cellAt(column, i);
    if (cell !== null) counts.set(cell as string | boolean, (counts.get(cell as string | boolean) ?? 0) + 1);
  }
  let best: string | boolean | null = null;
  for (const [label, count] of counts) {
    const bestCount = best === null ? 0 : (counts.get(best) ?? 0);
    if (count > bestCount || (count === bestCount && best !== null && label < best)) best = label;
  }
  return best;
}

export function fit(table: Table, params: ParamValues): Filled {
  const rules = fillRules(schemaOf(table), params).map((rule) => {
    if (rule.method === 'constant') return { ...rule, fill: rule.value };
    if (rule.method === 'ffill' || rule.method === 'bfill') return { ...rule, fill: null };
    return { ...rule, fill: statistic(columnNamed(table, rule.column), rule.method) };
  });
  return { rules };
}

/** Row order for neighbours: by the time column when one is chosen, else as it stands. */
function neighbourOrder(table: Table, params: ParamValues): Int32Array {
  const order = Int32Array.from({ length: table.rowCount }, (_, i) => i);
  const time = params.time ? columnNamed(table, params.time as string) : undefined;
  if (!time || time.type === 'category' || time.type === 'text') return order;
  const { values } = time;
  return order.sort((a, b) => values[a] - values[b] || a - b);
}

/** For each row the nearest row before (or after) that has a value, itself when it has one; -1 when there is none. */
function nearest(column: Column, order: Int32Array, backwards: boolean): Int32Array {
  const source = new Int32Array(column.length);
  let last = -1;
  for (let k = 0; k < order.length; k++) {
    const row = order[backwards ? order.length - 1 - k : k];
    if (!isMissing(column, row)) last = row;
    source[row] = last;
  }
  return source;
}

/** Fills one column with one value; categories gain the label when they lack it. */
function fillColumn(column: Column, fill: string | number | boolean, method: FillRule['method']): Column {
  switch (column.type) {
    case 'category': {
      const label = String(fill);
      const known = column.dictionary.indexOf(label);
      const code = known < 0 ? column.dictionary.length : known;
      return categories(
        column.codes.map((value) => (value < 0 ? code : value)),
        known < 0 ? [...column.dictionary, label] : column.dictionary,
      );
    }
    case 'text':
      return columnOf(
        'text',
        Array.from({ length: column.length }, (_, i) => cellAt(column, i) ?? String(fill)),
      );
    case 'boolean':
      return booleans(column.values.map((value) => (value === 2 ? Number(fill) : value)));
    default: {
      const value = Number(fill);
      const type =
        column.type === 'integer' && (method === 'mean' || method === 'median' || !Number.isInteger(value)) ? 'number' : column.type;
      return numeric(
        column.values.map((cell) => (Number.isNaN(cell) ? value : cell)),
        type,
      );
    }
  }
}

export function apply(table: Table, params: ParamValues, fitted: unknown): Table {
  const { rules } = fitted as Filled;
  let result = table;
  for (const rule of rules) {
    const column = columnNamed(table, rule.column);
    if (params.indicator) {
      const marks = new Uint8Array(column.length);
      for (let i = 0; i < column.length; i++) marks[i] = isMissing(column, i) ? 1 : 0;
      result = withColumn(result, { name: `${rule.column}_missing`, role: 'feature' }, booleans(marks));
    }
    if (rule.method === 'ffill' || rule.method === 'bfill') {
      const source = nearest(column, neighbourOrder(table, params), rule.method === 'bfill');
      result = withColumn(result, rule.column, gather(column, source));
    } else if (rule.fill !== null) result = withColumn(result, rule.column, fillColumn(column, rule.fill, rule.method));
  }
  return result;
}

/** As a barrier (value after, or value before without a time column): the whole table at once. */
export const make = (table: Table, params: ParamValues): Table => apply(table, params, fit(table, params));

export function headline(before: Table, after: Table, params: ParamValues): string | undefined {
  const count = fillPlan(params).methods.length;
  if (count === 0) return undefined;
  const missing = (t: Table) => t.columns.slice(0, before.columns.length).reduce((sum, column) => sum + countMissing(column), 0);
  return `${missing(before) - missing(after)} filled`;
}
