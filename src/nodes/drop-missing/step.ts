/** Drop missing as a table step, as pandas' dropna: rows are selected, columns are chosen on the learning rows. */
import { columnsOf, type Phrase, phrase, rowsOf } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import type { Graph } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { countMissing } from '../../table/column.ts';
import { columnNamed, type Table, withColumns } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { countMissingInto, markAnyMissing, rowsWhere } from '../../table/verbs/missing.ts';

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

const chosen = (table: Table, params: ParamValues) => chosenNames(table, params.columns as ColumnPick);

/** The target stays whatever it lacks: without it there is nothing to learn, and rows without it are never learned from. */
export function fit(table: Table, params: ParamValues): Fitted {
  if (params.axis !== 'columns') return { dropped: [] };
  const target = table.fields.find((field) => field.role === 'target')?.name;
  const lacks = (name: string) => goes(countMissing(columnNamed(table, name)), table.rowCount, params);
  return { dropped: chosen(table, params).filter((name) => name !== target && lacks(name)) };
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

/** With no column to look at, every row stays. */
export function select(table: Table, params: ParamValues): Int32Array {
  const columns = chosen(table, params).map((name) => columnNamed(table, name));
  const gone = new Uint8Array(table.rowCount);
  if (params.how === 'any') markAnyMissing(columns, gone);
  else if (columns.length > 0) {
    const missing = new Int32Array(table.rowCount);
    for (const column of columns) countMissingInto(column, missing);
    for (let i = 0; i < gone.length; i++) gone[i] = goes(missing[i], columns.length, params) ? 1 : 0;
  }
  return rowsWhere(gone, 0);
}

export function lower(_graph: Graph, columns: LoweredTable, _params: ParamValues, fitted: unknown): LoweredTable {
  const gone = new Set((fitted as Fitted).dropped);
  return new Map([...columns].filter(([name]) => !gone.has(name)));
}

export function headline(before: Table, after: Table, params: ParamValues): Phrase {
  return params.axis === 'columns'
    ? phrase('result.columns-dropped', '{columns} dropped', { columns: columnsOf(before.columns.length - after.columns.length) })
    : phrase('result.rows-dropped', '{rows} dropped', { rows: rowsOf(before.rowCount - after.rowCount) });
}
