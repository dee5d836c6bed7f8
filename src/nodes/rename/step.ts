/** Rename as a table step: columns pass by reference under other names. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { columnNamed, type Table, withColumns } from '../../table/table.ts';
import { nameProblem, pairs, renames } from './kind.ts';

export function apply(table: Table, params: ParamValues): Table {
  for (const pair of pairs(params)) columnNamed(table, pair.from);
  const map = renames(
    table.fields.map((field) => field.name),
    params,
  );
  const wrong = nameProblem([...map.values()], 'names');
  if (wrong) throw new ProblemError(wrong);
  return withColumns(
    table,
    table.fields.map((field) => ({ ...field, name: map.get(field.name) as string })),
    table.columns,
  );
}

export function lower(_graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable {
  const map = renames([...columns.keys()], params);
  return new Map([...columns].map(([name, column]) => [map.get(name) ?? name, column]));
}

export function headline(before: Table, after: Table): Phrase {
  return phrase('result.renamed', '{count} renamed', {
    count: after.fields.filter((field, i) => field.name !== before.fields[i].name).length,
  });
}
