/** A target that was normalised before training: predictions, scores and the ONNX file are in its original units (contracts §1 rule 8). */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import type { ParamValues } from '../kind/params.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { predictModel } from '../recipe/predict.ts';
import { prove } from '../recipe/prove.ts';
import type { Results } from '../recipe/results.ts';
import { rowsToScore } from '../recipe/score.ts';
import { cellsOf } from '../table/column.ts';
import { tableOf } from '../table/table.ts';
import { lookups } from './lookup.ts';
import { runKind } from './run-kind.fixture.ts';

const draw = stream('target scale');
const size = Array.from({ length: 200 }, () => 20 + draw.below(180));
/** About 1,500 a square metre: far from every scale that a normalised column has. */
const price = size.map((value) => 1500 * value + 10_000 * draw.normal());
const houses = () => rawFrame(tableOf({ size: ['number', size], price: ['number', price] }));
const on = async (kind: string, params: ParamValues, table: Frame) => (await runKind(kind, params, { table })).outputs.table as Frame;

async function trained(prepared: Frame, target = 'price') {
  const { train, test: held } = (await runKind('prepare.split', { seed: 1 }, { table: prepared })).outputs as Record<string, Frame>;
  return { model: (await runKind('learn.linear', { target }, { table: train })).outputs.model as Model, held };
}
const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);

test.each(['zscore', 'minmax', 'maxabs', 'robust', 'log1p'])('%s', async (method) => {
  const plain = await trained(houses());
  const { model, held } = await trained(await on('features.normalise', { method }, houses()));
  expect(model.targets).toMatchObject([{ kind: 'features.normalise', column: 'price' }]);
  expect(model.about.notes.map(inEnglish).join()).toContain('turned back to its original units');
  const { labels } = await predictModel(model, tableOf({ size: ['number', [50, 100]] }), lookups);
  const wanted = (await predictModel(plain.model, tableOf({ size: ['number', [50, 100]] }), lookups)).codes;
  // The other scales are straight lines, so that least squares finds the same one; the logarithm bends it.
  const answers = cellsOf(labels).map(Number);
  for (const [i, answer] of answers.entries()) expect(relative(answer, wanted[i])).toBeLessThan(method === 'log1p' ? 0.35 : 1e-6);

  const rmse = async ({ model, held }: typeof plain) => {
    const { outputs } = await runKind('evaluate.evaluate', {}, { model }, { table: [held] });
    return (outputs.results as Results).models[0].metrics.rmse;
  };
  // On the scale of the target, whose deviation is about 78,000.
  if (method === 'log1p') expect(await rmse({ model, held })).toBeLessThan(60_000);
  else expect(relative(await rmse({ model, held }), await rmse(plain))).toBeLessThan(1e-6);
  const proof = await prove(model, rowsToScore(model, held).rows, lookups);
  if (proof.problem) throw new Error(proof.problem.message);
  expect(proof.certificate.passed).toBe(true);
});

test('normalised among others and renamed after: its own scale is taken back', async () => {
  const scaled = await on('features.normalise', {}, houses());
  const renamed = await on('prepare.rename', { names: [{ from: 'price', to: 'cost' }] }, scaled);
  const { model } = await trained(renamed, 'cost');
  expect(model.targets).toMatchObject([{ column: 'price' }]);
  const [cost] = cellsOf((await predictModel(model, tableOf({ size: ['number', [100]] }), lookups)).labels);
  expect(relative(Number(cost), 150_000)).toBeLessThan(0.1);
  const twice = await trained(
    await on('features.normalise', { method: 'minmax' }, await on('features.normalise', { method: 'log1p' }, houses())),
  );
  expect(twice.model.targets).toHaveLength(2);
  const [again] = cellsOf((await predictModel(twice.model, tableOf({ size: ['number', [100]] }), lookups)).labels);
  expect(relative(Number(again), 150_000)).toBeLessThan(0.2);
});

test.each(['tanh', 'logistic', 'power'])('%s has no way back from every answer, so the learner says so', async (method) => {
  await expect(trained(await on('features.normalise', { method }, houses()))).rejects.toMatchObject({
    problem: { code: 'model.target-no-inverse' },
  });
});
