/** Runs Combine models: one model around those that are wired, in the order of their wires. */
import { ProblemError } from '../../base/problem.ts';
import { phrase, type Words } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import { combineModels, combineStack, sharesOf } from '../../recipe/combine-models.ts';
import { modelName } from '../../recipe/model.ts';
import { type AnyModel, rowModel, seriesModel } from '../../recipe/series-model.ts';
import { combineSeries } from '../../series/combine.ts';
import { combineModels as kind } from './kind.ts';
import { FOR_ROWS, FOR_SERIES, isBySeries, MIXED } from './ways.ts';

const nameOf = (model: AnyModel): Words => (model.shape === 'series' ? (model.title ?? model.target) : modelName(model));

export const run: NodeCode['run'] = async ({ lists, params, log }) => {
  const models = (lists.models ?? []) as AnyModel[];
  const weights = (params.weights as { weight: number }[]).map(({ weight }) => weight);
  const maker = { kind: kind.id, version: kind.version, params, title: kind.title };
  const { by } = params;
  const told = (says: readonly number[]) => {
    for (const [place, each] of models.entries()) {
      const words = { place: place + 1, model: nameOf(each), percent: Number((100 * says[place]).toPrecision(3)) };
      log(phrase('log.combined', '{place}. {model}: {percent} %', words));
    }
  };
  const series = models.filter(({ shape }) => shape === 'series').length;
  if (series > 0) {
    if (series < models.length) throw new ProblemError(MIXED);
    if (by === 'vote' || by === 'stack') throw new ProblemError(FOR_ROWS);
    const { model, says } = combineSeries(models.map(seriesModel), isBySeries(by) ? by : sharesOf(weights, models), maker);
    told(says);
    return { model };
  }
  if (isBySeries(by)) throw new ProblemError(FOR_SERIES);
  const rows = models.map(rowModel);
  const shift = (params.shift as { shift: number }[]).map((item) => item.shift);
  const model =
    by === 'stack' ? combineStack(rows, weights, shift, maker) : combineModels(rows, weights, by === 'vote' ? 'vote' : 'mean', maker);
  told(sharesOf(weights, models));
  return { model };
};
