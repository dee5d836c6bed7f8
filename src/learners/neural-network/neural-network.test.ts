import { describe, expect, test } from 'vitest';
import { log } from '../../base/float.ts';
import { hashArrays } from '../../base/hash.ts';
import type { Progress } from '../../base/progress.ts';
import { stream } from '../../base/random.ts';
import type { ParamValues } from '../../kind/params.ts';
import { newGraph } from '../../onnx/build.ts';
import { checkModel } from '../../onnx/check.ts';
import { encodeModel } from '../../onnx/encode.ts';
import { createSession, runSession } from '../../onnx/session.ts';
import type { Training } from '../../recipe/model.ts';
import { fit } from './fit.ts';
import { neuralNetwork } from './kind.ts';
import { lower, predict } from './learner.ts';
import type { FittedNetwork } from './network.ts';
import { parseLayers } from './parse-layers.ts';
import { rings, runWith } from './rings.fixture.ts';
import { batchSize, readSettings } from './settings.ts';
import { partRows } from './validation.ts';

const PARAMS: ParamValues = {
  hidden: '16, 8',
  activation: 'relu',
  epochs: 40,
  learning_rate: 0.01,
  batch: 32,
  dropout: 0,
  weight_decay: 1e-4,
  early_stopping: true,
  validation: 0.15,
  patience: 15,
  engine: 'auto',
};
function logLoss(data: Training, probabilities: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < data.X.rows; i++) sum -= log(Math.max(1e-15, probabilities[i * data.classCount + data.y[i]]));
  return sum / data.X.rows;
}
async function lowered(fitted: unknown, data: Training): Promise<Float32Array> {
  const graph = newGraph('net');
  const X = graph.input('X', 'double', ['batch', data.X.cols]);
  graph.output(lower(graph, X, fitted, data.classCount), 'out');
  const bytes = encodeModel(graph.finish());
  expect(checkModel(bytes)).toEqual([]);
  const session = await createSession(bytes);
  const { out } = await runSession(session, { X: { dtype: 'double', dims: [data.X.rows, data.X.cols], data: data.X.values } });
  await session.release();
  return out.data as Float32Array;
}

describe('learning', () => {
  test('three rings are told apart, and the exported graph says the same', async () => {
    const data = rings(600, 3);
    const points: Progress[] = [];
    const fitted = await fit(data, PARAMS, runWith({ progress: (report) => points.push(report) }));
    const { probabilities } = predict(fitted, data.X, 3);
    expect(logLoss(data, probabilities!)).toBeLessThan(0.35);
    expect(points.length).toBe(fitted.curve.length);
    expect(Object.keys(points[0].point!.series)).toEqual(['training', 'validation']);
    const out = await lowered(fitted, data);
    const worst = out.reduce((most, value, i) => Math.max(most, Math.abs(value - probabilities![i])), 0);
    expect(worst).toBeLessThan(1e-6);
  });

  test.each(['relu', 'elu', 'tanh'])('a paraboloid is fitted in its own units with %s', async (activation) => {
    const data = rings(400, 0);
    const fitted = await fit(data, { ...PARAMS, activation }, runWith());
    const { values } = predict(fitted, data.X, 0);
    const mean = data.y.reduce((a, b) => a + b, 0) / data.y.length;
    const squares = (guess: (i: number) => number) => data.y.reduce((sum, y, i) => sum + (y - guess(i)) * (y - guess(i)), 0);
    expect(squares((i) => values![i]) / squares(() => mean)).toBeLessThan(0.1);
    const out = await lowered(fitted, data);
    const spread = Math.sqrt(squares(() => mean) / data.y.length);
    const worst = out.reduce((most, value, i) => Math.max(most, Math.abs(value - values![i]) / spread), 0);
    expect(worst).toBeLessThan(5e-6);
  });

  test.each([[[1]], [[0, 2]]])('only classes %s have rows: the others get exactly zero, in the exported graph too', async (present) => {
    const data = rings(150, 3);
    data.y.forEach((_, i) => {
      data.y[i] = present[i % present.length];
    });
    const fitted = await fit(data, { ...PARAMS, epochs: 3 }, runWith());
    const { probabilities } = predict(fitted, data.X, 3);
    const out = await lowered(fitted, data);
    out.forEach((value, i) => {
      if (!present.includes(i % 3)) expect([value, probabilities![i]]).toEqual([0, 0]);
      expect(Math.abs(value - probabilities![i])).toBeLessThan(1e-7);
    });
  });

  test('row weights move the answer', async () => {
    const data = rings(300, 3);
    const weight = data.y.map((code) => (code === 0 ? 20 : 1));
    const plain = predict(await fit(data, { ...PARAMS, epochs: 5 }, runWith()), data.X, 3).probabilities!;
    const tilted = predict(await fit({ ...data, weight }, { ...PARAMS, epochs: 5 }, runWith()), data.X, 3).probabilities!;
    const share = (p: Float64Array) => p.reduce((sum, value, i) => sum + (i % 3 === 0 ? value : 0), 0);
    expect(share(tilted)).toBeGreaterThan(share(plain) * 1.3);
  });

  test('the same seed gives the same bits, another one other bits', async () => {
    const data = rings(200, 3);
    const digest = async (seed: number, more: ParamValues = {}) => {
      const fitted = await fit(data, { ...PARAMS, epochs: 3, dropout: 0.2, ...more }, runWith({ random: (p) => stream(seed, p) }));
      return hashArrays(...fitted.layers.flatMap((layer) => [layer.weights, layer.bias]));
    };
    const first = await digest(1);
    expect(await digest(1)).toBe(first);
    expect(await digest(2)).not.toBe(first);
    expect(first).toBe('1b6c7424d19b9a51b5f078d5cf936b29');
  });
});

describe('stopping and failing', () => {
  test('a stop keeps the best so far', async () => {
    let epochs = 0;
    const run = runWith({ progress: () => epochs++, stopRequested: () => epochs >= 3 });
    const fitted = await fit(rings(5000, 3), { ...PARAMS, hidden: '64, 64' }, run);
    expect(fitted.curve.length).toBeGreaterThan(3);
    expect(fitted.curve.length).toBeLessThan(20);
    expect(fitted.layers.every((layer) => layer.weights.every(Number.isFinite))).toBe(true);
  });

  test('early stopping goes back to the best epoch', async () => {
    const fitted = await fit(rings(150, 3), { ...PARAMS, epochs: 200, patience: 3, learning_rate: 0.05 }, runWith());
    const losses = fitted.curve.map((point) => point.series['validation']);
    expect(fitted.curve[fitted.epochs - 1].series['validation']).toBe(Math.min(...losses));
  });

  test('a loss that is no number stops training, with the step', async () => {
    const data = rings(64, 0);
    data.X.values[10] = 1e300;
    await expect(fit(data, PARAMS, runWith())).rejects.toMatchObject({ problem: { code: 'network.diverged', args: { epoch: 1 } } });
  });

  test('layer lists', () => {
    expect(parseLayers('64, 32')).toEqual([64, 32]);
    expect(parseLayers('(100,)')).toEqual([100]);
    expect(parseLayers('')).toEqual([]);
    for (const text of ['a', '0', '64, -1', '1.5', '9999']) {
      expect(parseLayers(text)).toMatchObject({ code: 'network.layers', at: { param: 'hidden' } });
      expect(neuralNetwork.check!({ params: { ...PARAMS, hidden: text }, inputs: {}, lists: {} })).toMatchObject([
        { code: 'network.layers' },
      ]);
    }
    expect(batchSize({ ...readSettings(PARAMS), batch: 0 }, 900)).toBe(64);
    expect(batchSize({ ...readSettings(PARAMS), batch: 0 }, 1e6)).toBe(512);
  });
});

test('validation rows: the same share of each class; groups stay together', () => {
  const data = rings(1000, 3);
  const { train, valid } = partRows(data, 0.1, stream(1, 'v'));
  expect(train.length + valid.length).toBe(1000);
  const share = (rows: Int32Array) => rows.filter((row) => data.y[row] === 1).length / rows.length;
  expect(Math.abs(share(valid) - share(train))).toBeLessThan(0.02);
  const groups = Int32Array.from({ length: 1000 }, (_, i) => Math.floor(i / 25));
  const grouped = partRows({ ...data, groups }, 0.1, stream(1, 'v'));
  expect(grouped.valid.length).toBe(100);
  const inValid = new Set(grouped.valid.map((row) => groups[row]));
  expect(grouped.train.some((row) => inValid.has(groups[row]))).toBe(false);
  expect((partRows(rings(50, 3), 0.1, stream(1, 'v')) satisfies { valid: Int32Array }).valid.length).toBe(0);
});

test('a fitted network is plain data', async () => {
  const fitted: FittedNetwork = await fit(rings(120, 3), { ...PARAMS, epochs: 2, hidden: '' }, runWith());
  expect(structuredClone(fitted)).toEqual(fitted);
  expect(fitted.layers.length).toBe(1);
});

describe('more of the settings', () => {
  test('batch normalisation stands in the weights afterwards: the exported graph says the same', async () => {
    const data = rings(600, 3);
    const fitted = await fit(data, { ...PARAMS, batch_norm: true, dropout: 0.1 }, runWith());
    const { probabilities } = predict(fitted, data.X, 3);
    expect(logLoss(data, probabilities!)).toBeLessThan(0.35);
    expect(fitted.layers.map((layer) => Object.keys(layer).sort())).toEqual(Array(3).fill(['bias', 'inputs', 'outputs', 'weights']));
    const out = await lowered(fitted, data);
    expect(out.reduce((most, value, i) => Math.max(most, Math.abs(value - probabilities![i])), 0)).toBeLessThan(1e-6);
  });

  test('balanced classes are those of row weights', async () => {
    const data = rings(300, 3);
    const counts = [0, 1, 2].map((code) => data.y.reduce((sum, y) => sum + (y === code ? 1 : 0), 0));
    const weight = data.y.map((code) => 300 / (3 * counts[code]));
    const params = { ...PARAMS, epochs: 3 };
    const balanced = await fit(data, { ...params, class_weight: 'balanced' }, runWith());
    expect(balanced.layers).toEqual((await fit({ ...data, weight }, params, runWith())).layers);
    expect(balanced.layers).not.toEqual((await fit(data, params, runWith())).layers);
  });

  test('TensorFlow.js trains when asked, and leaves no tensors behind', async () => {
    const tf = await import('@tensorflow/tfjs');
    const before = tf.memory().numTensors;
    const data = rings(200, 3);
    const fitted = await fit(data, { ...PARAMS, epochs: 8, batch_norm: true, engine: 'tensorflow' }, runWith());
    expect(fitted.engine).toBe('tensorflow.js cpu');
    expect(logLoss(data, predict(fitted, data.X, 3).probabilities!)).toBeLessThan(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('without a GPU the CPU engine takes over, and the model says so', async () => {
    const fitted = await fit(rings(120, 3), { ...PARAMS, epochs: 1 }, runWith({ backend: 'gpu' }));
    expect(fitted.engine).toBe('millrace');
    expect(fitted.chosen.code).toBe('network.engine-short');
    const asked = await fit(rings(120, 3), { ...PARAMS, epochs: 1, engine: 'onnxruntime' }, runWith());
    expect([asked.engine, asked.chosen.code]).toEqual(['onnxruntime', 'network.engine-chosen']);
  });
});
