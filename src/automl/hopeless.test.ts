/** When a trial is dropped by its first fold: not where few rows, or one of them, make the difference. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { rmse } from '../metrics/regression.ts';
import { type FirstFold, isHopeless } from './hopeless.ts';

const plain = { ids: new Int32Array(0), notes: [], unknown: 0 };
/** Answers whose errors are as given. */
const wrongBy = (errors: readonly number[]): FirstFold => {
  const truth = new Float64Array(errors.length);
  const predicted = Float64Array.from(errors);
  return { loss: rmse(truth, predicted), tally: { ...plain, truth, predicted, probabilities: new Float64Array(0) } };
};
const draw = stream('hopeless');
const errors = Array.from({ length: 200 }, () => draw.normal());

test('a trial that is worse row by row is dropped, one that is a little worse is not', () => {
  expect(isHopeless(wrongBy(errors.map((e) => 1.5 * e)), wrongBy(errors))).toBe(true);
  expect(isHopeless(wrongBy(errors.map((e) => 1.1 * e)), wrongBy(errors))).toBe(false);
});

test('one row far off, or few rows, are chance', () => {
  expect(isHopeless(wrongBy(errors.map((e, i) => (i === 0 ? 30 : 0.9 * e))), wrongBy(errors))).toBe(false);
  expect(isHopeless(wrongBy([1, -0.1, 0.2, 1.2]), wrongBy([0.2, -0.3, 0.4, 0.9]))).toBe(false);
});

test('class shares that are nearly all right are not told apart by how near', () => {
  const of = (surprises: readonly number[]): FirstFold => ({
    loss: surprises.reduce((sum, s) => sum + s, 0) / surprises.length,
    tally: {
      ...plain,
      truth: new Float64Array(surprises.length),
      predicted: new Float64Array(surprises.length),
      probabilities: Float64Array.from(surprises.flatMap((s) => [Math.exp(-s), 1 - Math.exp(-s)])),
    },
  });
  expect(isHopeless(of([0.001, 0.002, 0.001, 0.06]), of([0.002, 0.003, 0.004, 0.002]))).toBe(false);
  expect(isHopeless(of([0.9, 1.1, 0.8, 1.2, 0.9]), of([0.1, 0.2, 0.05, 0.1, 0.2]))).toBe(true);
});
