/** Drop missing as a table step, as pandas' dropna: rows are selected, columns are chosen on the learning rows. */
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { Graph } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { type Column, countMissing, isMissing } from '../../table/column.ts';
import { columnNamed, schemaOf, type Table, withColumns } from '../../table/table.ts';

interface Fitted {
  /** Names of the columns that go. */
  dropped: string[];
}

/** Whether something with `missing` of `total` values missing is dropped. */
function goes(missing: number, total: number, params: ParamValues): boolean {
  if (params.how === 'all') return total > 0 && missing === total;
  if (params.how === 'atLeast') return total - missing < (params.thresh as number);
  return missing > 0;
}

const chosen = (table: Table, params: ParamValues) => resolveColumns(params.columns as ColumnPick, schemaOf(table));

export function fit(table: Table, params: ParamValues): Fitted {
  if (params.axis !== 'columns') return { dropped: [] };
  return { dropped: chosen(table, params).filter((name) => goes(countMissing(columnNamed(table, name)), table.rowCount, params)) };
}

export function apply(table: Table, _params: ParamValues, fitted: unknown): Table {
  const gone = new Set((fitted as Fitted).dropped);
  const kept = table.fields.map((_, i) => i).filter((i) => !gone.has(table.fields[i].name));
  return withColumns(
    table,
    kept.map((i) => table.fields[i]),
    kept.map((i) => table.columns[i]),
  );
}

function countPerRow(columns: readonly Column[], rowCount: number): Int32Array {
  const counts = new Int32Array(rowCount);
  for (const column of columns) for (let i = 0; i < rowCount; i++) if (isMissing(column, i)) counts[i]++;
  return counts;
}

export function select(table: Table, params: ParamValues): Int32Array {
  const columns = chosen(table, params).map((name) => columnNamed(table, name));
  const missing = countPerRow(columns, table.rowCount);
  return Int32Array.from({ length: table.rowCount }, (_, i) => i).filter((i) => !goes(missing[i], columns.length, params));
}

export function lower(_graph: Graph, columns: LoweredTable, _params: ParamValues, fitted: unknown): LoweredTable {
  const gone = new Set((fitted as Fitted).dropped);
  return new Map([...columns].filter(([name]) => !gone.has(name)));
}

export function headline(before: Table, after: Table, params: ParamValues): string {
  return params.axis === 'columns'
    ? `${before.columns.length - after.columns.length} columns dropped`
    : `${before.rowCount - after.rowCount} rows dropped`;
}
