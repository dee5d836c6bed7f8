/** Select columns as a table step: columns pass by reference; in the graph the others are simply not used. */
import type { ParamValues } from '../../kind/params.ts';
import type { Graph } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { columnIndex, schemaOf, type Table, withColumns } from '../../table/table.ts';
import { keptNames } from './kind.ts';

export function apply(table: Table, params: ParamValues): Table {
  const at = keptNames(schemaOf(table), params).map((name) => columnIndex(table, name));
  return withColumns(
    table,
    at.map((i) => table.fields[i]),
    at.map((i) => table.columns[i]),
  );
}

export function lower(_graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable {
  const schema = { columns: [...columns].map(([name, column]) => ({ name, type: column.type, role: 'feature' as const })) };
  return new Map(
    keptNames(schema, params).flatMap((name) => {
      const column = columns.get(name);
      return column ? [[name, column] as const] : [];
    }),
  );
}

export const headline = (before: Table, after: Table): string => `${before.columns.length} → ${after.columns.length} columns`;
