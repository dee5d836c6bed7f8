/** Output schema of the source nodes (file, sample, typed data) at edit time, from what their `probe` found. */
import type { Json } from '../base/json.ts';
import { type Problem, problem } from '../base/problem.ts';
import type { SchemaContext } from '../kind/kind.ts';
import type { ColumnSchema, TableSchema } from '../kind/schema.ts';

/** The schema that `probe` found, with the chosen target's role. */
export function sourceSchema(known: Json | undefined, target?: Json): TableSchema | undefined {
  if (known === null || typeof known !== 'object' || Array.isArray(known) || !Array.isArray(known.columns)) return undefined;
  const columns = known.columns as unknown as ColumnSchema[];
  return {
    columns: columns.map((column) => (column.name === target ? { ...column, role: 'target' } : column)),
    ...(typeof known.rowCount === 'number' ? { rowCount: known.rowCount } : {}),
  };
}

/** A chosen target that the source does not have; nothing is said while its columns are not known. */
export function checkTarget({ params, known }: SchemaContext): Problem[] {
  const schema = sourceSchema(known);
  const { target } = params;
  if (!schema || typeof target !== 'string' || schema.columns.some((column) => column.name === target)) return [];
  const message = `The target column “${target}” is not in this table.`;
  const hint = 'Choose another column under Target, or clear it.';
  return [problem({ code: 'source.no-target', at: { param: 'target', column: target }, args: { column: target }, message, hint })];
}
