/** The neural network, three hidden layers of 64 and batches of 1,024, beside TensorFlow.js and scikit-learn in float32. */
import { stream } from '../base/random.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import { neuralNetwork } from '../learners/neural-network/kind.ts';
import * as code from '../learners/neural-network/learner.ts';
import { aucOfClass, classColumn } from '../metrics/probability.ts';
import { type Area, type Contest, type Entrant, many } from './area.ts';
import { boostingRows } from './learn-data.ts';
import { tensorflowNetwork } from './tfjs-peer.ts';

const HIDDEN = [64, 64, 64];
const BATCH = 1024;
const LEARNING_RATE = 0.001;
const TEST_ROWS = 20_000;
const FIT_RUN = { progress: () => undefined, stopRequested: () => false };

/** Params of the learner, with what the peers have no word for switched off. */
const paramsOf = (hidden: readonly number[], epochs: number) => ({
  ...defaults(neuralNetwork.params),
  hidden: hidden.join(', '),
  batch: BATCH,
  epochs,
  learning_rate: LEARNING_RATE,
  schedule: 'constant',
  weight_decay: 0,
  early_stopping: false,
});
type Rows = ReturnType<typeof boostingRows>;
/** Our learner with an engine, on a table of which `test` is judged. */
function own(name: string, params: ParamValues, train: Rows, test: Rows, backend: 'cpu' | 'gpu' = 'cpu'): Entrant {
  const data = { X: train.X, y: train.y, classCount: 2, featureNames: Array.from({ length: train.X.cols }, (_, j) => `x${j}`) };
  let fitted: unknown;
  return {
    name,
    run: async () => {
      fitted = await code.fit(data, params, { ...FIT_RUN, backend, random: (purpose) => stream('bench', purpose) });
    },
    quality: () => aucOfClass(test.y, classColumn(code.predict(fitted, test.X, 2).probabilities!, 2, 1), 1),
  };
}

const training = (rows: number, cols: number, epochs: number): Contest => ({
  title: `${many(rows)} × ${cols}, epochs: ${epochs}`,
  quality: { name: `AUC on ${many(TEST_ROWS)} new rows`, digits: 4 },
  open: async () => {
    const train = boostingRows(rows, cols, 'train');
    const test = boostingRows(TEST_ROWS, cols, 'test');
    const params = paramsOf(HIDDEN, epochs);
    const entrants = [
      own('millrace', { ...params, engine: 'auto' }, train, test),
      own('its onnxruntime engine', { ...params, engine: 'onnxruntime' }, train, test),
    ];
    const notes: string[] = [];
    let close: (() => void) | undefined;
    try {
      const peer = await tensorflowNetwork({ hidden: HIDDEN, batch: BATCH, epochs, learningRate: LEARNING_RATE }, train);
      close = peer.close;
      const quality = async () => aucOfClass(test.y, Float64Array.from(await peer.predict(test)), 1);
      entrants.push({ name: 'tfjs WASM', run: peer.train, quality });
    } catch (error) {
      notes.push(`tfjs WASM left out: ${(error as Error).message.split('\n')[0]}`);
    }
    const files = () => ({
      'train.x': train.X.values,
      'train.y': Float32Array.from(train.y),
      'test.x': test.X.values,
      'test.y': Float32Array.from(test.y),
    });
    const args = [String(cols), JSON.stringify({ hidden: HIDDEN, batch: BATCH, epochs, rate: LEARNING_RATE })];
    const asks = [{ name: 'scikit-learn float32', work: 'fit', quality: 'auc' }];
    return { entrants, python: { script: 'network_speed.py', files, args, asks }, notes: () => notes, ...(close && { close }) };
  },
});

export const networkArea: Area = {
  name: 'network',
  about: 'neural network of three hidden layers of 64, batches of 1,024',
  contests: (full) => [training(100_000, 28, full ? 5 : 1)],
};

/** The same learner on the CPU and on the graphics card of this browser; a wide network is where a card pays. */
const onCard = (rows: number, cols: number, hidden: readonly number[]): Contest => ({
  title: `${many(rows)} × ${cols}, hidden layers ${hidden.join(', ')}, one epoch`,
  quality: { name: `AUC on ${many(TEST_ROWS)} new rows`, digits: 4 },
  open: () => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    if (!gl) throw new Error('this browser offers no graphics card');
    const name = gl.getExtension('WEBGL_debug_renderer_info');
    const card = String(gl.getParameter(name ? name.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    const train = boostingRows(rows, cols, 'train');
    const test = boostingRows(TEST_ROWS, cols, 'test');
    const params = paramsOf(hidden, 1);
    return {
      entrants: [
        own('millrace on the CPU', { ...params, engine: 'millrace' }, train, test),
        own('on the graphics card', { ...params, engine: 'tensorflow' }, train, test, 'gpu'),
      ],
      notes: () => [`the card: ${card}`],
    };
  },
});

export const networkCardArea: Area = {
  name: 'network-card',
  about: 'neural network on the CPU and on a graphics card (needs `--gpu`), batches of 1,024',
  cardOnly: true,
  contests: () => [onCard(100_000, 28, HIDDEN), onCard(100_000, 28, [512, 512, 512])],
};
