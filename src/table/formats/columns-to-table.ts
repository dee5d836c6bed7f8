/** Columns of JavaScript values to a typed table with evidence: the last step of the JSON, Parquet and Excel readers. */
import { countMissing } from '../column.ts';
import { columnNames } from '../csv/header.ts';
import type { CsvOptions } from '../csv/options.ts';
import type { Tally } from '../findings/tally.ts';
import { inferColumn } from '../infer/infer-column.ts';
import { table } from '../table.ts';
import type { FormatResult } from './format-result.ts';

export interface NamedValues {
  name: string;
  values: readonly unknown[];
}

export function columnsToTable(named: readonly NamedValues[], options: CsvOptions, tally: Tally): FormatResult {
  const names = columnNames(
    named.map(({ name }) => name),
    tally,
  );
  const rowCount = named[0]?.values.length ?? 0;
  if (rowCount === 0) tally.add('csv.no-rows');
  for (const { column } of options.types ?? []) if (!names.includes(column)) tally.add('column.no-such-column', { column });
  const inferred = named.map(({ values }, i) => {
    const nested = values.findIndex((value) => typeof value === 'object' && value !== null && !(value instanceof Date));
    if (nested >= 0) tally.add('column.nested', { column: names[i], row: nested });
    const found = inferColumn(names[i], values, options, tally);
    if (rowCount > 0 && countMissing(found.column) === rowCount) tally.add('column.empty-column', { sample: names[i] });
    return found;
  });
  const columns = inferred.map(({ column }) => column);
  const guesses = inferred.map(({ column, ...found }, i) => ({ name: names[i], type: column.type, ...found }));
  return { table: table(names, columns, rowCount), columns: guesses, problems: tally.problems() };
}

export const emptyResult = (tally: Tally): FormatResult => ({ table: table([], [], 0), columns: [], problems: tally.problems() });
