/** Hands the table to the registry and reports the version it got. */
import type { Outputs, RunContext } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import { namedLine, registryRow, versionLine } from '../registry-row.ts';
import { tagsOf } from '../tags-param.ts';

export async function run({ params, inputs, services, log }: RunContext): Promise<Outputs> {
  const { table } = inputs.table as Frame;
  const about = { description: String(params.description), tags: tagsOf(params) };
  const saved = await services.saveDataset(String(params.name), table, about);
  const headline = versionLine(saved);
  log(namedLine(saved.name, headline));
  const row = {
    type: 'dataset' as const,
    name: saved.name,
    version: saved.version,
    headline,
    rows: table.rowCount,
    columns: table.columns.length,
  };
  return { artefact: registryRow(row) };
}
