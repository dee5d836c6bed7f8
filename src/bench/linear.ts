/**
 * Linear models, 100,000 rows × 100 columns in float64, beside scikit-learn with one thread, the same penalties and tolerances: ridge, lasso along its path
 * and chosen by five folds, logistic regression, Poisson regression, linear SVM with probabilities, and naive Bayes.
 */
import { exp } from '../base/float.ts';
import { stream } from '../base/random.ts';
import type { Kind } from '../kind/kind.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import { linear } from '../learners/linear/kind.ts';
import * as linearCode from '../learners/linear/learner.ts';
import { productFits } from '../learners/linear/sparse-fits.ts';
import { basisOf } from '../learners/linear/summary.ts';
import { logistic } from '../learners/logistic/kind.ts';
import * as logisticCode from '../learners/logistic/learner.ts';
import { naiveBayes } from '../learners/naive-bayes/kind.ts';
import * as bayesCode from '../learners/naive-bayes/learner.ts';
import { poisson } from '../learners/poisson/kind.ts';
import * as poissonCode from '../learners/poisson/learner.ts';
import { svm } from '../learners/svm/kind.ts';
import * as svmCode from '../learners/svm/learner.ts';
import { logLoss } from '../metrics/probability.ts';
import { rmse } from '../metrics/regression.ts';
import type { LearnerCode, Training } from '../recipe/model.ts';
import { type Area, type Contest, many } from './area.ts';

const ROWS = 100_000;
const COLS = 100;
const TEST_ROWS = 20_000;
const STEPS = 100;
type Target = 'amount' | 'two' | 'three' | 'count';
const CLASSES: Record<Target, number> = { amount: 0, two: 2, three: 3, count: 0 };

/** Columns that each follow the one before, and a target that all of them bear on. */
function rowsFor(target: Target, rows: number, part: string): Training {
  const sizes = stream('linear bench', 'weights');
  const weights = Float64Array.from({ length: COLS }, () => 0.3 * sizes.normal());
  const random = stream('linear bench', part, rows);
  const values = new Float64Array(rows * COLS);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let score = 0;
    for (let j = 0; j < COLS; j++) {
      const before = j > 0 ? values[i * COLS + j - 1] : 0;
      values[i * COLS + j] = Math.fround(0.6 * before + 0.8 * random.normal());
      score += weights[j] * values[i * COLS + j];
    }
    const noisy = score + 2 * random.normal();
    if (target === 'amount') y[i] = Math.fround(noisy);
    else if (target === 'two') y[i] = noisy > 0 ? 1 : 0;
    else if (target === 'three') y[i] = noisy > 1.5 ? 2 : noisy > -1 ? 1 : 0;
    else y[i] = Math.max(0, Math.round(exp(0.2 * score) + random.normal()));
  }
  return { X: { rows, cols: COLS, values }, y, classCount: CLASSES[target], featureNames: Array.from({ length: COLS }, (_, j) => `x${j}`) };
}

const FIT_RUN = {
  progress: () => undefined,
  stopRequested: () => false,
  backend: 'cpu' as const,
  random: (purpose: string) => stream('bench', purpose),
};

/** One learner's fit; `peers` are what the script is asked for. */
function fitting(title: string, target: Target, kind: Kind, code: LearnerCode, params: ParamValues, peers: readonly string[]): Contest {
  const classes = CLASSES[target];
  return {
    title: `${title}, ${many(ROWS)} × ${COLS}`,
    quality: { name: `${classes > 0 ? 'log loss' : 'error'} on ${many(TEST_ROWS)} new rows`, digits: 5 },
    open: () => {
      const train = rowsFor(target, ROWS, 'train');
      const test = rowsFor(target, TEST_ROWS, 'test');
      let fitted: unknown;
      const run = async () => {
        fitted = await code.fit(train, { ...defaults(kind.params), ...params }, FIT_RUN);
      };
      const quality = () => {
        const { probabilities, values } = code.predict(fitted, test.X, classes);
        return probabilities ? logLoss(test.y, probabilities, classes) : rmse(test.y, values!);
      };
      return { entrants: [{ name: 'millrace', run, quality }], python: pythonFor(train, test, target, peers) };
    },
  };
}

const pythonFor = (train: Training, test: Training, target: Target, peers: readonly string[]) => ({
  script: 'linear_speed.py',
  files: () => ({
    'train.x': Float32Array.from(train.X.values),
    'train.y': Float32Array.from(train.y),
    'test.x': Float32Array.from(test.X.values),
    'test.y': Float32Array.from(test.y),
  }),
  args: [String(COLS), String(CLASSES[target])],
  asks: peers.map((name) => ({
    name: `scikit-learn ${name}`,
    work: `fit ${name}`,
    ...(name === 'lasso_path' ? {} : { quality: `judge ${name}` }),
  })),
});

const lassoPath: Contest = {
  title: `lasso path of ${STEPS} penalties, ${many(ROWS)} × ${COLS}`,
  open: () => {
    const train = rowsFor('amount', ROWS, 'train');
    const run = () => {
      const fits = productFits(basisOf(train), undefined);
      const path: Float64Array[] = [];
      for (let step = 0; step < STEPS; step++) {
        fits.solve(fits.largestPull * 1e-3 ** (step / (STEPS - 1)), 0, 'exactly');
        path.push(fits.solution().weights);
      }
      fits.close();
      return path;
    };
    return { entrants: [{ name: 'millrace', run }], python: pythonFor(train, train, 'amount', ['lasso_path']) };
  },
};

export const linearArea: Area = {
  name: 'linear',
  about: 'linear models and naive Bayes',
  contests: () => [
    fitting('ridge', 'amount', linear, linearCode, { alpha: 10 }, ['Ridge']),
    lassoPath,
    fitting('lasso by 5 folds', 'amount', linear, linearCode, { penalty: 'lasso' }, ['LassoCV']),
    fitting('logistic, 2 classes', 'two', logistic, logisticCode, { tolerance: 1e-4 }, ['LogisticRegression']),
    fitting('logistic, 3 classes', 'three', logistic, logisticCode, { tolerance: 1e-4 }, ['LogisticRegression']),
    fitting('logistic with L1', 'two', logistic, logisticCode, { penalty: 'l1', c: 0.01, tolerance: 1e-4 }, ['liblinear', 'saga']),
    fitting('Poisson', 'count', poisson, poissonCode, { alpha: 0.01, tolerance: 1e-4 }, ['PoissonRegressor']),
    fitting('linear SVM with probabilities', 'two', svm, svmCode, { c: 0.1, tolerance: 1e-4 }, ['LinearSVC']),
    fitting('naive Bayes', 'two', naiveBayes, bayesCode, { temper: false, alpha: 0 }, ['GaussianNB']),
  ],
};
