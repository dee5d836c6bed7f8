/** Scoring a file on the command line answers as the model itself does, with fractions, gaps and missing columns. */
import 'fake-indexeddb/auto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import type { Problem } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { defaults } from '../kind/params.ts';
import type { ColumnType } from '../kind/schema.ts';
import { learners } from '../learners/index.ts';
import { lookups } from '../nodes/lookup.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { setMetadata } from '../onnx/rewrite.ts';
import { fitModel } from '../recipe/fit-model.ts';
import { rawFrame } from '../recipe/frame.ts';
import { predictModel } from '../recipe/predict.ts';
import { prove } from '../recipe/prove.ts';
import { exportModel } from '../registry/model-package.ts';
import { registerModel } from '../registry/models.ts';
import { ABOUT, ORIGIN, testRegistry } from '../registry/test-registry.ts';
import { type Cell, cellAt } from '../table/column.ts';
import { readTable } from '../table/read.ts';
import { tableOf } from '../table/table.ts';
import { predictFile } from './predict-file.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-predict-'));
afterAll(() => rm(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);

const draw = stream(3, 'rows');
const weight = Array.from({ length: 120 }, () => draw.below(50));
const place = weight.map(() => 'xyz'[draw.below(3)]);
const heavy = weight.map((value, i) => value + (place[i] === 'x' ? 20 : 0) > 35);

/** A model of weight and place that tells `sort`. */
function train(sort: readonly [ColumnType, Cell[]]) {
  const rows = tableOf({ weight: ['integer', weight], place: ['category', place], sort });
  const { kind } = learners.find((item) => item.kind.id === 'learn.logistic')!;
  const spec = { kind: kind.id, version: kind.version, title: kind.title, params: { ...defaults(kind.params), target: 'sort' } };
  const run = { progress: () => {}, log: () => {}, stopRequested: () => false, backend: 'cpu' as const };
  return fitModel(rawFrame(rows), spec, lookups, { ...run, random: (purpose: string) => stream(1, purpose) });
}
const model = await train(['category', heavy.map((is) => (is ? 'heavy' : 'light'))]);

/** The CSV answer as one record per row. */
async function answers(file: string, rows: string, warn?: (problem: Problem) => void) {
  await writeFile(at('rows.csv'), rows);
  const { table } = await readTable(utf8(await predictFile(at(file), at('rows.csv'), warn)), { header: true });
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(table.fields.map(({ name }, i) => [name, cellAt(table.columns[i], row)])),
  );
}

beforeAll(async () => {
  const proof = await prove(model, undefined, lookups);
  await writeFile(at('m.onnx'), proof.bytes!);
  const registry = testRegistry();
  await registerModel(registry, 'sort', model, ABOUT, ORIGIN);
  await writeFile(at('m.millrace-model'), await exportModel(registry, 'sort', 'latest'));
});

test('a file that bears our schema and does what is not safe is refused, and so is one in a package', async () => {
  const graph = newGraph('g');
  const rows = graph.input('weight', 'float', ['batch', 1]);
  graph.output(graph.op('ShellExec', [rows], { dtype: 'float', dims: ['batch', 1] }), 'out');
  const hostile = encodeModel(graph.finish());
  const schema = JSON.stringify({ inputs: [{ name: 'weight', type: 'number' }] });
  await writeFile(at('hostile.onnx'), setMetadata(hostile, { 'millrace.schema': schema }));
  await expect(answers('hostile.onnx', 'weight\n1\n')).rejects.toMatchObject({ problem: { code: 'onnx.operator' } });
  const foreign = { ...model, foreign: { bytes: hostile, columns: { weight: 'weight' }, scores: 'out' } };
  const weight = tableOf({ weight: ['number', [1]], place: ['category', ['x']] });
  await expect(predictModel(foreign, weight, lookups)).rejects.toMatchObject({ problem: { code: 'onnx.operator' } });
});

test('a file that is not there is a problem that names it', async () => {
  await expect(predictFile(at('none.onnx'), at('rows.csv'))).rejects.toMatchObject({ problem: { code: 'file.unreadable' } });
  await expect(predictFile(at('m.onnx'), folder)).rejects.toThrow('is a folder');
});

test('classes of whole numbers are written as numbers', async () => {
  const signs = await train(['integer', heavy.map((is) => (is ? 1 : -1))]);
  await writeFile(at('signs.onnx'), (await prove(signs, undefined, lookups)).bytes!);
  await writeFile(at('rows.csv'), 'weight,place\n1,y\n49,x\n');
  const lines = (await predictFile(at('signs.onnx'), at('rows.csv'))).split(/\r?\n/);
  expect(lines.slice(1, 3).map((line) => line.split(',')[0])).toEqual(['-1', '1']);
});

describe.each(['m.onnx', 'm.millrace-model'])('%s', (file) => {
  test('answers as the model does: a fraction where training had whole numbers, a gap, an unseen category', async () => {
    const found = await answers(file, 'place,weight\nx,30.5\nz,\nnowhere,12\n,40\n');
    const rows = tableOf({
      weight: ['number', [30.5, null, 12, 40]],
      place: ['category', ['x', 'z', 'nowhere', null]],
    });
    const { labels, probabilities } = await predictModel(model, rows, lookups);
    expect(found.map((row) => row.label)).toEqual([0, 1, 2, 3].map((row) => cellAt(labels, row)));
    for (const [row, answer] of found.entries()) {
      expect(answer['P(heavy)']).toBeCloseTo(probabilities![row * 2], 6);
      expect(answer['P(light)']).toBeCloseTo(probabilities![row * 2 + 1], 6);
    }
    expect(found[0]['P(heavy)']).not.toBeCloseTo(found[1]['P(heavy)'] as number, 3);
  });

  test('a cell that is no number is told of; a column that is not there is a problem that names it', async () => {
    const warned: string[] = [];
    await answers(file, 'weight,place\nmany,x\n7,y\n', (problem) => warned.push(problem.message));
    expect(warned).toHaveLength(1);
    expect(warned[0]).toContain('“weight”');
    await expect(answers(file, 'place\nx\n')).rejects.toMatchObject({
      problem: { code: 'score.missing-columns', at: { column: 'weight' } },
    });
  });
});
