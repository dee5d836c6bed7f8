/** Reads a bundled sample with the CSV reader. */
import type { Json } from '../../base/json.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Outputs, RunContext, Services } from '../../kind/run.ts';
import { rawFrame } from '../../recipe/frame.ts';
import { readTable } from '../../table/read.ts';
import { probed, settle, withTarget } from '../source-table.ts';

const read = async (params: ParamValues, services: Services) => {
  const name = String(params.sample);
  return readTable(await services.readSample(name), { name: `${name}.csv`, format: 'csv' });
};

export async function run({ params, services, log }: RunContext): Promise<Outputs> {
  const table = settle(await read(params, services), log);
  return { table: rawFrame(withTarget(table, params.target)) };
}

export const probe = async (params: ParamValues, services: Services): Promise<Json> =>
  probed(
    settle(await read(params, services), () => {}),
    true,
  );
