/** Writes the table in the chosen format and hands the file to the user. */
import { gzipSync } from 'fflate';
import { phrase, rowsOf } from '../../base/words.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import type { Artefact } from '../../recipe/results.ts';
import { FORMATS } from './formats.ts';

export async function run({ params, inputs, services, log }: RunContext): Promise<Outputs> {
  const { table } = inputs.table as Frame;
  const { mime, write } = FORMATS[String(params.format)];
  const written = await write(table);
  const name = `${String(params.name).trim() || 'table'}.${params.format}`;
  const packed = params.gzip === true && (params.format === 'csv' || params.format === 'json');
  const artefact: Artefact = {
    name: packed ? `${name}.gz` : name,
    mime: packed ? 'application/gzip' : mime,
    // Without a time, so that the same table gives the same bytes.
    bytes: packed ? gzipSync(written, { mtime: 0 }) : written,
    about: { type: 'table', rows: table.rowCount, columns: table.columns.length },
  };
  await services.saveFile(artefact.name, artefact.bytes, artefact.mime);
  log(phrase('log.saved', '{name}: {rows}', { name: artefact.name, rows: rowsOf(table.rowCount) }));
  return { artefact };
}
