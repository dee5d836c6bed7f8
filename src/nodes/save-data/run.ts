/** Writes the table in the chosen format and hands the file to the user. */
import { phrase, rowsOf } from '../../base/words.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import type { Artefact } from '../../recipe/results.ts';
import { writeCsv } from '../../table/csv/write.ts';
import { tableJson } from './json.ts';

export async function run({ params, inputs, services, log }: RunContext): Promise<Outputs> {
  const { table } = inputs.table as Frame;
  const csv = params.format === 'csv';
  const artefact: Artefact = {
    name: `${String(params.name).trim() || 'table'}.${csv ? 'csv' : 'json'}`,
    mime: csv ? 'text/csv' : 'application/json',
    bytes: csv ? writeCsv(table) : tableJson(table),
    about: { type: 'table', rows: table.rowCount, columns: table.columns.length },
  };
  await services.saveFile(artefact.name, artefact.bytes, artefact.mime);
  log(phrase('log.saved', '{name}: {rows}', { name: artefact.name, rows: rowsOf(table.rowCount) }));
  return { artefact };
}
