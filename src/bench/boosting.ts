/** Gradient boosting, 100 trees of 31 leaves from raw float32 rows, binning included, beside scikit-learn, LightGBM and XGBoost with one thread each. */
import { stream } from '../base/random.ts';
import { forgetPeak, kernelMemory } from '../kernels/space.ts';
import { defaults } from '../kind/params.ts';
import type { FittedBoosting } from '../learners/boosting/fit.ts';
import { boosting } from '../learners/boosting/kind.ts';
import * as code from '../learners/boosting/learner.ts';
import { aucOfClass, classColumn } from '../metrics/probability.ts';
import type { Training } from '../recipe/model.ts';
import { type Area, type Contest, many, type PythonPeer } from './area.ts';
import { type BenchRows, boostingRows } from './learn-data.ts';

const SIZES: readonly [number, number][] = [
  [500, 28],
  [20_000, 100],
  [100_000, 28],
];
const LARGE: readonly [number, number][] = [[1_000_000, 28]];
const TEST_ROWS = 20_000;
/** As a worker runs it, with a clock. */
const FIT_RUN = { progress: () => undefined, stopRequested: () => false, backend: 'cpu' as const, now: () => performance.now() };

export const fitBoosting = ({ X, y }: BenchRows): Promise<FittedBoosting> => {
  const data: Training = { X, y, classCount: 2, featureNames: Array.from({ length: X.cols }, (_, j) => `x${j}`) };
  return code.fit(data, defaults(boosting.params), { ...FIT_RUN, random: (purpose) => stream('bench', purpose) });
};

/** Both parts as files, and what the script is asked under the name of each peer. */
export function boostingPeer(train: BenchRows, test: BenchRows, asks: PythonPeer['asks']): PythonPeer {
  const files = () => ({
    'train.x': train.X.values,
    'train.y': Float32Array.from(train.y),
    'test.x': test.X.values,
    'test.y': Float32Array.from(test.y),
  });
  return { script: 'boosting_speed.py', files, args: [String(train.X.cols)], asks };
}

const fitting = ([rows, cols]: readonly [number, number]): Contest => ({
  title: `fit ${many(rows)} × ${cols}`,
  quality: { name: `AUC on ${many(TEST_ROWS)} new rows`, digits: 5 },
  open: () => {
    const train = boostingRows(rows, cols, 'train');
    const test = boostingRows(TEST_ROWS, cols, 'test');
    let fitted: FittedBoosting;
    forgetPeak();
    const run = async () => {
      fitted = await fitBoosting(train);
    };
    const quality = () => aucOfClass(test.y, classColumn(code.predict(fitted, test.X, 2).probabilities!, 2, 1), 1);
    const asks = ['scikit-learn', 'LightGBM', 'XGBoost'].map((name) => ({ name, work: `fit ${name}`, quality: `auc ${name}` }));
    return {
      entrants: [{ name: 'millrace', run, quality }],
      python: boostingPeer(train, test, asks),
      notes: () => [
        `kernel memory at most ${(kernelMemory().peak / 1e6).toFixed(1)} MB; codes of one byte per cell are ${((rows * cols) / 1e6).toFixed(1)} MB`,
      ],
    };
  },
});

export const boostingArea: Area = {
  name: 'boosting',
  about: 'gradient boosting, 100 trees of 31 leaves',
  contests: (full) => [...SIZES, ...(full ? LARGE : [])].map(fitting),
};
