/** Encode as a table step: levels learned from the learning rows, unseen and missing treated alike everywhere. */
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { type Column, cellAt, numeric } from '../../table/column.ts';
import { columnNamed, schemaOf, type Table, withColumn, withColumns } from '../../table/table.ts';
import { ENCODABLE } from './kind.ts';

export { lower } from './lower.ts';

export interface Encoded {
  columns: {
    name: string;
    boolean: boolean;
    /** One-hot: levels that get a column; otherwise all, in code-point order. */
    levels: string[];
    /** Ordinal: rank; frequency: share of the learning rows. One per level. */
    values: number[];
  }[];
}

const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The label of each row, '' when missing. Booleans read "false" and "true". */
export function labelsOf(column: Column): string[] {
  return Array.from({ length: column.length }, (_, i) => {
    const cell = cellAt(column, i);
    return cell === null ? '' : String(cell);
  });
}

export function fit(table: Table, params: ParamValues): Encoded {
  const names = resolveColumns(params.columns as ColumnPick, schemaOf(table), ENCODABLE);
  return {
    columns: names.map((name) => {
      const column = columnNamed(table, name);
      const counts = new Map<string, number>();
      for (const label of labelsOf(column)) if (label) counts.set(label, (counts.get(label) ?? 0) + 1);
      const sorted = [...counts.keys()].sort(byCodePoint);
      let levels = sorted;
      if (params.method === 'one-hot') {
        const frequent = [...sorted].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || byCodePoint(a, b));
        levels = frequent.slice(0, params.maxLevels as number).sort(byCodePoint);
        if (params.dropFirst) levels = levels.slice(1);
      }
      const values = levels.map((level, rank) => (params.method === 'frequency' ? (counts.get(level) ?? 0) / column.length : rank));
      return { name, boolean: column.type === 'boolean', levels, values };
    }),
  };
}

/** Missing stays missing for rank and frequency; an unseen level is −1 or 0. */
export function apply(table: Table, params: ParamValues, fitted: unknown): Table {
  const { columns } = fitted as Encoded;
  if (params.method !== 'one-hot') {
    const other = params.method === 'ordinal' ? -1 : 0;
    return columns.reduce((result, { name, levels, values }) => {
      const value = new Map(levels.map((level, i) => [level, values[i]]));
      const coded = Float64Array.from(labelsOf(columnNamed(table, name)), (label) => (label ? (value.get(label) ?? other) : Number.NaN));
      return withColumn(result, name, numeric(coded, params.method === 'ordinal' ? 'integer' : 'number'));
    }, table);
  }
  const encoded = new Set(columns.map((column) => column.name));
  const kept = table.fields.map((_, i) => i).filter((i) => !encoded.has(table.fields[i].name));
  const added = columns.flatMap(({ name, levels }) => {
    const labels = labelsOf(columnNamed(table, name));
    return levels.map((level) => ({
      name: `${name}=${level}`,
      column: numeric(
        Float64Array.from(labels, (label) => (label === level ? 1 : 0)),
        'integer',
      ),
    }));
  });
  return withColumns(
    table,
    [...kept.map((i) => table.fields[i]), ...added.map(({ name }) => ({ name, role: 'feature' as const }))],
    [...kept.map((i) => table.columns[i]), ...added.map(({ column }) => column)],
  );
}

export const headline = (before: Table, after: Table): string => `${before.columns.length} → ${after.columns.length} columns`;
