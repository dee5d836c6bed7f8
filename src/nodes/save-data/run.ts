/** Writes the table in the chosen format and hands the file to the user. */
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
  log(`${artefact.name}: ${table.rowCount.toLocaleString('en')} rows`);
  return { artefact };
}
