/** Aggregates of a column over groups of rows. Missing cells are skipped, as in pandas; source of each: pandas' DataFrame docs. */
import type { ColumnType } from '../../kind/schema.ts';
import { type Column, type NumericColumn, numeric } from '../column.ts';
import { gather } from '../gather.ts';
import { codesOf } from './codes.ts';
import { missingFlags } from './missing.ts';
import { refine } from './row-keys.ts';
import { sortRanks } from './sort.ts';
import { sortNumbers } from './sort-numbers.ts';

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
const isLabel = (type: ColumnType) => type === 'category' || type === 'text';

/** Whether the aggregate has a meaning for the type: texts have no mean, and dates can be averaged but not added up. */
export function canAggregate(kind: Aggregate, type: ColumnType): boolean {
  if (kind === 'mean' || kind === 'median') return !isLabel(type);
  if (kind === 'sum' || kind === 'product' || kind === 'std' || kind === 'var') return !isLabel(type) && type !== 'datetime';
  return true;
}

/** Type of the result over a column of type `type`. */
export function aggregateType(kind: Aggregate, type: ColumnType): ColumnType {
  if (kind === 'count' || kind === 'size' || kind === 'distinct') return 'integer';
  if (kind === 'sum' || kind === 'product') return type === 'number' ? 'number' : 'integer';
  if (kind === 'mean' || kind === 'median') return type === 'datetime' ? 'datetime' : 'number';
  return kind === 'std' || kind === 'var' ? 'number' : type;
}

function numbersOf(column: Column): Float64Array {
  if (column.type === 'boolean') return sortRanks(column);
  return column.type === 'category' || column.type === 'text' ? new Float64Array(column.length).fill(Number.NaN) : column.values;
}

function products(values: Float64Array, group: Int32Array, count: number): Float64Array {
  const product = new Float64Array(count).fill(1);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) product[group[i]] *= values[i];
  return product;
}

/** Sums in row order, one pass; sum of nothing is 0, mean of nothing is missing. */
function folded(kind: Aggregate, values: Float64Array, group: Int32Array, count: number): Float64Array {
  const sum = new Float64Array(count);
  const n = new Int32Array(count);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    const g = group[i];
    n[g]++;
    sum[g] += value;
  }
  if (kind === 'sum') return sum;
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

/** The values that are there, group by group: those of group g stand from `start[g]` to `start[g + 1]`. */
function bucketed(values: Float64Array, group: Int32Array, count: number): { sorted: Float64Array; start: Int32Array } {
  const start = new Int32Array(count + 1);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) start[group[i] + 1]++;
  for (let g = 0; g < count; g++) start[g + 1] += start[g];
  const next = start.slice();
  const sorted = new Float64Array(start[count]);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) sorted[next[group[i]]++] = values[i];
  return { sorted, start };
}

/** Middle value of each group, or the mean of the middle two. */
function medians(values: Float64Array, group: Int32Array, count: number): Float64Array {
  const { sorted, start } = bucketed(values, group, count);
  const medians = new Float64Array(count);
  for (let g = 0; g < count; g++) {
    const [from, to] = [start[g], start[g + 1]];
    sortNumbers(sorted.subarray(from, to));
    const middle = from + ((to - from) >> 1);
    if (from === to) medians[g] = Number.NaN;
    else medians[g] = (to - from) % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
  return medians;
}

/** Least or greatest value of each group, the first of equals; NaN where it has none. */
function extremes(kind: Aggregate, values: Float64Array, group: Int32Array, count: number): Float64Array {
  const best = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    const g = group[i];
    // No comparison with NaN holds, so that a group takes its first value.
    if (kind === 'min' ? !(best[g] <= value) : !(best[g] >= value)) best[g] = value;
  }
  return best;
}

/** Distinct values of each group: group, first row and number of rows of each one that is not missing. */
function distinctValues(column: Column, group: Int32Array, count: number): { group: Int32Array; row: Int32Array; times: Int32Array } {
  const pairs = group.slice();
  const pairCount = refine(pairs, count, codesOf(column));
  const first = new Int32Array(pairCount);
  const times = new Int32Array(pairCount);
  for (let i = pairs.length - 1; i >= 0; i--) {
    first[pairs[i]] = i;
    times[pairs[i]]++;
  }
  const missing = missingFlags(column);
  const there = first.map((_, pair) => pair).filter((pair) => !missing[first[pair]]);
  return { group: there.map((pair) => group[first[pair]]), row: there.map((pair) => first[pair]), times: there.map((pair) => times[pair]) };
}

/** The row of each group whose cell is the result; -1 = none. The most frequent value is the smallest of equals. */
function pickedRows(kind: Aggregate, column: Column, group: Int32Array, count: number): Int32Array {
  const picked = new Int32Array(count).fill(-1);
  if (kind === 'first' || kind === 'last') {
    const missing = missingFlags(column);
    for (let i = 0; i < group.length; i++) if (!missing[i] && (kind === 'last' || picked[group[i]] < 0)) picked[group[i]] = i;
    return picked;
  }
  const ranks = sortRanks(column);
  if (kind === 'mode') {
    const most = new Int32Array(count);
    const values = distinctValues(column, group, count);
    for (let k = 0; k < values.row.length; k++) {
      const g = values.group[k];
      const row = values.row[k];
      if (values.times[k] < most[g] || (values.times[k] === most[g] && ranks[row] > ranks[picked[g]])) continue;
      most[g] = values.times[k];
      picked[g] = row;
    }
    return picked;
  }
  const sign = kind === 'min' ? 1 : -1;
  for (let i = 0; i < group.length; i++) {
    if (Number.isNaN(ranks[i])) continue;
    const best = picked[group[i]];
    if (best < 0 || sign * ranks[i] < sign * ranks[best]) picked[group[i]] = i;
  }
  return picked;
}

function counted(kind: Aggregate, column: Column, group: Int32Array, count: number): Float64Array {
  const n = new Float64Array(count);
  if (kind === 'distinct') for (const g of distinctValues(column, group, count).group) n[g]++;
  else {
    const skip = kind === 'count' ? missingFlags(column) : new Uint8Array(column.length);
    for (let i = 0; i < group.length; i++) if (!skip[i]) n[group[i]]++;
  }
  return n;
}

/** One result per group; `group` holds each row's group, 0 … count-1. */
export function aggregate(kind: Aggregate, column: Column, group: Int32Array, count: number): Column {
  const type = aggregateType(kind, column.type) as NumericColumn['type'];
  switch (kind) {
    case 'product':
      return numeric(products(numbersOf(column), group, count), type);
    case 'sum':
    case 'mean':
    case 'std':
    case 'var':
      return numeric(folded(kind, numbersOf(column), group, count), type);
    case 'median':
      return numeric(medians(numbersOf(column), group, count), type);
    case 'count':
    case 'size':
    case 'distinct':
      return numeric(counted(kind, column, group, count), type);
    default:
      if ((kind === 'min' || kind === 'max') && (column.type === 'number' || column.type === 'integer' || column.type === 'datetime'))
        return numeric(extremes(kind, column.values, group, count), type);
      return gather(column, pickedRows(kind, column, group, count));
  }
}
