/** Contracts §1 rules 6–9 and §2 on toy steps: what a model keeps, how it scores any table, targets in original units. */
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../base/problem.ts';
import { inEnglish } from '../base/words.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession } from '../onnx/session.ts';
import { cellsOf, numeric } from '../table/column.ts';
import { type Table, tableOf, withColumn } from '../table/table.ts';
import { fitModel } from './fit-model.ts';
import { type Frame, rawFrame, type Step } from './frame.ts';
import { judgeFrames } from './judge.ts';
import { lowerModel } from './lower-model.ts';
import type { Model } from './model.ts';
import { predictModel } from './predict.ts';
import { scoreFrame } from './score.ts';
import { splitFrame } from './split-frame.ts';
import {
  centre,
  copy,
  drop,
  fitRun,
  groupMean,
  halveTarget,
  impute,
  lookUp,
  lookups,
  rename,
  run,
  spec,
  stack,
  tenfold,
  twice,
} from './toy.fixture.ts';

const houses = (): Table =>
  tableOf({
    size: ['number', [1, 2, 3, 4]],
    town: ['category', ['a', 'b', 'a', null]],
    price: ['number', [10, 20, 30, 40]],
    key: ['category', ['k', 'l', 'k', 'l']],
  });
const withRole = (t: Table, name: string, role: 'target' | 'weight' | 'id' | 'group'): Table => ({
  ...t,
  fields: t.fields.map((field) => (field.name === name ? { ...field, role } : field)),
});
const frameOf = (t = houses()): Frame => rawFrame(t);
const price = { target: 'price', features: { names: ['size'] } };
const fit = (frame: Frame, params = {}): Promise<Model> => fitModel(frame, spec({ ...price, ...params }), lookups, fitRun);
const predict = async (model: Model, t: Table) => [...(await predictModel(model, t, lookups)).codes];
const problemOf = async (attempt: Promise<unknown>): Promise<string> => {
  const error = await attempt.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem.code;
};

describe('a model', () => {
  it('needs only the raw columns that its features come from, under their raw names', async () => {
    const frame = await run(rename, { column: 'size', to: 'area' }, await run(tenfold, { column: 'size' }, frameOf()));
    const model = await fit(frame, { features: { names: ['area'] } });
    expect(model.inputs.map((input) => input.name)).toEqual(['size']);
    expect(model.rawTarget).toBe('price');
    expect(await predict(model, tableOf({ size: ['number', [1, null]] }))).toEqual([35, 50]);
  });
  it('predicts from raw rows what it learned from', async () => {
    const frame = await run(
      centre,
      { column: 'size' },
      await run(impute, { column: 'size' }, frameOf(withColumn(houses(), 'size', numeric(Float64Array.of(1, NaN, 3, 8))))),
    );
    const model = await fit(frame);
    const { saw, mean } = model.fitted as { saw: number[]; mean: number };
    expect(saw).toEqual(cellsOf(frame.table.columns[0]));
    const scored = await predict(model, frame.sources[frame.rows.source]);
    expect(scored).toEqual(saw.map((value) => mean + value));
  });
  it('does not replay row steps, and its card lists them', async () => {
    const frame = await run(twice, {}, await run(drop, { column: 'town' }, frameOf()));
    const model = await fit(frame);
    expect(model.about.rowCount).toBe(6);
    expect([...model.learned.ids]).toEqual([0, 1, 2]);
    expect(model.about.notes.map(inEnglish).join()).toContain('Trained without the 1 row that “drop” left out');
    expect((await predictModel(model, houses(), lookups)).codes).toHaveLength(4);
  });
  it('carries a joined lookup and says when its inputs are what a step made', async () => {
    const right = await run(groupMean, { key: 'key', column: 'size' }, frameOf());
    const model = await fit(await run(lookUp, { key: 'key' }, frameOf(), right), { features: { names: ['mean'] } });
    expect(model.inputs.map((input) => input.name)).toContain('key');
    expect(
      await predict(model, tableOf({ size: ['number', [0, 0]], town: ['category', ['a', 'a']], key: ['category', ['l', 'z']] })),
    ).toEqual([28, 27.5]);
    const behind = await fit(await run(stack, {}, await run(tenfold, { column: 'size' }, frameOf()), frameOf()));
    expect(behind.about.notes.map(inEnglish).join()).toContain('columns made by “stack”');
  });
  it('says when a feature is computed from the target', async () => {
    const model = await fit(await run(copy, { column: 'price' }, frameOf()), { features: { names: ['size', 'copy'] } });
    expect(model.about.notes.map(inEnglish).join()).toContain('“copy” is computed from the target by “copy”');
  });
  it('leaves out rows whose target or weight is missing, and counts them', async () => {
    const t = withRole(withColumn(houses(), 'price', numeric(Float64Array.of(10, NaN, 30, 40))), 'key', 'id');
    const model = await fit(
      rawFrame(withRole(withColumn(t, { name: 'w', role: 'weight' }, numeric(Float64Array.of(1, 1, -1, 2))), 'key', 'id')),
      { features: { all: true } },
    );
    expect(model.about.rowCount).toBe(2);
    expect(model.about.notes.map(inEnglish).join()).toMatch(/1 row where “price” is missing.*1 row whose weight/);
    expect(model.inputs.map((input) => input.name)).toEqual(['size', 'town']);
  });
  it('refuses a target with one value, a missing one, and a table without features', async () => {
    expect(await problemOf(fit(frameOf(tableOf({ size: ['number', [1, 2]], price: ['category', ['x', 'x']] }))))).toBe('model.one-class');
    expect(await problemOf(fit(frameOf(), { target: 'gone' }))).toBe('model.target-gone');
    expect(await problemOf(fit(frameOf(), { features: { names: [] } }))).toBe('model.no-features');
    expect(await problemOf(fit(frameOf(tableOf({ size: ['number', [1]], price: ['number', [null]] }))))).toBe('model.no-rows');
  });
});

describe('rule 7: any table is scored by its raw columns', () => {
  const model = async () => fit(await run(centre, { column: 'size' }, frameOf()));
  const scores = (frame: Frame) => cellsOf(frame.table.columns.at(-1)!);
  it('with the model’s own recipe at the table’s rows; other steps drawn on it are ignored and named', async () => {
    const other = await run(drop, { column: 'town' }, await run(tenfold, { column: 'size' }, frameOf()));
    const { frame, notes } = await scoreFrame(await model(), other, lookups);
    expect(scores(frame)).toEqual([23.5, 24.5, 25.5]);
    expect(notes.map(inEnglish).join()).toContain('“tenfold” on this table is not part of it');
    expect(frame.table.fields.at(-1)).toMatchObject({ name: 'predicted', role: 'prediction', of: 'price' });
  });
  it('a table without a source that fits is taken as raw, types cast; what is missing is listed', async () => {
    const bare = rawFrame(tableOf({ size: ['integer', [1, 4]] }));
    expect(scores((await scoreFrame(await model(), bare, lookups)).frame)).toEqual([23.5, 26.5]);
    expect(await problemOf(scoreFrame(await model(), rawFrame(tableOf({ town: ['category', ['a']] })), lookups))).toBe(
      'score.missing-columns',
    );
    expect(await problemOf(scoreFrame(await model(), rawFrame(tableOf({ size: ['category', ['a']] })), lookups))).toBe(
      'score.missing-columns',
    );
  });
  it('learned rows are labelled as training score, held-out rows are not', async () => {
    const by = { kind: 't', version: 1, params: {}, title: 'Split' };
    const [train, test] = await splitFrame(frameOf(), [Int32Array.of(0, 1, 2), Int32Array.of(3)], by, lookups.step);
    const trained = await fit(train);
    const judge = async (frame: Frame) => judgeFrames([(await scoreFrame(trained, frame, lookups)).frame]).models[0];
    expect(inEnglish((await judge(train)).notes[0])).toContain('Training score');
    expect((await judge(test)).notes.map(inEnglish).join()).not.toContain('Training score');
    expect([...(await judge(test)).ids]).toEqual([3]);
    expect(inEnglish((await judge(frameOf())).notes[0])).toContain('3 of 4');
  });
  it('two models in one table are judged side by side, also after rows are filtered', async () => {
    const first = (await scoreFrame(await model(), frameOf(), lookups)).frame;
    const both = (await scoreFrame(await fit(frameOf()), first, lookups)).frame;
    const kept = await run(drop, { column: 'town' }, both);
    const { models, primary } = judgeFrames([kept]);
    expect(models.map((result) => inEnglish(result.name))).toEqual(['Sum', 'Sum (2)']);
    expect([...models[1].ids]).toEqual([0, 1, 2]);
    expect(models[0].truth).toEqual(Float64Array.of(10, 20, 30));
    expect(primary).toBe('rmse');
  });
  it('without predictions or truth there is a Problem', async () => {
    expect(await problemOf((async () => judgeFrames([frameOf()]))())).toBe('evaluate.not-scored');
    const bare = (await scoreFrame(await model(), rawFrame(tableOf({ size: ['number', [1]] })), lookups)).frame;
    expect(await problemOf((async () => judgeFrames([bare]))())).toBe('evaluate.no-truth');
  });
});

describe('rule 8: the target’s own path', () => {
  it('is never applied at scoring and its inverse ends the model; metrics are in original units', async () => {
    const frame = await run(centre, { column: 'size' }, await run(halveTarget, { column: 'price' }, frameOf()));
    const model = await fit(frame);
    expect(model.targets.map((step) => step.kind)).toEqual(['toy.halve']);
    expect((model.recipe.entries[1] as Step).skipped).toBe(true);
    expect(await predict(model, tableOf({ size: ['number', [2.5]] }))).toEqual([25]);
    const judged = judgeFrames([(await scoreFrame(model, frame, lookups)).frame]).models[0];
    expect(judged.truth).toEqual(Float64Array.of(10, 20, 30, 40));
  });
  it('a learned inverse undoes what the target went through', async () => {
    const model = await fit(await run(centre, { column: 'price' }, frameOf()), { features: { names: ['size'] } });
    expect(model.targets).toMatchObject([{ kind: 'toy.centre', fitted: 25 }]);
    expect(await predict(model, tableOf({ size: ['number', [0]] }))).toEqual([25]);
  });
  it('a change without a way back is refused, one that changes nothing is not', async () => {
    expect(await problemOf(fit(await run(tenfold, { column: 'price' }, frameOf())))).toBe('model.target-no-inverse');
    expect((await fit(await run(impute, { column: 'price' }, frameOf()))).targets).toEqual([]);
  });
});

describe('classes', () => {
  const classify = (type: 'boolean' | 'integer' | 'category', cells: (string | number | boolean | null)[]) =>
    fitModel(frameOf(tableOf({ size: ['number', cells.map((_, i) => i)], y: [type, cells] })), spec({ target: 'y' }), lookups, fitRun);
  it('are distinct training values in contract order, decoded in the target’s type', async () => {
    expect((await classify('boolean', [true, false, null])).classes).toEqual(['false', 'true']);
    expect((await classify('integer', [10, 9, 9])).classes).toEqual(['9', '10']);
    const model = await classify('category', ['é', 'z', 'Z', 'z']);
    expect(model.classes).toEqual(['Z', 'z', 'é']);
    expect(model.positive).toBe('é');
    const predicted = await predictModel(model, tableOf({ size: ['number', [0]] }), lookups);
    expect(cellsOf(predicted.labels)).toEqual(['z']);
    expect([...predicted.probabilities!]).toEqual([0.25, 0.5, 0.25]);
  });
});

it('one graph: raw columns with missing and unseen values give what the model gives', async () => {
  const model = await fit(frameOf(), { features: { names: ['size', 'town'] } });
  const graph = await lowerModel(model, lookups);
  if ('message' in graph) throw new Error(graph.message);
  expect(graph.inputs.map((input) => [input.name, input.dtype])).toEqual([
    ['size', 'double'],
    ['town', 'string'],
  ]);
  const session = await createSession(encodeModel(graph, { producer: { name: 'test', version: '' } }));
  const rows = tableOf({ size: ['number', [1, null, 3]], town: ['category', ['b', 'unseen', null]] });
  const answer = await session.run({
    size: { dtype: 'double', dims: [3, 1], data: [1, Number.NaN, 3] },
    town: { dtype: 'string', dims: [3, 1], data: ['b', 'unseen', ''] },
  });
  await session.release();
  expect([...(answer.prediction.data as Float32Array)]).toEqual(await predict(model, rows));
  const through = await fit(await run(tenfold, { column: 'size' }, frameOf()));
  expect(await lowerModel(through, lookups)).toMatchObject({ code: 'onnx.step', args: { kind: 'toy.tenfold' } });
});
