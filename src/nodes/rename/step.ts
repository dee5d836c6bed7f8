/** Rename as a table step: columns pass by reference under other names. */
import type { ParamValues } from '../../kind/params.ts';
import type { Graph } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { type Table, withColumns } from '../../table/table.ts';
import { renames } from './kind.ts';

export function apply(table: Table, params: ParamValues): Table {
  const map = renames(
    table.fields.map((field) => field.name),
    params,
  );
  return withColumns(
    table,
    table.fields.map((field) => ({ ...field, name: map.get(field.name) ?? field.name })),
    table.columns,
  );
}

export function lower(_graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable {
  const map = renames([...columns.keys()], params);
  return new Map([...columns].map(([name, column]) => [map.get(name) ?? name, column]));
}

export function headline(before: Table, after: Table): string {
  return `${after.fields.filter((field, i) => field.name !== before.fields[i].name).length} renamed`;
}
