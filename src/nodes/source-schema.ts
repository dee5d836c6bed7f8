/** Output schema of the source nodes (file, sample, typed data) at edit time, from what their `probe` found. */
import type { Json } from '../base/json.ts';
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
