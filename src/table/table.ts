/** A table: named, role-carrying columns of equal length. Plain immutable data; verbs stand in `verbs/`. */
import { type Digest, hashJson } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import type { ColumnSchema, DateOrder, Role, TableSchema } from '../kind/schema.ts';
import { type Cell, type Column, columnBytes, columnDigest, columnOf } from './column.ts';
import { anyNegative, gatherAll, isEveryRow } from './gather.ts';

/** What a column is called and is for; the last four as in `ColumnSchema`. */
export interface Field {
  readonly name: string;
  readonly role: Role;
  readonly model?: string;
  readonly of?: string;
  readonly className?: string;
  readonly dateOrder?: DateOrder;
}
export interface Table {
  readonly rowCount: number;
  readonly fields: readonly Field[];
  readonly columns: readonly Column[];
}

/** Builds a table; names must be unique and lengths equal. */
export function table(fields: readonly (Field | string)[], columns: readonly Column[], rowCount = columns[0]?.length ?? 0): Table {
  const full = fields.map((f): Field => (typeof f === 'string' ? { name: f, role: 'feature' } : f));
  if (new Set(full.map((f) => f.name)).size !== full.length) throw new Error('duplicate column names');
  if (columns.length !== full.length || columns.some((c) => c.length !== rowCount)) throw new Error('columns of unequal length');
  return { rowCount, fields: full, columns };
}

/** Table from `{name: [type, cells]}`; for tests and small results. */
export function tableOf(spec: Record<string, readonly [ColumnSchema['type'], readonly Cell[]]>): Table {
  const names = Object.keys(spec);
  return table(
    names,
    names.map((name) => columnOf(spec[name][0], spec[name][1])),
  );
}

export const columnIndex = (t: Table, name: string): number => t.fields.findIndex((f) => f.name === name);

/** The column called `name`; a Problem listing what there is when there is none. */
export function columnNamed(t: Table, name: string): Column {
  const at = columnIndex(t, name);
  if (at < 0) {
    throw new ProblemError({
      code: 'table.no-column',
      at: { column: name },
      args: { name },
      message: `There is no column “${name}” here.`,
      hint: `The columns are ${t.fields
        .slice(0, 12)
        .map((f) => f.name)
        .join(', ')}${t.fields.length > 12 ? ' …' : ''}. Pick one of them.`,
    });
  }
  return t.columns[at];
}

/** Same rows, other columns. */
export const withColumns = (t: Table, fields: readonly Field[], columns: readonly Column[]): Table => table(fields, columns, t.rowCount);

/** Replaces or appends one column, keeping its place and role when it exists. */
export function withColumn(t: Table, field: Field | string, column: Column): Table {
  const name = typeof field === 'string' ? field : field.name;
  const at = columnIndex(t, name);
  const full: Field = typeof field === 'string' ? (at < 0 ? { name, role: 'feature' } : t.fields[at]) : field;
  if (at < 0) return withColumns(t, [...t.fields, full], [...t.columns, column]);
  return withColumns(t, t.fields.with(at, full), t.columns.with(at, column));
}

/** The rows `ids`, in that order; columns pass by reference where these are all rows as they stand. */
export function gatherRows(t: Table, ids: Int32Array): Table {
  if (isEveryRow(ids, t.rowCount)) return t;
  const gaps = anyNegative(ids);
  return { rowCount: ids.length, fields: t.fields, columns: gatherAll(t.columns, ids, gaps) };
}

export const tableBytes = (t: Table): number => t.columns.reduce((sum, c) => sum + columnBytes(c), 0);

export const tableDigest = (t: Table): Digest => hashJson([t.rowCount, t.fields, t.columns.map(columnDigest)]);

/** Schema of an actual table: `from` is each column's own name. */
export function schemaOf(t: Table): TableSchema {
  return {
    rowCount: t.rowCount,
    columns: t.fields.map((f, i): ColumnSchema => {
      const c = t.columns[i];
      return { ...f, type: c.type, ...(c.type === 'category' ? { categories: c.dictionary } : {}) };
    }),
  };
}
