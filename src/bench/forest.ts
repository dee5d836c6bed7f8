/** Random forests and extra trees, fully grown, from raw float32 rows, binning included, beside scikit-learn with one thread. */
import { stream } from '../base/random.ts';
import { defaults } from '../kind/params.ts';
import type { FittedRandomForest } from '../learners/random-forest/fit.ts';
import { randomForest } from '../learners/random-forest/kind.ts';
import * as code from '../learners/random-forest/learner.ts';
import { aucOfClass, classColumn } from '../metrics/probability.ts';
import { type Area, type Contest, many } from './area.ts';
import { type BenchRows, boostingRows } from './learn-data.ts';
import { loneTrees } from './lone-trees.ts';

const MOST_TEST_ROWS = 20_000;
const FIT_RUN = { progress: () => undefined, stopRequested: () => false, backend: 'cpu' as const };

interface Case {
  name: string;
  rows: number;
  cols: number;
  /** 0 = numbers. */
  classes: number;
  trees: number;
  make: (rows: number, cols: number, part: string) => BenchRows;
}

/** Letters as a scanner measures them: 104 shapes of 26 letters, all features whole numbers from 0 to 15. */
function letterRows(rows: number, cols: number, part: string): BenchRows {
  const shapes = stream('letter shapes', cols);
  const centres = Float64Array.from({ length: 104 * cols }, () => 7.5 + 2.2 * shapes.normal());
  const random = stream('letters', part, rows, cols);
  const values = new Float32Array(rows * cols);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const shape = random.below(104);
    y[i] = shape % 26;
    for (let j = 0; j < cols; j++)
      values[i * cols + j] = Math.min(15, Math.max(0, Math.round(centres[shape * cols + j] + 1.6 * random.normal())));
  }
  return { X: { rows, cols, values }, y };
}

/** A sum of the first features, one of them bent, and noise. */
function numberRows(rows: number, cols: number, part: string): BenchRows {
  const { X } = boostingRows(rows, cols, part);
  const random = stream('numbers', part, rows, cols);
  const at = (i: number, j: number) => X.values[i * cols + j];
  return {
    X,
    y: Float64Array.from({ length: rows }, (_, i) => at(i, 0) + at(i, 1) * at(i, 1) + 2 * at(i, 2) * at(i, 3) + random.normal()),
  };
}

const CASES: readonly Case[] = [
  { name: 'two classes', rows: 100_000, cols: 28, classes: 2, trees: 20, make: boostingRows },
  { name: '26 letters', rows: 15_000, cols: 16, classes: 26, trees: 100, make: letterRows },
  { name: 'numbers', rows: 20_000, cols: 28, classes: 0, trees: 20, make: numberRows },
];

/** AUC, over several classes the mean of each against the rest; for numbers R². */
function quality(fitted: FittedRandomForest, { X, y }: BenchRows, classes: number): number {
  const { probabilities, values } = code.predict(fitted, X, classes);
  if (values) {
    const mean = y.reduce((sum, v) => sum + v, 0) / y.length;
    return 1 - y.reduce((sum, v, i) => sum + (v - values[i]) ** 2, 0) / y.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  }
  const own = Array.from({ length: classes }, (_, k) => aucOfClass(y, classColumn(probabilities!, classes, k), k));
  return classes === 2 ? own[1] : own.reduce((sum, auc) => sum + auc, 0) / classes;
}

const growing = ({ name, rows, cols, classes, trees, make }: Case, extra: boolean): Contest => ({
  title: `${extra ? 'extra trees' : 'random forest'}, ${name}, ${many(rows)} × ${cols}, ${trees} trees`,
  quality: { name: `${classes > 0 ? 'AUC' : 'R²'} on new rows`, digits: 5 },
  open: () => {
    const train = make(rows, cols, 'train');
    const test = make(Math.min(rows, MOST_TEST_ROWS), cols, 'test');
    const data = { ...train, classCount: classes, featureNames: Array.from({ length: cols }, (_, j) => `x${j}`) };
    // As scikit-learn's defaults; a third of the features for numbers, as ours.
    const params = { ...defaults(randomForest.params), trees, min_leaf: 1, ...(extra ? { splits: 'drawn', bootstrap: false } : {}) };
    let fitted: FittedRandomForest;
    const run = async () => {
      fitted = await code.fit(data, params, { ...FIT_RUN, random: (purpose) => stream('bench', purpose) });
    };
    const files = () => ({
      'train.x': train.X.values,
      'train.y': Float32Array.from(train.y),
      'test.x': test.X.values,
      'test.y': Float32Array.from(test.y),
    });
    const kind = extra ? 'extra' : 'random';
    return {
      entrants: [{ name: 'millrace', run, quality: () => quality(fitted, test, classes) }],
      python: {
        script: 'forest_speed.py',
        files,
        args: [String(cols), String(classes), String(trees)],
        asks: [{ name: 'scikit-learn', work: `fit ${kind}`, quality: `quality ${kind}` }],
      },
    };
  },
});

export const forestArea: Area = {
  name: 'forest',
  about: 'forests of fully grown trees, one tree, and isolation',
  contests: () => [...CASES.flatMap((one) => [growing(one, false), growing(one, true)]), ...loneTrees()],
};
