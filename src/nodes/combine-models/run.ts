/** Runs Combine models: one model around those that are wired, in the order of their wires. */
import { phrase } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import { combineModels } from '../../recipe/combine-models.ts';
import { modelName } from '../../recipe/model.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { combineModels as kind } from './kind.ts';

export const run: NodeCode['run'] = async ({ lists, params, log }) => {
  const models = ((lists.models ?? []) as AnyModel[]).map(rowModel);
  const weights = (params.weights as { weight: number }[]).map(({ weight }) => weight);
  const by = params.by === 'vote' ? 'vote' : 'mean';
  const model = combineModels(models, weights, by, { kind: kind.id, version: kind.version, params, title: kind.title });
  const sum = weights.reduce((all, weight) => all + weight, 0);
  for (const [place, each] of models.entries()) {
    const share = weights.length > 0 ? weights[place] / sum : 1 / models.length;
    const words = { place: place + 1, model: modelName(each), percent: Number((100 * share).toPrecision(3)) };
    log(phrase('log.combined', '{place}. {model}: {percent} %', words));
  }
  return { model };
};
