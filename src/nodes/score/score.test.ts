/** Score's columns as asked for: names, what stays beside them, and the threshold; Evaluate reads roles and finds them all. */
import { expect, test } from 'vitest';
import { fillParams } from '../../kind/fill.ts';
import type { ParamValues } from '../../kind/params.ts';
import { learners } from '../../learners/index.ts';
import { fitModel } from '../../recipe/fit-model.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { judgeFrames } from '../../recipe/judge.ts';
import { fitRun } from '../../recipe/toy.fixture.ts';
import { cellsOf } from '../../table/column.ts';
import { columnNamed, schemaOf, tableOf } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';
import { score } from './kind.ts';

const people = () => {
  const t = tableOf({
    id: ['integer', [1, 2, 3, 4, 5, 6, 7, 8]],
    x: ['number', [1, 2, 3, 4, 5, 6, 7, 8]],
    y: ['category', ['no', 'no', 'no', 'yes', 'no', 'yes', 'yes', 'yes']],
  });
  return rawFrame({ ...t, fields: t.fields.map((field) => (field.name === 'id' ? { ...field, role: 'id' as const } : field)) });
};
async function scored(params: ParamValues) {
  const { kind } = learners.find((entry) => entry.kind.id === 'learn.logistic')!;
  const spec = { kind: kind.id, version: kind.version, params: fillParams(kind.params, { target: 'y' }), title: kind.title };
  const model = await fitModel(people(), spec, lookups, fitRun);
  const { outputs } = await runKind('evaluate.score', params, { model, table: people() });
  const frame = outputs.table as Frame;
  const inputs = {
    model: {
      type: 'model' as const,
      inputs: { columns: model.inputs },
      task: model.task,
      target: 'y',
      classes: model.classes,
      exportable: true as const,
    },
    table: { type: 'table' as const, schema: schemaOf(people().table) },
  };
  const known = score.schema({ params: fillParams(score.params, params), inputs, lists: {} }).table;
  return {
    names: frame.table.fields.map((field) => field.name),
    known: known?.type === 'table' ? known.schema.columns.map((column) => column.name) : [],
    frame,
    cells: (name: string) => cellsOf(columnNamed(frame.table, name)),
  };
}

test('names are ours or Azure’s, and the picker knows them before the run', async () => {
  const ours = await scored({});
  expect(ours.names).toEqual(['id', 'x', 'y', 'predicted', 'P(no)', 'P(yes)']);
  expect(ours.known).toEqual(ours.names);
  const azure = await scored({ names: 'azure', keep: false });
  expect(azure.names).toEqual(['id', 'y', 'Scored Labels', 'Scored Probabilities_no', 'Scored Probabilities_yes']);
  expect(azure.known).toEqual(azure.names);
  expect(judgeFrames([azure.frame]).models[0].metrics).toEqual(judgeFrames([ours.frame]).models[0].metrics);
});

test('a prefix tells models apart, and probabilities may stay out', async () => {
  const forest = await scored({ prefix: 'forest ', keep: false });
  expect(forest.names).toEqual(['id', 'y', 'forest predicted', 'forest P(no)', 'forest P(yes)']);
  expect(forest.known).toEqual(forest.names);
  const bare = await scored({ probabilities: false });
  expect(bare.names).toEqual(['id', 'x', 'y', 'predicted']);
  expect(bare.known).toEqual(bare.names);
  const full = judgeFrames([(await scored({})).frame]).models[0].metrics;
  const few = judgeFrames([bare.frame]).models[0].metrics;
  expect(few.accuracy).toBe(full.accuracy);
  expect(few.auc).toBeUndefined();
});

test('the threshold decides between two classes', async () => {
  const at = async (threshold: number | null) => {
    const { cells } = await scored({ threshold });
    return { labels: cells('predicted'), shares: cells('P(yes)') as number[] };
  };
  const usual = await at(null);
  expect(usual.labels).toEqual(usual.shares.map((share) => (share > 0.5 ? 'yes' : 'no')));
  const strict = await at(0.9);
  expect(strict.labels).toEqual(strict.shares.map((share) => (share >= 0.9 ? 'yes' : 'no')));
  expect((await at(0)).labels).toEqual(Array(8).fill('yes'));
});

test('a model without an error that looks at one column is doubted, one with errors is not', async () => {
  const n = 120;
  const list = <T>(make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
  const { kind } = learners.find((entry) => entry.kind.id === 'learn.tree')!;
  const spec = { kind: kind.id, version: kind.version, params: fillParams(kind.params, { target: 'y' }), title: kind.title };
  const doubts = async (wrong: number) => {
    const y = list((i) => (i % 2 === (i < wrong ? 1 : 0) ? 'yes' : 'no'));
    const frame = rawFrame(
      tableOf({ noise: ['number', list((i) => (i * 37) % 11)], shop: ['integer', list((i) => i % 2)], y: ['category', y] }),
    );
    const { outputs } = await runKind('evaluate.score', {}, { model: await fitModel(frame, spec, lookups, fitRun), table: frame });
    const [{ notes }] = judgeFrames([outputs.table as Frame]).models;
    return notes.flatMap((note) => (typeof note === 'object' && note.code === 'note.too-good' ? [note.args?.column] : []));
  };
  expect(await doubts(0)).toEqual(['shop']);
  expect(await doubts(30)).toEqual([]);
});

test('a column that is the target in other units is told, one that merely goes along is not', async () => {
  const n = 200;
  const list = (make: (i: number) => number) => Array.from({ length: n }, (_, i) => make(i));
  const { kind } = learners.find((entry) => entry.kind.id === 'learn.tree')!;
  const spec = { kind: kind.id, version: kind.version, params: fillParams(kind.params, { target: 'y', max_depth: 3 }), title: kind.title };
  const price = list((i) => 1 + ((i * 71) % n));
  const told = async (y: number[]) => {
    const frame = rawFrame(tableOf({ noise: ['number', list((i) => (i * 37) % 11)], price: ['number', price], y: ['number', y] }));
    const { outputs } = await runKind('evaluate.score', {}, { model: await fitModel(frame, spec, lookups, fitRun), table: frame });
    const [{ notes }] = judgeFrames([outputs.table as Frame]).models;
    return notes.flatMap((note) => (typeof note === 'object' && note.code === 'note.retells' ? [note.args?.column] : []));
  };
  expect(await told(price.map((value) => Math.log10(value)))).toEqual(['price']);
  expect(await told(price.map((value) => -2 * value))).toEqual(['price']);
  expect(await told(price.map((value, i) => value + (i % 3)))).toEqual([]);
});
