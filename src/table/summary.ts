/** One-pass summary of each column: counts, moments, quantiles, histogram or top values. */
import type { ColumnType, Role } from '../kind/schema.ts';
import type { Column, NumericColumn, TextColumn } from './column.ts';
import { ByteDictionary } from './infer/dictionary.ts';
import type { Table } from './table.ts';
import { sortNumbers } from './verbs/sort-numbers.ts';

export interface ColumnSummary {
  name: string;
  type: ColumnType;
  role: Role;
  count: number;
  missing: number;
  /** Exact up to 10,000 distinct values, then a lower bound with `distinctExact` false. */
  distinct: number;
  distinctExact: boolean;
  /** Numbers, integers and date-times (milliseconds). */
  min?: number;
  max?: number;
  mean?: number;
  /** Sample standard deviation (n - 1). */
  sd?: number;
  q1?: number;
  median?: number;
  q3?: number;
  skew?: number;
  /** Equal-width bins from min to max. */
  histogram?: number[];
  /** Most frequent labels with counts, at most 20. */
  top?: { label: string; count: number }[];
}

const BINS = 20;
const DISTINCT_LIMIT = 10_000;
const TOP = 20;

/** Summary of every column; quantiles are exact (linear between the two nearest values, as pandas and numpy do). */
export const summarise = (table: Table): ColumnSummary[] =>
  table.columns.map((column, i) => ({ name: table.fields[i].name, role: table.fields[i].role, ...summariseColumn(column) }));

type Figures = Omit<ColumnSummary, 'name' | 'role'>;

export function summariseColumn(column: Column): Figures {
  switch (column.type) {
    case 'category': {
      const counts = new Float64Array(column.dictionary.length);
      let missing = 0;
      for (let i = 0; i < column.length; i++) {
        if (column.codes[i] < 0) missing++;
        else counts[column.codes[i]]++;
      }
      const used = column.dictionary.map((label, code) => ({ label, count: counts[code] })).filter((entry) => entry.count > 0);
      return { type: column.type, count: column.length, missing, distinct: used.length, distinctExact: true, top: topOf(used) };
    }
    case 'boolean': {
      const counts = [0, 0, 0];
      for (let i = 0; i < column.length; i++) counts[column.values[i]]++;
      const used = ['false', 'true'].map((label, code) => ({ label, count: counts[code] })).filter((entry) => entry.count > 0);
      const base = { type: column.type, count: column.length, missing: counts[2], distinct: used.length, distinctExact: true };
      const present = counts[0] + counts[1];
      return { ...base, top: topOf(used), ...(present > 0 ? { mean: counts[1] / present } : {}) };
    }
    case 'text':
      return summariseText(column);
    default:
      return summariseNumbers(column);
  }
}

const topOf = (entries: { label: string; count: number }[]) => entries.sort((a, b) => b.count - a.count).slice(0, TOP);

function summariseText(column: TextColumn): Figures {
  const dictionary = new ByteDictionary();
  const counts: number[] = [];
  let missing = 0;
  let distinctExact = true;
  for (let i = 0; i < column.length; i++) {
    const start = column.offsets[i];
    const end = column.offsets[i + 1];
    if (start === end) missing++;
    else if (distinctExact) {
      const entry = dictionary.intern(column.bytes, start, end);
      counts[entry] = (counts[entry] ?? 0) + 1;
      if (dictionary.size > DISTINCT_LIMIT) distinctExact = false;
    }
  }
  const base = { type: column.type, count: column.length, missing, distinct: Math.min(dictionary.size, DISTINCT_LIMIT), distinctExact };
  if (!distinctExact) return base;
  const entries = counts.map((count, entry) => ({ entry, count })).sort((a, b) => b.count - a.count || a.entry - b.entry);
  return { ...base, top: entries.slice(0, TOP).map(({ entry, count }) => ({ label: dictionary.textOf(entry), count })) };
}

/** Sorts the present values once; everything but the moments is read off the order. */
function summariseNumbers(column: NumericColumn): Figures {
  const { values, length, type } = column;
  const present = new Float64Array(length);
  let n = 0;
  for (let i = 0; i < length; i++) if (!Number.isNaN(values[i])) present[n++] = values[i];
  const sorted = sortNumbers(present.subarray(0, n));
  let distinct = 0;
  for (let i = 0; i < n; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  const base: Figures = { type, count: length, missing: length - n, distinct, distinctExact: true };
  if (n === 0) return base;
  const quantile = (q: number) => {
    const at = (n - 1) * q;
    const low = Math.floor(at);
    return low + 1 < n ? sorted[low] + (sorted[low + 1] - sorted[low]) * (at - low) : sorted[low];
  };
  const min = sorted[0];
  const max = sorted[n - 1];
  const summary: Figures = { ...base, min, max, q1: quantile(0.25), median: quantile(0.5), q3: quantile(0.75), ...moments(sorted) };
  if (max > min && Number.isFinite(max - min)) summary.histogram = histogram(sorted, min, max);
  return summary;
}

/** Mean, sample standard deviation and adjusted Fisher-Pearson skewness, from sums of deviations (two passes, no cancellation). */
function moments(values: Float64Array): Pick<ColumnSummary, 'mean' | 'sd' | 'skew'> {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let second = 0;
  let third = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i] - mean;
    second += d * d;
    third += d * d * d;
  }
  if (n < 2) return { mean };
  const sd = Math.sqrt(second / (n - 1));
  const spread = Math.sqrt(second / n);
  if (n < 3 || spread === 0) return { mean, sd };
  return { mean, sd, skew: ((third / n / (spread * spread * spread)) * Math.sqrt(n * (n - 1))) / (n - 2) };
}

function histogram(sorted: Float64Array, min: number, max: number): number[] {
  const bins = new Array<number>(BINS).fill(0);
  const scale = BINS / (max - min);
  for (let i = 0; i < sorted.length; i++) bins[Math.min(BINS - 1, Math.floor((sorted[i] - min) * scale))]++;
  return bins;
}
