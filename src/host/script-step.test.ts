/** A script that gives one row for each row goes with the model: split, folds, scoring, and no ONNX file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type PipelineDocument } from '../engine/document.ts';
import type { ParamValues } from '../kind/params.ts';
import type { Services } from '../kind/run.ts';
import { allNodes } from '../nodes/registry.ts';
import { script } from '../nodes/script/kind.ts';
import { testContext } from '../nodes/test-context.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import type { Results } from '../recipe/results.ts';
import { cellsOf } from '../table/column.ts';
import { columnNamed, type Table, tableOf } from '../table/table.ts';
import { createNodeEngine } from './node.ts';
import { nodeScripts } from './sandbox-node.ts';

const kinds = new Map(allNodes.map((entry) => [entry.kind.id, entry]));
/** Runs a node, and counts the rows that each call of the sandbox gets. */
async function runs(id: string, params: ParamValues, inputs: Record<string, unknown>) {
  const { kind, load } = kinds.get(id)!;
  const asked: number[] = [];
  const runScript: Services['runScript'] = (source, tables, ...rest) => {
    asked.push((tables as { columns: { values: { length: number } }[] }[])[0].columns[0].values.length);
    return nodeScripts(true)(source, tables, ...rest);
  };
  const { context, lines, problems } = testContext(kind, params, inputs, { runScript });
  return { outputs: await (await load()).run(context), lines, problems, asked };
}
const ROWS = 40;
const width = Array.from({ length: ROWS }, (_, i) => (i * i) % 17);
const height = Array.from({ length: ROWS }, (_, i) => (i * i * 3) % 23);
const area = width.map((w, i) => w * height[i]);
const boxes = ({ fields, columns, rowCount }: Table): Table => ({
  fields: fields.map((field) => (field.name === 'y' ? { ...field, role: 'target' } : field)),
  columns,
  rowCount,
});
const table = boxes(
  tableOf({
    width: ['number', width],
    y: ['number', area.map((a) => 3 * a + 1)],
    height: ['number', height],
    note: ['text', width.map((w) => `w${w}`)],
  }),
);
const AREA = `log('ran'); return { ...tables[0], area: tables[0].width.map((w, i) => w * tables[0].height[i]) };`;
const scripted = async (source: string, from = table) => {
  const { outputs, lines, asked } = await runs(script.id, { source, oneToOne: true }, { table: [rawFrame(from)] });
  return { frame: outputs.table as Frame, lines, asked };
};
const failing = (source: string, from = table) =>
  scripted(source, from).then(
    () => undefined,
    (error) => error.problem.code,
  );

/** Rows typed in, a script behind them, and a table behind that. */
const pipeline = (source: string): PipelineDocument => {
  const node = (id: string, kind: string, params: ParamValues) => ({ id, kind, version: 1, params, position: { x: 0, y: 0 } });
  const wire = (id: string, from: string, to: string) => ({ id, from: { node: from, port: 'table' }, to: { node: to, port: 'table' } });
  return {
    ...emptyDocument('p', 'Scripted'),
    nodes: {
      rows: node('rows', 'data.enter', { source: 'csv', csv: 'width,height\n1,2\n3,4\n' }),
      script: node('script', script.id, { source }),
      table: node('table', 'look.table', {}),
    },
    wires: { a: wire('a', 'rows', 'script'), b: wire('b', 'script', 'table') },
  };
};
const cells = (frame: Frame, name: string) => cellsOf(columnNamed(frame.table, name));

describe('a script with one row out for each row in', () => {
  it('joins the recipe, does not see the target and passes on what it leaves as it is', async () => {
    const { frame, lines, asked } = await scripted(AREA);
    expect(cells(frame, 'area')).toEqual(area);
    expect(frame.table.fields.map((field) => field.name)).toEqual(['width', 'y', 'height', 'note', 'area']);
    expect(frame.recipe.entries.map((entry) => entry.type)).toEqual(['raw', 'step']);
    const [, step] = frame.recipe.entries;
    expect(step).toMatchObject({ kind: script.id, rows: 'keep', learns: false });
    expect(step.type === 'step' && step.columns?.filter((column) => column.kept).map((column) => column.name)).toEqual([
      'width',
      'y',
      'height',
      'note',
    ]);
    expect([lines, asked]).toEqual([['ran'], [ROWS, ROWS / 2]]);
    expect(await failing('return { saw: tables[0].y.map((v) => v) };')).toBe('script.run');
    expect(await failing('return { y: tables[0].width };')).toBe('script.target');
  });

  it('is run again on other rows: at a split, in folds and at scoring', async () => {
    const { frame } = await scripted(AREA);
    const split = await runs('prepare.split', { test: 0.25 }, { table: frame });
    const [train, test] = [split.outputs.train as Frame, split.outputs.test as Frame];
    expect(split.asked).toContain(ROWS);
    const learner = { kind: 'learn.linear', params: { target: 'y' } };
    const trained = await runs(learner.kind, learner.params, { table: train });
    const model = trained.outputs.model as Model;
    expect(model.inputs.map((input) => input.name)).toEqual(['width', 'height', 'note']);
    const fresh = rawFrame(tableOf({ height: ['integer', [3]], width: ['integer', [2]], note: ['text', ['w2']] }));
    const scored = await runs('evaluate.score', {}, { model, table: fresh });
    expect(scored.asked).toEqual([1]);
    const judged = await runs('evaluate.evaluate', {}, { model, table: [test] });
    expect((judged.outputs.results as Results).models[0].metrics.r2).toBeGreaterThan(0.99);
    const folds = await runs('evaluate.cross-validate', { folds: 3 }, { table: frame, learner: [trained.outputs.learner] });
    expect((folds.outputs.results as Results).models[0].metrics.r2).toBeGreaterThan(0.99);
    expect(folds.asked.length).toBeGreaterThan(5);
    const exported = runs('deliver.export-onnx', {}, { model, table: test });
    await expect(exported).rejects.toMatchObject({ problem: { code: 'onnx.step' } });
  });

  it('is refused when rows are lost, mixed, sorted or drawn by chance, or when columns come and go', async () => {
    const rows = (code: string) => `const t = tables[0]; return { a: ${code} };`;
    expect(await failing(rows('t.width.slice(1)'))).toBe('script.row-count');
    expect(await failing(rows('t.width.map((w) => w - t.width.reduce((a, b) => a + b) / t.width.length)'))).toBe('script.mixes-rows');
    expect(await failing(rows('t.width.map((w, i) => t.width[i - 1] ?? 0)'))).toBe('script.mixes-rows');
    expect(await failing(rows('[...t.width].sort((a, b) => a - b)'))).toBe('script.mixes-rows');
    expect(await failing(rows('[...t.width].reverse()'))).toBe('script.mixes-rows');
    expect(await failing(rows('t.width.map((_, i) => i)'))).toBe('script.mixes-rows');
    expect(await failing(rows('t.width.map(() => Math.random())'))).toBe('script.mixes-rows');
    expect(await failing('return { ["n" + tables[0].width.length]: tables[0].width };')).toBe('script.other-columns');
    expect(await failing(rows('t.width.map((w) => w > 5)'))).toBeUndefined();
  });

  it('tells what stands behind it its columns, once it has run as it is', async () => {
    const output = await mkdtemp(path.join(tmpdir(), 'millrace-script-'));
    const engine = await createNodeEngine({ folder: output, output, samples: output, workers: 1, allowScripts: true });
    const columnsBehind = async (document: PipelineDocument) => {
      const known = (await engine.check(document)).inputs.table?.table;
      return known?.type === 'table' ? known.schema.columns.map(({ name, type }) => [name, type]) : undefined;
    };
    expect(await columnsBehind(pipeline(AREA))).toEqual([]);
    await engine.ended(await engine.run(pipeline(AREA), { scope: { type: 'all' } }));
    expect(await columnsBehind(pipeline(AREA))).toEqual([
      ['width', 'integer'],
      ['height', 'integer'],
      ['area', 'integer'],
    ]);
    expect(await columnsBehind(pipeline(`${AREA} `))).toEqual([]);
    engine.close();
    await rm(output, { recursive: true });
  });

  it('says before use that it cannot be exported, and a barrier can', () => {
    const asked = (oneToOne: boolean) => script.exportable?.({ params: { source: AREA, oneToOne }, inputs: {}, lists: {} });
    expect(asked(true)).toMatchObject({ code: 'export.script', at: { param: 'oneToOne' } });
    expect(asked(false)).toBe(true);
  });
});
