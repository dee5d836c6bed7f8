/** What the source nodes (file, sample, typed data) do alike: report the reader's diagnostics, set the target, describe columns. */
import type { Json } from '../base/json.ts';
import { ProblemError, problemWords } from '../base/problem.ts';
import type { RunContext } from '../kind/run.ts';
import type { FormatResult } from '../table/formats/format-result.ts';
import { schemaOf, type Table } from '../table/table.ts';

/** Gives the named column the role of target; a Problem when it is not there. */
export function withTarget(table: Table, target: Json | undefined): Table {
  if (typeof target !== 'string' || target === '') return table;
  if (!table.fields.some((field) => field.name === target)) {
    throw new ProblemError({
      code: 'source.no-target',
      at: { param: 'target', column: target },
      args: { column: target },
      message: `The target column “${target}” is not in this table.`,
      hint: 'Choose another column under Target, or clear it.',
    });
  }
  return { ...table, fields: table.fields.map((field) => (field.name === target ? { ...field, role: 'target' } : field)) };
}

/** Logs every diagnostic; throws the first error. */
export function settle(result: Pick<FormatResult, 'table' | 'problems'>, log: RunContext['log']): Table {
  for (const problem of result.problems) {
    if (problem.severity === 'error') throw new ProblemError(problem);
    log(problemWords(problem), problem);
  }
  return result.table;
}

/** What `schema()` gets as `known`; row count and categories only when all rows were seen. */
export function probed(table: Table, whole: boolean): Json {
  const { columns, rowCount } = schemaOf(table);
  const bare = columns.map(({ categories, ...column }) => (whole && categories ? { ...column, categories: [...categories] } : column));
  return { columns: bare, ...(whole ? { rowCount } : {}) } as unknown as Json;
}
