/** One decision tree, and trees that set rows apart, beside scikit-learn with one thread. */
import { stream } from '../base/random.ts';
import { defaults } from '../kind/params.ts';
import type { FittedTree } from '../learners/tree/fit.ts';
import { tree } from '../learners/tree/kind.ts';
import * as code from '../learners/tree/learner.ts';
import { aucOfClass, classColumn } from '../metrics/probability.ts';
import { numeric } from '../table/column.ts';
import { columnNamed, type Table, table } from '../table/table.ts';
import { anomalies } from '../transforms/anomalies/kind.ts';
import * as isolation from '../transforms/anomalies/step.ts';
import { type Contest, many } from './area.ts';
import { type BenchRows, boostingRows } from './learn-data.ts';

const ROWS = 100_000;
const TEST_ROWS = 20_000;
const COLS = 28;
const SCRIPT = 'forest_speed.py';
const QUALITY = { name: 'AUC on new rows', digits: 5 };

const filesOf = (train: BenchRows, test: BenchRows) => () => ({
  'train.x': train.X.values,
  'train.y': Float32Array.from(train.y),
  'test.x': test.X.values,
  'test.y': Float32Array.from(test.y),
});

/** `depth` 0 = no limit. */
const decisionTree = (depth: number): Contest => ({
  title: `decision tree, two classes, ${many(ROWS)} × ${COLS}, ${depth > 0 ? `${depth} levels` : 'any depth'}`,
  quality: QUALITY,
  open: () => {
    const train = boostingRows(ROWS, COLS, 'train');
    const test = boostingRows(TEST_ROWS, COLS, 'test');
    const data = { ...train, classCount: 2, featureNames: Array.from({ length: COLS }, (_, j) => `x${j}`) };
    const params = { ...defaults(tree.params), max_depth: depth > 0 ? depth : null };
    const fitRun = { progress: () => undefined, stopRequested: () => false, backend: 'cpu' as const };
    let fitted: FittedTree;
    const run = async () => {
      fitted = await code.fit(data, params, { ...fitRun, random: (purpose) => stream('bench', purpose) });
    };
    const quality = () => aucOfClass(test.y, classColumn(code.predict(fitted, test.X, 2).probabilities!, 2, 1), 1);
    return {
      entrants: [{ name: 'millrace', run, quality }],
      python: {
        script: SCRIPT,
        files: filesOf(train, test),
        args: [String(COLS), '2', String(depth)],
        asks: [{ name: 'scikit-learn', work: 'fit tree', quality: 'quality tree' }],
      },
    };
  },
});

/** Every fiftieth row lies further out than the others: those are to be found. */
function rowsWithOutliers(): BenchRows {
  const { X } = boostingRows(TEST_ROWS, COLS, 'test');
  const y = Float64Array.from({ length: TEST_ROWS }, (_, i) => (i % 50 === 0 ? 1 : 0));
  return { X: { ...X, values: X.values.map((v, at) => (y[Math.floor(at / COLS)] === 1 ? 1.5 * v : v)) }, y };
}
const tableOf = ({ X }: BenchRows): Table =>
  table(
    Array.from({ length: X.cols }, (_, j) => `x${j}`),
    Array.from({ length: X.cols }, (_, j) => numeric(Float64Array.from({ length: X.rows }, (_, i) => X.values[i * X.cols + j]))),
  );

/** The whole step, columns made a matrix included. */
const isolationForest = (work: 'fit' | 'score'): Contest => ({
  title: `isolation forest, ${many(ROWS)} × ${COLS}, 100 trees, ${work}`,
  quality: QUALITY,
  open: () => {
    const train = boostingRows(ROWS, COLS, 'train');
    const test = rowsWithOutliers();
    const [learn, ask] = [tableOf(train), tableOf(test)];
    const params = defaults(anomalies.params);
    const context = { sides: [], random: (purpose: string) => stream('bench', purpose) };
    let fitted = isolation.fit(learn, params, context);
    const fit = () => {
      fitted = isolation.fit(learn, params, context);
    };
    const quality = () => {
      const scores = columnNamed(isolation.apply(ask, params, fitted), fitted.score);
      return scores.type === 'number' ? aucOfClass(test.y, Float64Array.from(scores.values), 1) : Number.NaN;
    };
    return {
      entrants: [{ name: 'millrace', run: work === 'fit' ? fit : () => isolation.apply(learn, params, fitted), quality }],
      python: {
        script: SCRIPT,
        files: filesOf(train, test),
        args: [String(COLS), '2', '100'],
        asks: [{ name: 'scikit-learn', work: `${work} isolation`, quality: 'quality isolation' }],
      },
    };
  },
});

export const loneTrees = (): Contest[] => [decisionTree(6), decisionTree(0), isolationForest('fit'), isolationForest('score')];
