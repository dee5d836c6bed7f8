/** Makes the table: sheet cells are read in their column's type as CSV cells are; pasted text goes through the CSV reader. */
import { utf8 } from '../../base/bytes.ts';
import type { Json } from '../../base/json.ts';
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Outputs, RunContext, Services } from '../../kind/run.ts';
import { rawFrame } from '../../recipe/frame.ts';
import { Tally } from '../../table/findings/tally.ts';
import { columnsToTable } from '../../table/formats/columns-to-table.ts';
import type { FormatResult } from '../../table/formats/format-result.ts';
import { readTable } from '../../table/read.ts';
import { probed, settle, withTarget } from '../source-table.ts';
import { type Sheet, sheetOf } from './sheet.ts';

const fromSheet = ({ columns, rows }: Sheet): FormatResult => {
  const named = columns.map(({ name }, k) => ({ name, values: rows.map((row) => row[k] ?? null) }));
  const types = columns.map(({ name, type }) => ({ column: name.trim(), type }));
  return columnsToTable(named, { types, header: true }, new Tally());
};

async function read(params: ParamValues): Promise<Pick<FormatResult, 'table' | 'problems'>> {
  if (params.source === 'csv') return readTable(utf8(String(params.csv)), { format: 'csv', header: true });
  const sheet = sheetOf(params.sheet);
  if (sheet) return fromSheet(sheet);
  throw new ProblemError({
    code: 'enter-data.sheet',
    at: { param: 'sheet' },
    message: 'The sheet is not a table of named columns and rows of texts.',
    hint: 'Clear the sheet and enter the rows again.',
  });
}

export async function run({ params, log }: RunContext): Promise<Outputs> {
  return { table: rawFrame(withTarget(settle(await read(params), log), params.target)) };
}

export const probe = async (params: ParamValues, _services: Services): Promise<Json> =>
  probed(
    settle(await read(params), () => {}),
    true,
  );
