import { describe, expect, test } from 'vitest';
import { newGraph } from './build.ts';
import { checkModel } from './check.ts';
import { encodeModel } from './encode.ts';
import { readHeader } from './header.ts';
import { setMetadata } from './rewrite.ts';
import { createSession, type Feed, runSession } from './session.ts';

const doubles = (...data: number[]): Feed => ({ dtype: 'double', dims: [data.length, 1], data });
const strings = (...data: string[]): Feed => ({ dtype: 'string', dims: [data.length, 1], data });

async function answer(bytes: Uint8Array, feeds: Record<string, Feed>) {
  expect(checkModel(bytes)).toEqual([]);
  const session = await createSession(bytes);
  const answers = await runSession(session, feeds);
  await session.release();
  return answers;
}

describe('what is written is what onnxruntime computes', () => {
  test('impute, scale and a dense layer in double and float', async () => {
    const g = newGraph('dense');
    const x = g.input('x', 'double', ['batch', 1]);
    const y = g.input('y', 'double', ['batch', 1]);
    const both = { dtype: 'double', dims: ['batch', 2] } as const;
    const row = g.op('Concat', [x, y], both, { axis: { type: 'int', value: 1 } });
    const missing = g.op('IsNaN', [row], { dtype: 'bool', dims: ['batch', 2] });
    const filled = g.op('Where', [missing, g.constant('double', [10, -0.5], [1, 2]), row], both);
    const scaled = g.op('Div', [filled, g.constant('double', [2, 4], [1, 2])], both);
    const narrow = g.op('Cast', [scaled], { dtype: 'float', dims: ['batch', 2] }, { to: { type: 'int', value: 1 } });
    const weights = g.constant('float', Float32Array.of(1, 2, 3, 4), [2, 2]);
    const dense = g.op('Gemm', [narrow, weights, g.constant('float', [0.5, -0.5])], { dtype: 'float', dims: ['batch', 2] });
    g.output(g.op('Relu', [dense], { dtype: 'float', dims: ['batch', 2] }), 'out');
    g.output(g.op('Softmax', [dense], { dtype: 'float', dims: ['batch', 2] }, { axis: { type: 'int', value: 1 } }), 'probabilities');
    const { out, probabilities } = await answer(encodeModel(g.finish()), { x: doubles(2, Number.NaN), y: doubles(4, Number.NaN) });
    expect([...out.data]).toEqual([4.5, 5.5, 5.125, 9]);
    expect(Number(probabilities.data[0]) + Number(probabilities.data[1])).toBeCloseTo(1, 6);
  });

  test('categories: LabelEncoder, OneHot, labels by ArgMax and Gather; negative and large whole numbers', async () => {
    const g = newGraph('labels');
    const s = g.input('s', 'string', ['batch', 1]);
    const code = g.op(
      'LabelEncoder',
      [s],
      { dtype: 'int64', dims: ['batch', 1] },
      {
        keys_strings: { type: 'strings', value: ['a', 'é', '😀'] },
        values_int64s: { type: 'ints', value: [0, 1, 2] },
        default_int64: { type: 'int', value: -1 },
      },
      'ai.onnx.ml',
    );
    g.output(code, 'code');
    const levels = g.constant('int64', [0, 1, 2], [1, 3]);
    const equal = g.op('Equal', [code, levels], { dtype: 'bool', dims: ['batch', 3] });
    const hot = g.op('Cast', [equal], { dtype: 'float', dims: ['batch', 3] }, { to: { type: 'int', value: 1 } });
    g.output(hot, 'hot');
    const best = g.op(
      'ArgMax',
      [hot],
      { dtype: 'int64', dims: ['batch'] },
      { axis: { type: 'int', value: 1 }, keepdims: { type: 'int', value: 0 } },
    );
    g.output(g.op('Gather', [g.constant('string', ['A', '', 'C']), best], { dtype: 'string', dims: ['batch'] }), 'label');
    const big = g.constant('int64', [-5, 2 ** 53 - 1, -(2 ** 53 - 1)], [3]);
    g.output(big, 'big');
    const found = await answer(encodeModel(g.finish()), { s: strings('a', '😀', 'unseen', 'é', '') });
    expect([...found['code'].data]).toEqual([0, 2, -1, 1, -1]);
    expect([...found['hot'].data]).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(found['label'].data).toEqual(['A', 'C', 'A', '', 'A']);
    expect([...found['big'].data]).toEqual([-5, 2 ** 53 - 1, -(2 ** 53 - 1)]);
  });

  test('tree ensembles route missing values and thresholds as written', async () => {
    const g = newGraph('tree');
    const x = g.input('x', 'double', ['batch', 1]);
    const narrow = g.op('Cast', [x], { dtype: 'float', dims: ['batch', 1] }, { to: { type: 'int', value: 1 } });
    const ints = (...value: number[]) => ({ type: 'ints', value }) as const;
    const tree = g.op(
      'TreeEnsembleRegressor',
      [narrow],
      { dtype: 'float', dims: ['batch', 1] },
      {
        n_targets: { type: 'int', value: 1 },
        nodes_treeids: ints(0, 0, 0),
        nodes_nodeids: ints(0, 1, 2),
        nodes_featureids: ints(0, 0, 0),
        nodes_values: { type: 'floats', value: Float32Array.of(1.5, 0, 0) },
        nodes_modes: { type: 'strings', value: ['BRANCH_LEQ', 'LEAF', 'LEAF'] },
        nodes_truenodeids: ints(1, 0, 0),
        nodes_falsenodeids: ints(2, 0, 0),
        nodes_missing_value_tracks_true: ints(1, 0, 0),
        target_treeids: ints(0, 0),
        target_nodeids: ints(1, 2),
        target_ids: ints(0, 0),
        target_weights: { type: 'floats', value: [10, 20] },
        base_values: { type: 'floats', value: [0.25] },
      },
      'ai.onnx.ml',
    );
    g.output(tree, 'value');
    expect(g.finish().valueInfo).toHaveLength(1);
    const { value } = await answer(encodeModel(g.finish()), { x: doubles(1, 1.5, 2, Number.NaN) });
    expect([...value.data]).toEqual([10.25, 10.25, 20.25, 10.25]);
  });

  test('scalar, empty and tensor-valued attributes', async () => {
    const g = newGraph('odd');
    const x = g.input('x', 'float', ['batch', 2]);
    const shape = g.op('Shape', [x], { dtype: 'int64', dims: [2] });
    const fill: Parameters<typeof g.op>[3] = { value: { type: 'tensor', value: { dtype: 'double', dims: [1], data: [7.25] } } };
    g.output(g.op('ConstantOfShape', [shape], { dtype: 'double', dims: ['batch', 2] }, fill), 'sevens');
    g.output(g.op('LeakyRelu', [x], { dtype: 'float', dims: ['batch', 2] }, { alpha: { type: 'float', value: 0.5 } }), 'leaky');
    g.output(g.op('Clip', [x, null, g.constant('float', [1], [])], { dtype: 'float', dims: ['batch', 2] }), 'clipped');
    const found = await answer(encodeModel(g.finish()), { x: { dtype: 'float', dims: [1, 2], data: [-2, 4] } });
    expect([...found['sevens'].data]).toEqual([7.25, 7.25]);
    expect([...found['leaky'].data]).toEqual([-1, 4]);
    expect([...found['clipped'].data]).toEqual([-2, 1]);
  });
});

test('names are unique and clashes are refused', () => {
  const g = newGraph('names');
  const x = g.input('label', 'double', ['batch', 1]);
  expect(() => g.input('label', 'double', ['batch', 1])).toThrow(/already/);
  expect(() => g.output(x, 'label')).toThrow(/already/);
  expect(() => g.constant('float', [1, 2], [3])).toThrow(/fill/);
  expect(g.constant('float', [1]).name).not.toBe(g.constant('float', [1]).name);
});

test('the header says what was written; metadata is rewritten without touching the graph', () => {
  const g = newGraph('header');
  const x = g.input('Größe', 'double', ['batch', 1]);
  g.output(g.op('Neg', [x], x), 'out');
  const first = encodeModel(g.finish(), { producer: { name: 'millrace', version: '9.9' }, metadata: { a: '1', b: 'ü'.repeat(50_000) } });
  const second = setMetadata(first, { a: '2', c: '' });
  const header = readHeader(second);
  expect(header).toMatchObject({
    irVersion: 8,
    producer: 'millrace 9.9',
    opsets: { '': 17 },
    operators: ['Identity', 'Neg'],
    nodeCount: 2,
  });
  expect(header.inputs).toEqual([{ name: 'Größe', dtype: 'double', dims: ['batch', 1] }]);
  expect(header.outputs).toEqual([{ name: 'out', dtype: 'double', dims: ['batch', 1] }]);
  expect(header.metadata).toEqual({ a: '2', b: 'ü'.repeat(50_000), c: '' });
  expect({ ...readHeader(first), metadata: {} }).toEqual({ ...header, metadata: {} });
});

test('a large forest is written in seconds', () => {
  const n = 300_000;
  const ids = new Int32Array(n).map((_, i) => i);
  const g = newGraph('forest');
  const x = g.input('x', 'float', ['batch', 1]);
  const attributes = { nodes_nodeids: { type: 'ints', value: ids }, nodes_values: { type: 'floats', value: new Float32Array(n) } } as const;
  g.output(g.op('TreeEnsembleRegressor', [x], { dtype: 'float', dims: ['batch', 1] }, attributes, 'ai.onnx.ml'), 'out');
  const bytes = encodeModel(g.finish());
  expect(bytes.length).toBeGreaterThan(n * 6);
  expect(readHeader(bytes).operators).toContain('ai.onnx.ml.TreeEnsembleRegressor');
});
