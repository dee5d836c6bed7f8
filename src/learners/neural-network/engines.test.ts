import { describe, expect, test } from 'vitest';
import { exp, log1p } from '../../base/float.ts';
import { stream } from '../../base/random.ts';
import type { TrainerOptions, TrainingState } from '../../kernels/door.ts';
import { batcher, type Prepared, prepare } from './batches.ts';
import { chooseEngine, type Trial } from './engines.ts';
import { kernelTrainer } from './kernel-trainer.ts';
import { forward } from './network.ts';
import { onnxruntimeTrainer } from './onnxruntime-trainer.ts';
import { rings, runWith } from './rings.fixture.ts';
import { readSettings } from './settings.ts';
import { firstState, layersOf } from './state.ts';
import { tensorflowTrainer } from './tensorflow-trainer.ts';
import { train } from './train.ts';
import { DeviceLost, type Trainer } from './trainer.ts';
import { partRows } from './validation.ts';

const ENGINES = [kernelTrainer, onnxruntimeTrainer, tensorflowTrainer('cpu')];
const numbersOf = ({ layers }: TrainingState) =>
  layers.flatMap(({ weights, bias, norm }) => [
    ...[weights, bias, ...(norm ? [norm.scale] : [])].flatMap(({ values, first }) => [values, first]),
    ...(norm ? [norm.mean, norm.variance] : []),
  ]);

/** Largest difference between numbers in the same places. */
function apart(left: readonly Float32Array[], right: readonly Float32Array[]): number {
  expect(left.map(({ length }) => length)).toEqual(right.map(({ length }) => length));
  return Math.max(...left.map((values, a) => values.reduce((most, value, i) => Math.max(most, Math.abs(value - right[a][i])), 0)));
}

/** The loss of the plain network in double. */
function plainLoss(state: TrainingState, options: TrainerOptions, data: Prepared, rows: Int32Array): number {
  const cols = data.inputs;
  const values = Float64Array.from({ length: rows.length * cols }, (_, i) => data.X[rows[Math.floor(i / cols)] * cols + (i % cols)]);
  const out = forward({ activation: options.activation, layers: layersOf(state) }, { rows: rows.length, cols, values });
  let sum = 0;
  let total = 0;
  rows.forEach((row, i) => {
    const z = out.subarray(i * data.outputs, (i + 1) * data.outputs);
    const y = data.Y.subarray(row * data.outputs, (row + 1) * data.outputs);
    const top = Math.max(...z);
    const softmax = () =>
      top + log1p(z.reduce((all, value) => all + exp(value - top), 0) - 1) - z.reduce((all, value, j) => all + value * y[j], 0);
    const loss = { squared: () => 0.5 * (z[0] - y[0]) ** 2, logistic: () => log1p(exp(z[0])) - z[0] * y[0], softmax }[options.loss]();
    sum += data.weight[row] * loss;
    total += data.weight[row];
  });
  return sum / total;
}

const CASES = (['relu', 'elu', 'tanh'] as const).flatMap((activation, i) =>
  [false, true].map((norm) => ({ activation, norm, loss: (['softmax', 'logistic', 'squared'] as const)[i] })),
);

describe('engines', () => {
  test.each(CASES)(
    'all engines take the same steps ($activation, $loss, batch normalisation $norm)',
    async ({ activation, loss, norm }) => {
      const made = rings(64, loss === 'squared' ? 0 : 3);
      const weight = Float64Array.from({ length: 64 }, (_, i) => 1 + (i % 3));
      const y = loss === 'logistic' ? made.y.map((code) => Math.min(code, 1)) : made.y;
      const data = prepare({ ...made, y, weight }, Int32Array.from(made.y.keys()));
      expect(data.loss).toBe(loss);
      const first = firstState([2, 5, 9, data.outputs], stream(3, 'w'), norm);
      const options: TrainerOptions = { activation, loss, dropout: true, weightDecay: 0.01, rows: 32 };
      const sessions = await Promise.all(ENGINES.map((trainer) => trainer.start(first, options)));
      const batchOf = batcher(data, 32);
      const dropout = { hidden: [5, 9], rate: 0.25, random: stream(4, 'masks') };
      for (let step = 0; step < 6; step++) {
        // The last one is small, and its row count no multiple of four.
        const rows = Int32Array.from({ length: step === 5 ? 7 : 32 }, (_, i) => (i * 2 + step) % 64);
        const batch = batchOf(rows, dropout);
        const losses = [];
        for (const session of sessions) losses.push(await session!.step(batch, 0.01));
        for (const value of losses) expect(Math.abs(value - losses[0])).toBeLessThan(2e-5);
      }
      const states = await Promise.all(sessions.map((session) => session!.state()));
      const [own, ...others] = states.map(numbersOf);
      // Without a step in between, a gradient near zero may differ in its last bits, and Adam divides by its size.
      for (const other of others) expect(apart(own, other)).toBeLessThan(3e-4);
      expect(own[0]).not.toEqual(numbersOf(first)[0]);
      const rows = Int32Array.from({ length: 30 }, (_, i) => i);
      for (const [e, session] of sessions.entries()) {
        const judged = await session!.loss(batchOf(rows));
        expect(Math.abs(judged - plainLoss(states[e], options, data, rows))).toBeLessThan(2e-5);
        // A checkpoint goes on as if nothing had been in between, on another engine too.
        const next = await ENGINES[(e + 1) % 3].start(states[e], options);
        const batch = batchOf(rows, { ...dropout, random: stream(9, 'more') });
        const [a, b] = [await session!.step(batch, 0.01), await next!.step(batch, 0.01)];
        expect(Math.abs(a - b)).toBeLessThan(2e-5);
        expect(apart(numbersOf(await session!.state()), numbersOf(await next!.state()))).toBeLessThan(3e-4);
        await next!.release();
        await session!.release();
      }
    },
  );

  // Most cells of the last one are zero: its first layer goes by lists.
  test.each([
    [37, 1],
    [150, 0.5],
    [150, 0.1],
  ])('a wide layer of many rows is that of onnxruntime: %i inputs, of which %f are not zero', async (cols, share) => {
    const draw = stream(8, 'wide');
    const cell = () => (draw.uniform() < share ? draw.normal() : 0);
    const X = { rows: 300, cols, values: Float64Array.from({ length: 300 * cols }, cell) };
    const data = prepare(
      { X, y: Float64Array.from({ length: 300 }, () => draw.below(11)), classCount: 11, featureNames: [] },
      Int32Array.from({ length: 300 }, (_, i) => i),
    );
    for (const norm of [true, false]) {
      const first = firstState([cols, 70, 33, 11], stream(3, 'w'), norm);
      const options: TrainerOptions = { activation: 'relu', loss: 'softmax', dropout: false, weightDecay: 0, rows: 300 };
      const batch = batcher(data, 300)(Int32Array.from({ length: 299 }, (_, i) => i));
      const [own, theirs] = [await kernelTrainer.start(first, options), await onnxruntimeTrainer.start(first, options)];
      expect(Math.abs((await own!.loss(batch)) - (await theirs!.loss(batch)))).toBeLessThan(1e-5);
      expect(Math.abs((await own!.step(batch, 0.01)) - (await theirs!.step(batch, 0.01)))).toBeLessThan(1e-5);
      // First moments are a tenth of the gradients.
      const gradients = (state: TrainingState) => state.layers.flatMap(({ weights, bias }) => [weights.first, bias.first]);
      expect(apart(gradients(await own!.state()), gradients(await theirs!.state()))).toBeLessThan(1e-7);
      await own!.release();
      await theirs!.release();
    }
  });
});

describe('the choice', () => {
  const trial = (steps: number): Trial => {
    const data = prepare(
      rings(64, 3),
      Int32Array.from({ length: 64 }, (_, i) => i),
    );
    const batchOf = batcher(data, 32);
    return {
      state: firstState([2, 4, 3], stream(3, 'w'), false),
      options: { activation: 'relu', loss: 'softmax', dropout: false, weightDecay: 0, rows: 32 },
      batch: () => batchOf(Int32Array.from({ length: 32 }, (_, i) => i)),
      steps,
    };
  };
  /** A card whose steps take `ms` on the clock below; the CPU's take 10 ms, as reading the clock does not. */
  let time = 0;
  const takes = (ms: number, trainer: Trainer): Trainer => ({
    ...trainer,
    name: 'card',
    start: async (state, options) => {
      const session = (await trainer.start(state, options))!;
      const step: typeof session.step = (batch, rate) => {
        time += ms;
        return session.step(batch, rate);
      };
      return { ...session, step };
    },
  });
  const dead: Trainer = { ...kernelTrainer, name: 'card', start: async () => undefined };
  const losing: Trainer = takes(1, {
    ...kernelTrainer,
    start: async (state, options) => ({
      ...(await kernelTrainer.start(state, options))!,
      step: () => {
        throw new DeviceLost('card');
      },
    }),
  });
  const choose = (card: Trainer, steps = 1e6) => chooseEngine('auto', 'gpu', trial(steps), card, takes(10, kernelTrainer), () => time);

  test('is the CPU unless a card was chosen for the node', async () => {
    const { trainers, why } = await chooseEngine('auto', 'cpu', trial(1e6));
    expect(trainers).toEqual([kernelTrainer]);
    expect(why.code).toBe('network.engine-cpu');
  });
  test('is the faster one, with the CPU behind the card', async () => {
    const fast = await choose(takes(2, kernelTrainer));
    expect(fast.trainers.map(({ name }) => name)).toEqual(['card', 'card']);
    expect(fast.why).toMatchObject({ code: 'network.engine-gpu', args: { cpu: 10, gpu: 2 } });
    const slow = await choose(takes(30, kernelTrainer));
    expect(slow.trainers.length).toBe(1);
    expect(slow.why).toMatchObject({ code: 'network.engine-slow', args: { cpu: 10, gpu: 30 } });
  });
  test('is the CPU for short work, without a card, and with one that is lost in the trial', async () => {
    expect((await choose(takes(2, kernelTrainer), 100)).why).toMatchObject({ code: 'network.engine-short', args: { seconds: 1 } });
    expect((await choose(dead)).why.code).toBe('network.engine-none');
    expect((await choose(losing)).why.code).toBe('network.engine-none');
  });
});

describe('a lost device', () => {
  const PARAMS = {
    hidden: '8',
    activation: 'relu',
    epochs: 12,
    learning_rate: 0.01,
    schedule: 'cosine',
    batch: 32,
    dropout: 0,
    weight_decay: 0,
    batch_norm: true,
    early_stopping: true,
    validation: 0.15,
    patience: 15,
    engine: 'auto',
  };

  /** TensorFlow.js's CPU code as another backend that says, like WebGL, whether its context is lost, and answers nonsense from then on. */
  async function fakeCard(name: string) {
    const tf = await import('@tensorflow/tfjs');
    const card = { lost: false };
    for (const kernel of tf.getKernelsForBackend('cpu')) {
      const kernelFunc: typeof kernel.kernelFunc = (call) => {
        const out = kernel.kernelFunc(call);
        if (card.lost) for (const { dataId } of [out].flat()) (tf.backend().readSync(dataId) as Float32Array).fill(7);
        return out;
      };
      tf.registerKernel({ ...kernel, backendName: name, kernelFunc });
    }
    const make = tf.findBackendFactory('cpu');
    tf.registerBackend(
      name,
      () => Object.assign(make() as object, { gpgpu: { gl: { isContextLost: () => card.lost } } }) as unknown as ReturnType<typeof make>,
    );
    return { tf, card };
  }

  test('training goes on from the last whole epoch on the CPU, keeps nothing that the card said since, and leaves no tensor', async () => {
    const { tf, card } = await fakeCard('card');
    const settings = readSettings(PARAMS);
    const data = rings(400, 3);
    const parts = partRows(data, settings.validation, stream(1, 'v'));
    const prepared = prepare(data, parts.train);
    const options: TrainerOptions = { activation: 'relu', loss: 'softmax', dropout: false, weightDecay: 0, rows: 32 };
    const begun: number[] = [];
    const watched: Trainer = {
      ...kernelTrainer,
      start: async (state, more) => {
        begun.push(state.steps);
        for (const values of numbersOf(state)) expect(values.some((value) => value === 7 || !Number.isFinite(value))).toBe(false);
        return kernelTrainer.start(state, more);
      },
    };
    const before = tf.memory().numTensors;
    const perEpoch = Math.ceil(parts.train.length / 32);
    let steps = 0;
    const onCard = tensorflowTrainer('card');
    const breaking: Trainer = {
      ...onCard,
      start: async (state, more) => {
        const session = (await onCard.start(state, more))!;
        return {
          ...session,
          step: (batch, rate) => {
            // In the middle of the fourth epoch.
            if (++steps === 3 * perEpoch + 4) card.lost = true;
            return session.step(batch, rate);
          },
        };
      },
    };
    const first = firstState([2, 8, 3], stream(3, 'w'), true);
    const course = await train([breaking, watched], first, { data: prepared, parts, settings, options, run: runWith() });
    expect(begun).toEqual([3 * perEpoch]);
    expect(course.lost).toEqual(['tensorflow.js card']);
    expect(course.engine).toBe(kernelTrainer.name);
    expect(course.curve.map(({ x }) => x)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(course.best.loss).toBeLessThan(course.curve[0].series['validation']);
    for (const values of numbersOf(course.best.state)) expect(values.every((value) => Number.isFinite(value) && value !== 7)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    // The dead backend is gone; the next training gets a new one.
    card.lost = false;
    const again = await onCard.start(first, options);
    expect(again).toBeDefined();
    await again!.release();
    await tf.setBackend('cpu');
    tf.removeBackend('card');
  });
});
