import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../base/bytes.ts';
import { stream } from '../base/random.ts';
import { inEnglish, type Words } from '../base/words.ts';
import { defaults } from '../kind/params.ts';
import type { ModelAbout } from '../kind/run.ts';
import { logistic } from '../learners/logistic/kind.ts';
import { fitModel } from '../recipe/fit-model.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import type { Artefact } from '../recipe/results.ts';
import { splitFrame } from '../recipe/split-frame.ts';
import { schemaOf, tableOf } from '../table/table.ts';
import { loadModel } from './load-model/kind.ts';
import * as loading from './load-model/run.ts';
import { lookups, stepLookup } from './lookup.ts';
import { registerDataset } from './register-dataset/kind.ts';
import * as datasets from './register-dataset/run.ts';
import { registerModel } from './register-model/kind.ts';
import * as models from './register-model/run.ts';
import { registeredDataset } from './registered-dataset/kind.ts';
import * as reading from './registered-dataset/run.ts';
import { script } from './script/kind.ts';
import * as scripts from './script/run.ts';
import { testContext, testServices } from './test-context.ts';

const random = stream('rows');
const rows = Array.from({ length: 120 }, () => ({ age: random.below(80), sex: random.below(2) === 0 ? 'm' : 'f', noise: random.below(9) }));
const table = tableOf({
  age: ['number', rows.map((row) => (row.noise === 0 ? null : row.age))],
  sex: ['category', rows.map((row) => row.sex)],
  survived: ['category', rows.map((row) => (row.sex === 'f' && row.noise !== 1 ? 'yes' : 'no'))],
});
const ids = (keep: (i: number) => boolean) => Int32Array.from(rows.keys()).filter(keep);
const by = { kind: 'prepare.split', version: 1, params: {}, title: 'Split' };
const [train, test] = await splitFrame(rawFrame(table), [ids((i) => i % 4 !== 0), ids((i) => i % 4 === 0)], by, stepLookup);
const spec = {
  kind: logistic.id,
  version: logistic.version,
  params: { ...defaults(logistic.params), target: 'survived' },
  title: logistic.title,
};
const fit = { random: (purpose: string) => stream(purpose), progress: () => {}, stopRequested: () => false, backend: 'cpu' as const };
const model: Model = await fitModel(train, spec, lookups, fit);

describe('register dataset', () => {
  it('saves the table and shows the version', async () => {
    let saved: unknown[] = [];
    const { context, lines } = testContext(
      registerDataset,
      {
        name: 'people',
        description: 'd',
        tags: [
          { name: 'team', value: 'a' },
          { name: ' ', value: 'b' },
        ],
      },
      { table: test },
      {
        saveDataset: async (...args) => {
          saved = args;
          return { name: 'people', version: 3, existing: false };
        },
      },
    );
    const { artefact } = (await datasets.run(context)) as { artefact: Artefact };
    expect(saved).toEqual(['people', test.table, { description: 'd', tags: { team: 'a' } }]);
    expect(artefact).toMatchObject({ name: 'people-3.json', about: { headline: { text: 'Version 3' }, rows: 30, columns: 3 } });
    expect(JSON.parse(fromUtf8(artefact.bytes)).version).toBe(3);
    expect(lines).toEqual(['people: Version 3']);
    expect(registerDataset.check?.({ params: { name: ' ' }, inputs: {}, lists: {} }).map((p) => p.code)).toEqual([
      'register-dataset.no-name',
    ]);
  });
});

describe('registered dataset', () => {
  const services = testServices({
    describeDataset: async (name, ref) => ({ version: ref === 'latest' ? 2 : Number(ref), digest: `${name}!`, schema: schemaOf(table) }),
    readDataset: async (_name, version) => (version === 2 ? table : undefined),
  });

  it('reads the version that the probe found, and knows its columns before a run', async () => {
    const { context } = testContext(registeredDataset, { name: 'people' }, {}, services);
    expect(await reading.run(context)).toEqual({ table: rawFrame(table) });
    const known = await reading.probe(context.params, services);
    expect(known).toMatchObject({ version: 2, digest: 'people!', rowCount: 120 });
    expect(registeredDataset.schema({ params: context.params, inputs: {}, lists: {}, known }).table).toMatchObject({
      schema: { columns: [{ name: 'age' }, { name: 'sex', categories: expect.arrayContaining(['m', 'f']) }, { name: 'survived' }] },
    });
  });
});

describe('register model', () => {
  const save = (into: { name?: string; about?: ModelAbout; model?: unknown }) => ({
    saveModel: async (name: string, saved: unknown, about: ModelAbout) => {
      Object.assign(into, { name, about, model: saved });
      return { name, version: 7, digest: 'd', existing: false };
    },
  });

  it('proves the ONNX file on held-out rows and keeps their metrics', async () => {
    const kept: { name?: string; about?: ModelAbout; model?: unknown } = {};
    const { context, lines, problems } = testContext(registerModel, {}, { model, table: test }, save(kept));
    const { artefact } = (await models.run(context)) as { artefact: Artefact };
    expect(kept.name).toBe('survived');
    expect(kept.model).toBe(model);
    expect(kept.about?.onnx?.length).toBeGreaterThan(500);
    expect(kept.about?.certificate).toMatchObject({ passed: true, heldOut: true, rows: 30, labelAgreement: 1 });
    expect(kept.about?.metrics.auc).toBeGreaterThan(0.8);
    expect(inEnglish(artefact.about.headline as Words)).toMatch(/^v7 · AUC 0\.\d+$/);
    expect(lines.at(-1)).toMatch(/^survived: Version 7 · proved · AUC 0\.\d+$/);
    expect(problems).toEqual([]);
  });

  it('keeps no training score, and says so', async () => {
    for (const inputs of [{ model, table: train }, { model }]) {
      const kept: { about?: ModelAbout } = {};
      const { context, problems } = testContext(registerModel, { name: 'mine' }, inputs, save(kept));
      await models.run(context);
      expect(kept.about?.metrics).toEqual({});
      expect(kept.about?.certificate).toMatchObject({ passed: true });
      expect(problems).toEqual(['register-model.metrics']);
    }
  });

  it('takes the metrics of wired results when they are of this model', async () => {
    const one = (name: string, auc: number) => ({
      name,
      metrics: { auc },
      notes: [],
      ids: new Int32Array(0),
      truth: new Float64Array(0),
      predicted: new Float64Array(0),
    });
    const results = { task: 'classify', target: 'survived', primary: 'auc', models: [one('Other', 0.1), one(model.title ?? '', 0.75)] };
    const kept: { about?: ModelAbout } = {};
    const { context } = testContext(registerModel, {}, { model, results }, save(kept));
    await models.run(context);
    expect(kept.about?.metrics).toEqual({ auc: 0.75 });
    const other = testContext(registerModel, {}, { model, results: { ...results, target: 'age' } }, save(kept));
    await models.run(other.context);
    expect(kept.about?.metrics).toEqual({});
  });

  it('registers a model that cannot be exported, with the reason', async () => {
    const kept: { about?: ModelAbout } = {};
    const { context, problems } = testContext(registerModel, {}, { model: { ...model, sample: undefined } }, save(kept));
    const { artefact } = (await models.run(context)) as { artefact: Artefact };
    expect(kept.about).toMatchObject({ noOnnx: { code: 'onnx.no-rows' } });
    expect(kept.about?.onnx).toBeUndefined();
    expect(problems).toContain('onnx.no-rows');
    expect(inEnglish(artefact.about.headline as Words)).toBe('Version 7 · no ONNX file');
  });
});

describe('load model', () => {
  it('reads by alias and tells the check what the model needs', async () => {
    const head = { inputs: { columns: model.inputs }, task: 'classify' as const, target: 'survived', exportable: true as const };
    const services = testServices({
      describeModel: async (_name, ref) => ({ version: ref === 'champion' ? 4 : 9, digest: 'd', head }),
      readModel: async (_name, version) => ({ version }),
    });
    const { context } = testContext(loadModel, { name: 'm', version: 'champion' }, {}, services);
    expect(await loading.run(context)).toEqual({ model: { version: 4 } });
    const known = await loading.probe(context.params, services);
    expect(loadModel.schema({ params: context.params, inputs: {}, lists: {}, known }).model).toEqual({ type: 'model', ...head });
  });
});

describe('script', () => {
  const answer = (values: unknown[]) => ({ runScript: async () => ({ columns: [{ name: 'a', values }], log: ['hello'] }) });

  it('is a barrier: its table is a source of its own', async () => {
    const { context, lines } = testContext(script, {}, { table: [test] }, answer([1, 2]));
    const { table: frame } = (await scripts.run(context)) as { table: ReturnType<typeof rawFrame> };
    expect(frame.table.rowCount).toBe(2);
    expect(frame.recipe.entries).toHaveLength(1);
    expect(frame.recipe.entries[0]).toMatchObject({ type: 'raw', origin: { kind: 'script.javascript', inputs: [] } });
    expect(lines).toEqual(['hello']);
  });

  it('checks the number of rows when one row gives one row', async () => {
    const { context } = testContext(script, { oneToOne: true }, { table: [rawFrame(table)] }, answer([1, 2]));
    await expect(scripts.run(context)).rejects.toMatchObject({ problem: { code: 'script.row-count', args: { before: 120, after: 2 } } });
  });

  it('says what is wrong before it runs', () => {
    const tables = [
      { type: 'table' as const, schema: { columns: [] } },
      { type: 'table' as const, schema: { columns: [] } },
    ];
    const codes = (params: Record<string, string | boolean>) =>
      script.check?.({ params, inputs: {}, lists: { table: tables } }).map((p) => p.code);
    expect(codes({ source: ' ', oneToOne: true })).toEqual(['script.empty', 'script.one-table']);
    expect(codes({ source: 'return df', oneToOne: false })).toEqual([]);
  });
});
