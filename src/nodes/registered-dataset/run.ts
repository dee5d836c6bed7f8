/** Reads the table through services; `latest` is resolved by the probe, so the plan sees when a newer version came. */
import type { Json } from '../../base/json.ts';
import { phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Outputs, RunContext, Services } from '../../kind/run.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Table } from '../../table/table.ts';

export async function run({ params, services, log }: RunContext): Promise<Outputs> {
  const name = String(params.name);
  const { version } = await services.describeDataset(name, String(params.version));
  const table = (await services.readDataset(name, version)) as Table;
  log(phrase('log.version', '{name}, version {version}', { name, version: String(version) }));
  return { table: rawFrame(table) };
}

export async function probe(params: ParamValues, services: Services): Promise<Json> {
  const { version, digest, schema } = await services.describeDataset(String(params.name), String(params.version));
  return {
    version,
    digest,
    columns: schema.columns,
    ...(schema.rowCount === undefined ? {} : { rowCount: schema.rowCount }),
  } as unknown as Json;
}
