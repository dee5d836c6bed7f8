/** The neural network, three hidden layers of 64 and batches of 1,024, beside TensorFlow.js and scikit-learn in float32. */
import { stream } from '../base/random.ts';
import { defaults } from '../kind/params.ts';
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
const FIT_RUN = { progress: () => undefined, stopRequested: () => false, backend: 'cpu' as const };

const training = (rows: number, cols: number, epochs: number): Contest => ({
  title: `${many(rows)} × ${cols}, epochs: ${epochs}`,
  quality: { name: `AUC on ${many(TEST_ROWS)} new rows`, digits: 4 },
  open: async () => {
    const train = boostingRows(rows, cols, 'train');
    const test = boostingRows(TEST_ROWS, cols, 'test');
    const data = { X: train.X, y: train.y, classCount: 2, featureNames: Array.from({ length: cols }, (_, j) => `x${j}`) };
    const params = {
      ...defaults(neuralNetwork.params),
      hidden: HIDDEN.join(', '),
      batch: BATCH,
      epochs,
      learning_rate: LEARNING_RATE,
      schedule: 'constant',
      weight_decay: 0,
      early_stopping: false,
    };
    const own = (name: string, engine: string): Entrant => {
      let fitted: unknown;
      return {
        name,
        run: async () => {
          fitted = await code.fit(data, { ...params, engine }, { ...FIT_RUN, random: (purpose) => stream('bench', purpose) });
        },
        quality: () => aucOfClass(test.y, classColumn(code.predict(fitted, test.X, 2).probabilities!, 2, 1), 1),
      };
    };
    const entrants = [own('millrace', 'auto'), own('its onnxruntime engine', 'onnxruntime')];
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
