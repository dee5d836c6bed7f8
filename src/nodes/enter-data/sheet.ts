/** The value of the sheet parameter: columns with types and rows of texts, as typed; checked before use. */
import type { Json } from '../../base/json.ts';
import type { ColumnType } from '../../kind/schema.ts';

export interface Sheet {
  columns: { name: string; type: ColumnType }[];
  rows: (string | null)[][];
}

const TYPES: readonly string[] = ['number', 'integer', 'boolean', 'category', 'text', 'datetime'];

/** The sheet in a parameter value; undefined when it has another shape. */
export function sheetOf(value: Json | undefined): Sheet | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { columns, rows } = value;
  if (!Array.isArray(columns) || !Array.isArray(rows)) return undefined;
  const named = columns.every(
    (c) => c !== null && typeof c === 'object' && !Array.isArray(c) && typeof c.name === 'string' && TYPES.includes(String(c.type)),
  );
  const texts = rows.every((row) => Array.isArray(row) && row.every((cell) => cell === null || typeof cell === 'string'));
  return named && texts ? (value as unknown as Sheet) : undefined;
}
