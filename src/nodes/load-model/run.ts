/** Reads the model through services; the probe resolves `latest` and aliases, so the plan sees when they moved. */
import type { Json } from '../../base/json.ts';
import { phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Outputs, RunContext, Services } from '../../kind/run.ts';
import type { AnyModel } from '../../recipe/series-model.ts';
import { tryInTime } from '../foreign-trial.ts';

export async function run({ params, services, log, within }: RunContext): Promise<Outputs> {
  const name = String(params.name);
  const { version } = await services.describeModel(name, String(params.version));
  const model = (await services.readModel(name, version)) as AnyModel;
  // A package that others made can hold a file that never was tried here.
  if (model.shape === 'row' && model.foreign) await tryInTime(model, within, { param: 'name' });
  log(phrase('log.version', '{name}, version {version}', { name, version: String(version) }));
  return { model };
}

export async function probe(params: ParamValues, services: Services): Promise<Json> {
  return (await services.describeModel(String(params.name), String(params.version))) as unknown as Json;
}
