/** Select columns as a table step: columns pass by reference; in the graph the others are simply not used. */
import { columnsChanged, type Phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { Graph } from '../../onnx/build.ts';
import { loweredSchema } from '../../recipe/lowered-schema.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { columnIndex, schemaOf, type Table, withColumns } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { keptNames } from './kind.ts';

export function apply(table: Table, params: ParamValues): Table {
  const chosen = chosenNames(table, params.columns as ColumnPick);
  const at = keptNames(schemaOf(table), chosen, params).map((name) => columnIndex(table, name));
  return withColumns(
    table,
    at.map((i) => table.fields[i]),
    at.map((i) => table.columns[i]),
  );
}

export function lower(_graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable {
  const schema = loweredSchema(columns);
  return new Map(
    keptNames(schema, resolveColumns(params.columns as ColumnPick, schema), params).flatMap((name) => {
      const column = columns.get(name);
      return column ? [[name, column] as const] : [];
    }),
  );
}

export const headline = (before: Table, after: Table): Phrase => columnsChanged(before.columns.length, after.columns.length);
