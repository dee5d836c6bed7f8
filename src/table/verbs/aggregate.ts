/** Aggregates of a column over groups of rows. Missing cells are skipped, as in pandas; source of each: pandas' DataFrame docs. */
import { booleans, type Column, categories, cellAt, isMissing, numeric, texts } from '../column.ts';

export const AGGREGATES = [
  'count',
  'size',
  'sum',
  'mean',
  'min',
  'max',
  'median',
  'std',
  'var',
  'first',
  'last',
  'distinct',
  'mode',
  'product',
] as const;
export type Aggregate = (typeof AGGREGATES)[number];
/** Aggregates that need numbers; the others take any column. */
export const NUMERIC_AGGREGATES: ReadonlySet<string> = new Set(['sum', 'mean', 'median', 'std', 'var', 'product']);

/** Type of the result over a column of type `type`. */
export function aggregateType(kind: Aggregate, type: Column['type']): Column['type'] {
  if (kind === 'count' || kind === 'size' || kind === 'distinct') return 'integer';
  if (kind === 'sum' || kind === 'product') return type === 'number' ? 'number' : 'integer';
  if (kind === 'mean' || kind === 'median' || kind === 'std' || kind === 'var')
    return type === 'datetime' && kind !== 'std' && kind !== 'var' ? 'datetime' : 'number';
  return type;
}

/** Rows by group: members of group g are `rows[start[g]]` to `rows[start[g + 1] - 1]`, in row order. */
function buckets(group: Int32Array, count: number): { rows: Int32Array; start: Int32Array } {
  const start = new Int32Array(count + 1);
  for (const g of group) start[g + 1]++;
  for (let g = 0; g < count; g++) start[g + 1] += start[g];
  const next = start.slice();
  const rows = new Int32Array(group.length);
  for (let i = 0; i < group.length; i++) rows[next[group[i]]++] = i;
  return { rows, start };
}

const numbersOf = (column: Column): Float64Array =>
  column.type === 'boolean'
    ? Float64Array.from(column.values, (value) => (value === 2 ? Number.NaN : value))
    : column.type === 'category' || column.type === 'text'
      ? new Float64Array(column.length).fill(Number.NaN)
      : column.values;

/** Sums in row order, one pass; sum and product of nothing are 0 and 1, mean of nothing is missing. */
function folded(kind: Aggregate, values: Float64Array, group: Int32Array, count: number): Float64Array {
  const sum = new Float64Array(count).fill(kind === 'product' ? 1 : 0);
  const n = new Float64Array(count);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    const g = group[i];
    n[g]++;
    if (kind === 'product') sum[g] *= value;
    else sum[g] += value;
  }
  if (kind === 'sum' || kind === 'product') return sum;
  const mean = sum.map((total, g) => (n[g] ? total / n[g] : Number.NaN));
  if (kind === 'mean') return mean;
  const squares = new Float64Array(count);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const d = values[i] - mean[group[i]];
    squares[group[i]] += d * d;
  }
  // Sample variance (n - 1); one value has none.
  return squares.map((total, g) => (n[g] < 2 ? Number.NaN : kind === 'var' ? total / (n[g] - 1) : Math.sqrt(total / (n[g] - 1))));
}

/** One result per group. */
export function aggregate(kind: Aggregate, column: Column, group: Int32Array, count: number): Column {
  const type = aggregateType(kind, column.type);
  if (kind === 'sum' || kind === 'product' || kind === 'mean' || kind === 'std' || kind === 'var')
    return numeric(folded(kind, numbersOf(column), group, count), type as 'number');
  const { rows, start } = buckets(group, count);
  if (kind === 'median') {
    const values = numbersOf(column);
    return numeric(
      Float64Array.from({ length: count }, (_, g) => {
        const own = Float64Array.from(rows.subarray(start[g], start[g + 1]), (row) => values[row])
          .filter((value) => !Number.isNaN(value))
          .sort();
        const middle = own.length >> 1;
        return own.length === 0 ? Number.NaN : own.length % 2 ? own[middle] : (own[middle - 1] + own[middle]) / 2;
      }),
      type as 'number',
    );
  }
  const picked = Array.from({ length: count }, (_, g) => pick(kind, column, rows.subarray(start[g], start[g + 1])));
  if (type === 'integer' && kind !== 'min' && kind !== 'max' && kind !== 'first' && kind !== 'last' && kind !== 'mode')
    return numeric(Float64Array.from(picked as number[]), 'integer');
  if (column.type === 'category')
    return categories(
      Int32Array.from(picked as number[], (row) => (row < 0 ? -1 : column.codes[row])),
      column.dictionary,
    );
  if (column.type === 'text') return texts((picked as number[]).map((row) => (row < 0 ? null : (cellAt(column, row) as string))));
  if (column.type === 'boolean') return booleans(Uint8Array.from(picked as number[], (row) => (row < 0 ? 2 : column.values[row])));
  return numeric(
    Float64Array.from(picked as number[], (row) => (row < 0 ? Number.NaN : column.values[row])),
    column.type,
  );
}

/** A count, or the row whose cell is the result (-1 = none). */
function pick(kind: Aggregate, column: Column, rows: Int32Array): number {
  if (kind === 'size') return rows.length;
  const there = rows.filter((row) => !isMissing(column, row));
  if (kind === 'count') return there.length;
  if (kind === 'first') return there[0] ?? -1;
  if (kind === 'last') return there.at(-1) ?? -1;
  const cell = (row: number) => cellAt(column, row) as string | number | boolean;
  if (kind === 'distinct') return new Set(Array.from(there, cell)).size;
  if (kind === 'mode') {
    const counts = new Map<string | number | boolean, { row: number; n: number }>();
    for (const row of there) {
      const found = counts.get(cell(row));
      if (found) found.n++;
      else counts.set(cell(row), { row, n: 1 });
    }
    let best = { row: -1, n: 0 };
    for (const found of counts.values()) if (found.n > best.n || (found.n === best.n && cell(found.row) < cell(best.row))) best = found;
    return best.row;
  }
  let best = there[0] ?? -1;
  for (const row of there) if (kind === 'min' ? cell(row) < cell(best) : cell(row) > cell(best)) best = row;
  return best;
}
