/** Export and import together: what is exported opens again as a model that answers the same. */
import { describe, expect, test } from 'vitest';
import { stream } from '../../base/random.ts';
import { inEnglish, type Words } from '../../base/words.ts';
import { defaults, type ParamValues } from '../../kind/params.ts';
import type { RunContext } from '../../kind/run.ts';
import { learners } from '../../learners/index.ts';
import { newGraph } from '../../onnx/build.ts';
import { encodeModel } from '../../onnx/encode.ts';
import { fitModel } from '../../recipe/fit-model.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import type { Artefact } from '../../recipe/results.ts';
import { type Cell, columnOf } from '../../table/column.ts';
import { type Table, table, tableOf } from '../../table/table.ts';
import { importOnnx } from '../import-onnx/kind.ts';
import { run as importRun, probe } from '../import-onnx/run.ts';
import { lookups } from '../lookup.ts';
import { exportOnnx } from './kind.ts';
import { run } from './run.ts';

const flowers = (rows: number): Table => {
  const draw = stream(2, 'flowers');
  const cells: Cell[][] = [[], [], [], []];
  for (let i = 0; i < rows; i++) {
    const kind = draw.below(3);
    const row: Cell[] = [kind + draw.uniform(), draw.below(9) === 0 ? null : 3 - kind + draw.uniform(), 'xy'[draw.below(2)], 'abc'[kind]];
    row.forEach((cell, c) => {
      cells[c].push(cell);
    });
  }
  const types = ['number', 'number', 'category', 'category'] as const;
  return table(
    ['length', 'width', 'place', 'flower'],
    types.map((type, c) => columnOf(type, cells[c])),
  );
};

interface World {
  context: RunContext;
  saved: string[];
  lines: string[];
}
function world(params: ParamValues, inputs: Record<string, unknown>, file?: Uint8Array): World {
  const saved: string[] = [];
  const lines: string[] = [];
  const services = {
    readFile: async () => file!,
    saveFile: async (name: string, bytes: Uint8Array) => void saved.push(`${name} ${bytes.length}`),
  } as unknown as RunContext['services'];
  const random = (purpose: string) => stream(1, purpose);
  const context: RunContext = {
    params,
    inputs,
    lists: {},
    progress: () => {},
    log: (line) => lines.push(inEnglish(line)),
    random,
    stopRequested: () => false,
    onAsk: () => {},
    now: () => 0,
    backend: 'cpu',
    width: 1,
    spread: () => Promise.reject(new Error('no parts here')),
    services,
    within: (_ms, _late, work) => work(),
  };
  return { context, saved, lines };
}

async function train(): Promise<Model> {
  const { kind } = learners.find((item) => item.kind.id === 'learn.logistic')!;
  const params = { ...defaults(kind.params), target: 'flower' };
  const { context } = world({}, {});
  return fitModel(rawFrame(flowers(200)), { kind: kind.id, version: 1, params, title: kind.title }, lookups, context);
}
const FILE = { name: 'flowers.onnx', digest: '', size: 1 };
const importParams = (more: ParamValues = {}): ParamValues => ({ ...defaults(importOnnx.params), file: FILE, ...more });

describe('export', () => {
  test('gives a proved file, saves it, and says so on the node', async () => {
    const model = await train();
    const { context, saved, lines } = world({ name: 'flowers', download: true }, { model, table: rawFrame(flowers(90)) });
    const artefact = (await run(context)).artefact as Artefact;
    expect(saved).toEqual([`flowers.onnx ${artefact.bytes.length}`]);
    expect(inEnglish(artefact.about.headline as Words)).toMatch(/KB · proved$/);
    expect(artefact.about.certificate).toMatchObject({ passed: true, rows: 90, heldOut: true });
    expect(lines[0]).toMatch(/^Proved on 90 held-out and \d+ odd rows/);
    const quiet = world({ name: '', download: false }, { model });
    expect(((await run(quiet.context)).artefact as Artefact).name).toBe('model.onnx');
    expect(quiet.saved).toEqual([]);
  });

  test('says before use that a model cannot be exported', () => {
    const reason = { code: 'x', severity: 'error', at: {}, args: {}, message: 'm', hint: 'h' } as const;
    const input = { type: 'model', inputs: { columns: [] }, task: 'classify', exportable: reason } as const;
    expect(exportOnnx.check!({ params: {}, inputs: { model: input }, lists: {} })).toEqual([{ ...reason, at: { port: 'model' } }]);
    expect(exportOnnx.check!({ params: {}, inputs: { model: { ...input, exportable: true } }, lists: {} })).toEqual([]);
  });
});

describe('import', () => {
  test('our own file opens with its types, classes and target, and answers as the model does', async () => {
    const model = await train();
    const exported = world({ name: 'f', download: false }, { model });
    const { bytes } = (await run(exported.context)).artefact as Artefact;
    const { context } = world(importParams(), {}, bytes);
    const foreign = (await importRun(context)).model as Model;
    expect(foreign.task).toBe('classify');
    expect(foreign.classes).toEqual(['a', 'b', 'c']);
    expect(foreign.target).toBe('flower');
    const rows = flowers(50);
    const [here, there] = [await predictModel(model, rows, lookups), await predictModel(foreign, rows, lookups)];
    expect([...there.codes]).toEqual([...here.codes]);
    const worst = here.probabilities!.reduce((most, value, i) => Math.max(most, Math.abs(value - there.probabilities![i])), 0);
    expect(worst).toBeLessThan(1e-6);
    expect(await probe!(context.params, context.services)).toMatchObject({ task: 'classify', target: 'flower', classes: ['a', 'b', 'c'] });
    const schema = importOnnx.schema({
      params: context.params,
      inputs: {},
      lists: {},
      known: await probe!(context.params, context.services),
    });
    expect(schema.model).toMatchObject({
      type: 'model',
      task: 'classify',
      inputs: { columns: [{ name: 'length' }, { name: 'width' }, { name: 'place' }] },
    });
  });

  /** y = 2a + 3b from one wide input of two columns. */
  const linear = () => {
    const g = newGraph('linear');
    const x = g.input('X', 'float', ['N', 2]);
    g.output(g.op('MatMul', [x, g.constant('float', [2, 3], [2, 1])], { dtype: 'float', dims: ['N', 1] }), 'variable');
    return encodeModel(g.finish());
  };

  test('a wide input takes the columns listed for it, in order', async () => {
    const columns = [
      { input: 'X', column: 'b' },
      { input: 'X', column: 'a' },
    ];
    const { context } = world(importParams({ columns }), {}, linear());
    const model = (await importRun(context)).model as Model;
    const rows = tableOf({ a: ['number', [1, 10]], b: ['number', [100, 1000]] });
    expect([...(await predictModel(model, rows, lookups)).codes]).toEqual([203, 2030]);
    const short = world(importParams({ columns: columns.slice(1) }), {}, linear());
    await expect(importRun(short.context)).rejects.toMatchObject({ problem: { code: 'import-onnx.columns', at: { param: 'columns' } } });
  });

  test('classes are asked for where the file does not name them; whole-number inputs bear no missing cells', async () => {
    const g = newGraph('class');
    const x = g.input('x', 'int64', ['batch', 1]);
    g.output(g.op('Mul', [x, g.constant('int64', [10])], { dtype: 'int64', dims: ['batch', 1] }), 'label');
    const bytes = encodeModel(g.finish());
    await expect(importRun(world(importParams(), {}, bytes).context)).rejects.toMatchObject({ problem: { code: 'import-onnx.classes' } });
    const { context } = world(importParams({ classes: '10\n20\n' }), {}, bytes);
    const model = (await importRun(context)).model as Model;
    expect([...(await predictModel(model, tableOf({ x: ['integer', [2, 1]] }), lookups)).codes]).toEqual([1, 0]);
    await expect(predictModel(model, tableOf({ x: ['integer', [2, null]] }), lookups)).rejects.toMatchObject({
      problem: { code: 'foreign.missing-integer', at: { column: 'x', row: 1 } },
    });
  });

  test('an unsafe file, a wrong output and no file are refused at their parameter', async () => {
    const g = newGraph('bad');
    g.output(g.op('Nothing', [g.input('x', 'float', ['batch', 1])], { dtype: 'float', dims: ['batch', 1] }), 'out');
    const refused = (params: ParamValues, bytes: Uint8Array) => importRun(world(params, {}, bytes).context);
    await expect(refused(importParams(), encodeModel(g.finish()))).rejects.toMatchObject({
      problem: { code: 'onnx.operator', at: { param: 'file' } },
    });
    await expect(refused(importParams({ scores: 'z' }), linear())).rejects.toMatchObject({ problem: { code: 'import-onnx.output' } });
    await expect(refused(importParams({ file: null }), linear())).rejects.toMatchObject({ problem: { code: 'import-onnx.no-file' } });
  });
});
