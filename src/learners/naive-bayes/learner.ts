/** Naive Bayes as a learner: its behaviour put together. */
import { type Phrase, phrase } from '../../base/words.ts';
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { softmaxInPlace } from '../softmax.ts';
import { bayesScores, type FittedBayes } from './scores.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const tasks: LearnerCode['tasks'] = ['classify'];
export const featuriser: LearnerCode['featuriser'] = { numbers: 'native', categories: 'codes', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix): Prediction {
  const bayes = fitted as FittedBayes;
  return { probabilities: softmaxInPlace(bayesScores(bayes, X), bayes.classes) };
}

/** Where the columns repeat each other. */
export function notes(fitted: unknown): Phrase[] {
  const { power } = fitted as FittedBayes;
  if (power > 0.95) return [];
  const shown = String(Number(power.toPrecision(2)));
  return [phrase('note.tempered', 'Columns repeat each other: what they say counts with the power {power}.', { power: shown })];
}

/** How much each feature's cells part the classes: the spread over the classes of what a typical cell adds to their scores. */
export function importances(fitted: unknown, featureNames: readonly string[]) {
  const { classes, prior, numbers, square, linear, constant, coded, levels, logs } = fitted as FittedBayes;
  const seen = [...prior.keys()].filter((k) => prior[k] > -1e200);
  const spread = (of: (k: number) => number) => Math.max(...seen.map(of)) - Math.min(...seen.map(of));
  const value = new Float64Array(featureNames.length);
  numbers.forEach((column, n) => {
    const adds = (u: number) => (k: number) => square[n * classes + k] * u * u + linear[n * classes + k] * u + constant[n * classes + k];
    for (const u of [-1, 0, 1]) value[column] += spread(adds(u)) / 3;
  });
  let table = 0;
  coded.forEach((column, c) => {
    for (let level = 0; level < levels[c]; level++) value[column] += spread((k) => logs[(table + level) * classes + k]) / levels[c];
    table += levels[c];
  });
  return featureNames.map((name, j) => ({ name, value: value[j] }));
}
