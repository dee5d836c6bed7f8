/** Concat as a barrier that only unites: untouched raw tables give a plain raw table. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, tableSize } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import { freeName } from '../../kind/schema.ts';
import { type Table, table } from '../../table/table.ts';
import { concatRows, oneTarget } from '../../table/verbs/concat.ts';

export const unites = true;

export function make(first: Table, params: ParamValues, others: readonly Table[]): Table {
  const tables = [first, ...others];
  if (params.axis === 'rows') {
    const name = params.source as string;
    return concatRows(
      tables,
      params.join as 'outer' | 'inner',
      name ? { name, labels: tables.map((_, i) => `table ${i + 1}`) } : undefined,
    );
  }
  const odd = tables.findIndex((t) => t.rowCount !== first.rowCount);
  if (odd >= 0)
    throw new ProblemError({
      code: 'concat.row-counts',
      at: { param: 'axis' },
      args: { first: first.rowCount, other: tables[odd].rowCount },
      message: `The tables have different numbers of rows: ${first.rowCount} and ${tables[odd].rowCount}.`,
      hint: 'Use Join to match rows by a key, or bring both to the same length first.',
    });
  const taken = new Set<string>();
  const fields = tables.flatMap((t) => t.fields.map((field) => ({ ...field, name: freeName(field.name, taken) })));
  return table(
    oneTarget(fields),
    tables.flatMap((t) => t.columns),
    first.rowCount,
  );
}

export const headline = (_before: Table, after: Table): Phrase => tableSize(after.rowCount, after.columns.length);
