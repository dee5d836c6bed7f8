/** Makes a table regular: one row for each step of each series, repeated times put together, gaps filled, and all of it counted. */
import type { ColumnType } from '../../kind/schema.ts';
import { type Column, numeric } from '../column.ts';
import { gather } from '../gather.ts';
import { type Field, type Table, table } from '../table.ts';
import { type Aggregate, aggregate } from '../verbs/aggregate.ts';
import { type Fill, fillGaps } from './fill.ts';
import { type Grid, stepAt, timeOfStep, usualPeriods } from './grid.ts';
import { keyAt, type SeriesRows } from './rows.ts';

export interface RegularOptions {
  time: string;
  ids: readonly string[];
  grid: Grid;
  /** How rows of one step become one: numbers; everything else keeps the last. */
  together: Aggregate;
  /** Columns of numbers that are put together in another way. */
  each?: ReadonlyMap<string | null, Aggregate>;
  fill: Fill;
  /** Rows at the end of a series that have no number keep none: they may be of the time ahead. */
  keepEnd?: boolean;
  /** Series with fewer steps than `least`: kept, made as long by steps before their start, or left out. */
  short: 'keep' | 'pad' | 'drop';
  least: number;
}
/** What was done to one series. */
export interface SeriesReport {
  key: readonly string[];
  rows: number;
  steps: number;
  /** Rows that stood on a step which had one already. */
  repeated: number;
  /** Steps that had no row. */
  gaps: number;
  /** Cells of numbers that were missing or stood in gaps and were filled. */
  filled: number;
  padded: number;
  dropped: boolean;
  from: number;
  to: number;
}
export interface Regular {
  table: Table;
  reports: SeriesReport[];
}

const isNumber = (type: ColumnType): boolean => type === 'number' || type === 'integer';

/** Rows of the regular table that it would have; to be asked before it is made. */
export function regularSize(rows: SeriesRows, grid: Grid): number {
  let size = 0;
  for (let s = 0; s < rows.count; s++) {
    if (rows.start[s] === rows.start[s + 1]) continue;
    const from = stepAt(grid, rows.moments[rows.order[rows.start[s]]]);
    size += stepAt(grid, rows.moments[rows.order[rows.start[s + 1] - 1]]) - from + 1;
  }
  return size;
}

export function regularTable(t: Table, rows: SeriesRows, options: RegularOptions): Regular {
  const { time, ids, grid, together, each, fill, keepEnd = false, short, least } = options;
  const { count, first, order, start, moments } = rows;
  const reports: SeriesReport[] = [];
  /** Per series: its first step, where its rows begin in the output, and how many there are. */
  const from = new Float64Array(count);
  const begin = new Int32Array(count + 1);
  for (let s = 0; s < count; s++) {
    const own = order.subarray(start[s], start[s + 1]);
    const low = own.length === 0 ? 0 : stepAt(grid, moments[own[0]]);
    const steps = own.length === 0 ? 0 : stepAt(grid, moments[own[own.length - 1]]) - low + 1;
    const dropped = steps === 0 || (short === 'drop' && steps < least);
    const padded = short === 'pad' && steps > 0 ? Math.max(0, least - steps) : 0;
    from[s] = low - padded;
    begin[s + 1] = begin[s] + (dropped ? 0 : steps + padded);
    reports.push({
      key: keyAt(t, ids, first[s]),
      rows: own.length,
      steps: dropped ? steps : steps + padded,
      repeated: 0,
      gaps: 0,
      filled: 0,
      padded: dropped ? 0 : padded,
      dropped,
      from: timeOfStep(grid, low - padded),
      to: timeOfStep(grid, low + Math.max(0, steps - 1)),
    });
  }
  const total = begin[count];
  const kept = order.filter((_, i) => !reports[seriesAt(start, i)].dropped);
  const group = new Int32Array(kept.length);
  const seen = new Uint8Array(total);
  let at = 0;
  for (let s = 0; s < count; s++) {
    if (reports[s].dropped) continue;
    for (let i = start[s]; i < start[s + 1]; i++) {
      const row = begin[s] + stepAt(grid, moments[order[i]]) - from[s];
      if (seen[row]) reports[s].repeated++;
      seen[row] = 1;
      group[at++] = row;
    }
    for (let row = begin[s] + reports[s].padded; row < begin[s + 1]; row++) if (!seen[row]) reports[s].gaps++;
  }
  const owner = new Int32Array(total);
  const times = new Float64Array(total);
  for (let s = 0; s < count; s++)
    for (let row = begin[s]; row < begin[s + 1]; row++) {
      owner[row] = first[s];
      times[row] = timeOfStep(grid, from[s] + row - begin[s]);
    }

  const made = t.fields.map((field, i): { field: Field; column: Column } => {
    if (field.name === time) return { field: { ...field, role: 'time' }, column: numeric(times, 'datetime') };
    if (ids.includes(field.name)) return { field: { ...field, role: 'group' }, column: gather(t.columns[i], owner) };
    const column = gather(t.columns[i], kept);
    const how = isNumber(column.type) ? (each?.get(field.name) ?? together) : 'last';
    const valued = isNumber(column.type) ? valuedSteps((column as { values: Float64Array }).values, group, total) : seen;
    return { field, column: filledColumn(aggregate(how, column, group, total), valued, { begin, fill, keepEnd, grid, reports }) };
  });
  return {
    table: table(
      made.map(({ field }) => field),
      made.map(({ column }) => column),
      total,
    ),
    reports,
  };
}

/** The series that the i-th row in `order` belongs to. */
function seriesAt(start: Int32Array, i: number): number {
  let low = 0;
  let high = start.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (start[middle] <= i) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Steps with a number in any of their rows. */
function valuedSteps(values: Float64Array, group: Int32Array, total: number): Uint8Array {
  const valued = new Uint8Array(total);
  for (let i = 0; i < group.length; i++) if (!Number.isNaN(values[i])) valued[group[i]] = 1;
  return valued;
}

interface Filling {
  begin: Int32Array;
  fill: Fill;
  keepEnd: boolean;
  grid: Grid;
  reports: SeriesReport[];
}
/** Gaps are missing, whatever the sum of nothing is; then they are filled as was asked. Labels take the one before. */
function filledColumn(column: Column, valued: Uint8Array, { begin, fill, keepEnd, grid, reports }: Filling): Column {
  if (isNumber(column.type) || column.type === 'datetime') {
    const values = (column as { values: Float64Array }).values.slice();
    for (let row = 0; row < values.length; row++) if (!valued[row]) values[row] = Number.NaN;
    if (column.type === 'datetime') return numeric(values, 'datetime');
    let whole = column.type === 'integer';
    for (let s = 0; s + 1 < begin.length; s++) {
      let end = begin[s + 1];
      while (keepEnd && end > begin[s] && !valued[end - 1]) end--;
      const own = values.subarray(begin[s], end);
      reports[s].filled += fillGaps(own, fill, usualPeriods(grid, own.length)[0] ?? 0);
    }
    whole &&= values.every((value) => Number.isNaN(value) || Number.isInteger(value));
    return numeric(values, whole ? 'integer' : 'number');
  }
  if (fill === 'none') return column;
  const source = new Int32Array(column.length);
  for (let s = 0; s + 1 < begin.length; s++) {
    let last = -1;
    for (let row = begin[s]; row < begin[s + 1]; row++) {
      if (valued[row]) last = row;
      source[row] = last;
    }
  }
  return gather(column, source);
}
