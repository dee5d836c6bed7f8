/** Train goes on from a model: as the learner alone does, behind the model's own preparation, or says why it cannot. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { fillParams } from '../../kind/fill.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FittedBoosting } from '../../learners/boosting/fit.ts';
import { learners } from '../../learners/index.ts';
import { fitModel } from '../../recipe/fit-model.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { fitRun } from '../../recipe/toy.fixture.ts';
import { type Cell, columnOf } from '../../table/column.ts';
import { tableOf } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';

function flowers(rows: number, seed: string, labels: readonly string[] = ['oak', 'elm']): Frame {
  const random = stream('train test', seed);
  const size = Array.from({ length: rows }, (): Cell => (random.below(10) === 0 ? null : random.normal()));
  const colour = Array.from({ length: rows }, () => ['red', 'blue', 'white'][random.below(3)]);
  const y = size.map(
    (v, i): Cell => (random.below(20) === 0 ? null : labels[((v as number) ?? 0) + (colour[i] === 'red' ? 1 : 0) > 0.5 ? 1 : 0]),
  );
  return rawFrame(tableOf({ size: ['number', size], colour: ['category', colour], y: ['category', y] }));
}
const specOf = (id: string, params: ParamValues = {}) => {
  const { kind } = learners.find((entry) => entry.kind.id === id)!;
  return { kind: kind.id, version: kind.version, params: fillParams(kind.params, { target: 'y', ...params }), title: kind.title };
};
const boosting = (rounds: number) => specOf('learn.boosting', { rounds, min_leaf: 5 });
const first = (frame: Frame, rounds: number) => fitModel(frame, boosting(rounds), lookups, fitRun);
const goOn = async (model: Model, frame: Frame, spec = boosting(6)) => {
  const { outputs, log } = await runKind('evaluate.train', {}, { learner: spec, table: frame, model });
  return { model: outputs.model as Model, log };
};

describe('Train from a model', () => {
  it('gives the bits of one go on the same rows', async () => {
    const frame = flowers(200, 'a');
    const whole = await first(frame, 10);
    const { model } = await goOn(await first(frame, 4), frame);
    const bits = (one: Model) => [...(one.fitted as FittedBoosting).forest.value];
    expect(bits(model)).toEqual(bits(whole));
    expect(model.about.curve).toEqual(whole.about.curve);
    expect(model.about.rowCount).toBe(whole.about.rowCount);
    expect(model.learned).toEqual(whole.learned);
    expect(model.seen).toEqual(whole.seen);
  });

  it('learns from new rows behind its own preparation, counts both, and leaves rows without a target out', async () => {
    const before = await first(flowers(200, 'a'), 5);
    const frame = flowers(150, 'b');
    const { model, log } = await goOn(before, frame);
    expect((model.fitted as FittedBoosting).rounds).toBe(11);
    expect(model.featuriser).toEqual(before.featuriser);
    expect(model.about.rowCount).toBeGreaterThan(before.about.rowCount + 120);
    expect(model.about.rowCount).toBeLessThan(before.about.rowCount + 150);
    expect(log.join('\n')).toMatch(/Continued with 1\d\d rows, after \d+ rows/);
    expect(log.join('\n')).toMatch(/without a target or a weight were left out/);
    expect(model.learned.source).toBe(frame.rows.source);
    const low = (one: Model) => one.seen!.size.range![0];
    expect(low(model)).toBeLessThanOrEqual(low(before));
    const loss = async (one: Model) => {
      const { probabilities } = await predictModel(one, frame.table, lookups);
      const y = frame.table.columns[2];
      if (y.type !== 'category') throw new Error('not a category');
      let sum = 0;
      for (let i = 0; i < y.length; i++)
        if (y.codes[i] >= 0) sum += 1 - probabilities![2 * i + one.classes!.indexOf(y.dictionary[y.codes[i]])];
      return sum;
    };
    expect(await loss(model)).toBeLessThan(await loss(before));
  });

  it('says why it cannot', async () => {
    const frame = flowers(120, 'a');
    const model = await first(frame, 3);
    const codeOf = async (work: Promise<unknown>) =>
      work.then(
        () => 'no problem',
        (error) => error.problem.code,
      );
    expect(await codeOf(goOn(model, frame, specOf('learn.logistic')))).toBe('train.cannot-continue');
    const tree = await fitModel(frame, specOf('learn.tree'), lookups, fitRun);
    expect(await codeOf(goOn(tree, frame, specOf('learn.tree')))).toBe('train.cannot-continue');
    expect(await codeOf(goOn(model, flowers(60, 'c', ['oak', 'ash'])))).toBe('train.new-class');
    const nobody = flowers(5, 'd');
    const table = {
      ...nobody.table,
      columns: nobody.table.columns.map((column, j) => (j === 2 ? columnOf('category', [null, null, null, null, null]) : column)),
    };
    expect(await codeOf(goOn(model, rawFrame(table)))).toBe('train.no-rows');
  });
});
