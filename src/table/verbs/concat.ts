/** Puts columns and tables one under the other, as pandas' concat: columns by name, missing where a table lacks one. */
import { type ColumnType, freeName, type Role } from '../../kind/schema.ts';
import { booleans, type Column, categories, numeric, type TextColumn, texts } from '../column.ts';
import { type Field, type Table, table } from '../table.ts';
import { joinTexts } from '../text-rows.ts';
import { textCells } from './cast.ts';

/** The type that holds all: number over integer over true/false, text over everything else that differs. */
export function commonType(types: readonly ColumnType[]): ColumnType {
  const distinct = new Set(types);
  if (distinct.size === 1) return types[0];
  if ([...distinct].every((type) => type === 'number' || type === 'integer' || type === 'boolean'))
    return distinct.has('number') ? 'number' : 'integer';
  return 'text';
}

/** A table has one target; a second one is set aside, so that it is not taken for a feature. */
export function oneTarget<F extends { role: Role }>(fields: readonly F[]): F[] {
  const first = fields.findIndex((field) => field.role === 'target');
  return fields.map((field, i) => (field.role === 'target' && i !== first ? { ...field, role: 'meta' } : field));
}

interface Absent {
  type: 'absent';
  length: number;
}
export type Part = Column | Absent;

/** One column of all parts in order; an absent part is missing throughout. `type` is the parts' common one. */
export function concatColumns(parts: readonly Part[], type: ColumnType): Column {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let at = 0;
  switch (type) {
    case 'category': {
      const codes = new Int32Array(length);
      const index = new Map<string, number>();
      for (const part of parts) {
        if (part.type === 'category') {
          const target = part.dictionary.map((label) => {
            if (!index.has(label)) index.set(label, index.size);
            return index.get(label) as number;
          });
          if (target.every((code, i) => code === i)) codes.set(part.codes, at);
          else for (let i = 0; i < part.length; i++) codes[at + i] = part.codes[i] < 0 ? -1 : target[part.codes[i]];
        } else codes.fill(-1, at, at + part.length);
        at += part.length;
      }
      return categories(codes, [...index.keys()]);
    }
    case 'text':
      return parts.every((part) => part.type === 'text' || part.type === 'absent')
        ? joinTexts(parts as readonly (TextColumn | Absent)[])
        : texts(parts.flatMap((part) => (part.type === 'absent' ? new Array<null>(part.length).fill(null) : textCells(part))));
    case 'boolean': {
      const values = new Uint8Array(length);
      for (const part of parts) {
        if (part.type === 'boolean') values.set(part.values, at);
        else values.fill(2, at, at + part.length);
        at += part.length;
      }
      return booleans(values);
    }
    default: {
      const values = new Float64Array(length);
      for (const part of parts) {
        if (part.type === 'boolean')
          for (let i = 0; i < part.length; i++) values[at + i] = part.values[i] === 2 ? Number.NaN : part.values[i];
        else if (part.type === 'absent' || part.type === 'category' || part.type === 'text') values.fill(Number.NaN, at, at + part.length);
        else values.set(part.values, at);
        at += part.length;
      }
      return numeric(values, type);
    }
  }
}

/** Columns of the result by name: in order of first appearance, all of them or those that every table has. */
export function sharedNames(tables: readonly (readonly { name: string }[])[], how: 'outer' | 'inner'): string[] {
  const names = [...new Set(tables.flatMap((columns) => columns.map((column) => column.name)))];
  if (how === 'outer') return names;
  const sets = tables.map((columns) => new Set(columns.map((column) => column.name)));
  return names.filter((name) => sets.every((set) => set.has(name)));
}

/** Rows of all tables in order. A source column gets the name that it can have. */
export function concatRows(
  tables: readonly Table[],
  how: 'outer' | 'inner',
  sourceColumn?: { name: string; labels: readonly string[] },
): Table {
  const kept = sharedNames(
    tables.map((t) => t.fields),
    how,
  );
  const places = tables.map((t) => new Map(t.fields.map((field, i) => [field.name, i])));
  const fields: Field[] = [];
  const columns = kept.map((name) => {
    const parts = tables.map((t, k): Part => {
      const i = places[k].get(name);
      return i === undefined ? { type: 'absent', length: t.rowCount } : t.columns[i];
    });
    const owner = places.findIndex((place) => place.has(name));
    fields.push(tables[owner].fields[places[owner].get(name)!]);
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
    fields.push({ name: freeName(sourceColumn.name, new Set(kept)), role: 'feature' });
    columns.push(categories(codes, sourceColumn.labels));
  }
  return table(oneTarget(fields), columns, rowCount);
}
