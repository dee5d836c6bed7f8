/** Puts columns and tables one under the other, as pandas' concat: columns by name, missing where a table lacks one. */
import type { ColumnType } from '../../kind/schema.ts';
import { booleans, type Column, categories, cellAt, numeric, texts } from '../column.ts';
import { type Field, type Table, table } from '../table.ts';

/** The type that holds all: number over integer, text over everything that differs. Undefined types (absent columns) do not count. */
export function commonType(types: readonly ColumnType[]): ColumnType {
  const distinct = new Set(types);
  if (distinct.size === 1) return types[0];
  if ([...distinct].every((type) => type === 'number' || type === 'integer' || type === 'boolean'))
    return distinct.has('number') ? 'number' : 'integer';
  if ([...distinct].every((type) => type === 'category' || type === 'text')) return 'text';
  return 'text';
}

export type Part = Column | { type: 'absent'; length: number };

/** One column of all parts in order; an absent part is missing throughout. */
export function concatColumns(parts: readonly Part[], type: ColumnType): Column {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let at = 0;
  switch (type) {
    case 'category': {
      const codes = new Int32Array(length).fill(-1);
      const index = new Map<string, number>();
      for (const part of parts) {
        if (part.type === 'category') {
          const target = part.dictionary.map((label) => {
            if (!index.has(label)) index.set(label, index.size);
            return index.get(label) as number;
          });
          for (let i = 0; i < part.length; i++) if (part.codes[i] >= 0) codes[at + i] = target[part.codes[i]];
        }
        at += part.length;
      }
      return categories(codes, [...index.keys()]);
    }
    case 'text':
      return texts(
        parts.flatMap((part) =>
          Array.from({ length: part.length }, (_, i) => {
            const cell = part.type === 'absent' ? null : cellAt(part, i);
            return cell === null ? null : String(cell);
          }),
        ),
      );
    case 'boolean': {
      const values = new Uint8Array(length).fill(2);
      for (const part of parts) {
        if (part.type === 'boolean') values.set(part.values, at);
        at += part.length;
      }
      return booleans(values);
    }
    default: {
      const values = new Float64Array(length).fill(Number.NaN);
      for (const part of parts) {
        if (part.type === 'boolean')
          for (let i = 0; i < part.length; i++) values[at + i] = part.values[i] === 2 ? Number.NaN : part.values[i];
        else if (part.type !== 'absent' && part.type !== 'category' && part.type !== 'text') values.set(part.values, at);
        at += part.length;
      }
      return numeric(values, type);
    }
  }
}

/** Rows of all tables in order. `outer` keeps every column, in order of first appearance; `inner` those that all have. */
export function concatRows(
  tables: readonly Table[],
  how: 'outer' | 'inner',
  sourceColumn?: { name: string; labels: readonly string[] },
): Table {
  const names: string[] = [];
  for (const t of tables) for (const field of t.fields) if (!names.includes(field.name)) names.push(field.name);
  const kept = how === 'outer' ? names : names.filter((name) => tables.every((t) => t.fields.some((field) => field.name === name)));
  const fields: Field[] = [];
  const columns = kept.map((name) => {
    const parts = tables.map((t): Part => {
      const i = t.fields.findIndex((field) => field.name === name);
      return i < 0 ? { type: 'absent', length: t.rowCount } : t.columns[i];
    });
    fields.push(tables.flatMap((t) => t.fields).find((field) => field.name === name) as Field);
    return concatColumns(parts, commonType(parts.flatMap((part) => (part.type === 'absent' ? [] : [part.type]))));
  });
  const rowCount = tables.reduce((sum, t) => sum + t.rowCount, 0);
  if (sourceColumn) {
    const codes = new Int32Array(rowCount);
    let at = 0;
    tables.forEach((t, i) => {
      codes.fill(i, at, at + t.rowCount);
      at += t.rowCount;
    });
    fields.push({ name: sourceColumn.name, role: 'feature' });
    columns.push(categories(codes, sourceColumn.labels));
  }
  return table(fields, columns, rowCount);
}
