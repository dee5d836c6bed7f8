/** Summarises every column and makes a table of the statistics, one row a column. */
import { columnsOf, phrase } from '../../base/words.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { columnOf } from '../../table/column.ts';
import { summarise } from '../../table/summary.ts';
import { table } from '../../table/table.ts';
import { PROFILE_COLUMNS } from './columns.ts';

export async function run({ inputs, log }: RunContext): Promise<Outputs> {
  const summaries = summarise((inputs.table as Frame).table);
  const columns = PROFILE_COLUMNS.map(({ type, of }) =>
    columnOf(
      type,
      summaries.map((summary) => of(summary) ?? null),
    ),
  );
  const fields = PROFILE_COLUMNS.map(({ name }) => ({ name, role: 'meta' as const }));
  const missing = summaries.reduce((sum, summary) => sum + summary.missing, 0);
  log(phrase('log.profile', '{columns}, {count} missing {cell|cells}', { columns: columnsOf(summaries.length), count: missing }));
  const origin = { kind: 'look.profile', version: 1, params: {}, inputs: [], title: 'Data profile' };
  return { table: rawFrame(table(fields, columns, summaries.length), origin) };
}
