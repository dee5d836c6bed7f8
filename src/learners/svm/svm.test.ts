/** The linear support vector machine on cases whose answer is known. */
import { describe, expect, it } from 'vitest';
import { exp } from '../../base/float.ts';
import { stream } from '../../base/random.ts';
import type { Training } from '../../recipe/model.ts';
import { fitSigmoid } from '../linear-scores/sigmoid.ts';
import { fitWith, labelsOf, madeUp, numbersIn } from '../test-learner.ts';
import type { FittedSvm } from './fit.ts';
import { svm } from './kind.ts';
import * as code from './learner.ts';

const f64 = (...values: number[]) => Float64Array.from(values);
const fitSvm = (data: Training, params = {}) => fitWith(svm, code, data, params) as Promise<FittedSvm>;

describe('linear SVM', () => {
  it('of two mirrored classes puts the border between them', async () => {
    const x = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? -1 : 1));
    const data = { X: { rows: 20, cols: 1, values: x }, y: x.map((v) => (v + 1) / 2), classCount: 2, featureNames: ['x'] };
    const { weights, intercepts } = await fitSvm(data, { c: 0.1, tolerance: 1e-10 });
    // Both classes' scores are the same line with other signs.
    expect(weights[0]).toBeCloseTo(-weights[1], 12);
    expect(intercepts[1] / weights[1]).toBeCloseTo(0, 6);
  });

  it('tells classes of new rows apart, with probabilities that mean what they say', async () => {
    for (const classes of [2, 3]) {
      const train = madeUp(code, { rows: 600, classes, seed: 'a' });
      const test = madeUp(code, { rows: 4000, classes, seed: 'b' });
      const shares = numbersIn(code.predict(await fitSvm(train), test.X, classes));
      const right = labelsOf(shares, classes).filter((k, i) => k === test.y[i]).length;
      expect(right / 4000).toBeGreaterThan(classes === 2 ? 0.85 : 0.7);
      // Of rows given a share about p of being the last class, about p are.
      for (const [low, high] of [
        [0.1, 0.3],
        [0.4, 0.6],
        [0.7, 0.9],
      ]) {
        const rows = [...test.y.keys()].filter((i) => shares[i * classes + classes - 1] >= low && shares[i * classes + classes - 1] < high);
        const seen = rows.filter((i) => test.y[i] === classes - 1).length / rows.length;
        expect(Math.abs(seen - (low + high) / 2)).toBeLessThan(0.15);
      }
    }
  });

  it('of numbers ignores errors within its tube', async () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i / 10);
    const data = {
      X: { rows: 40, cols: 1, values: x },
      y: x.map((v, i) => 1e6 * (3 * v + (i % 2 === 0 ? 0.05 : -0.05))),
      classCount: 0,
      featureNames: ['x'],
    };
    const near = await fitSvm(data, { c: 1e5, epsilon: 0.05, tolerance: 1e-10 });
    expect(near.weights[0] / 1e6).toBeGreaterThan(2.9);
    expect(near.weights[0] / 1e6).toBeLessThan(3.1);
    const errors = numbersIn(code.predict(near, data.X, 0)).map((v, i) => Math.abs(v - data.y[i]) / 1e6);
    expect(Math.max(...errors)).toBeLessThan(0.05 * 3.5 + 0.01);
    // Without a tube and with little penalty: least squares.
    const plain = await fitSvm(data, { c: 1e6, epsilon: 0, tolerance: 1e-10 });
    expect(plain.weights[0] / 1e6).toBeCloseTo(3, 2);
  });

  it('balanced makes a rare class count as much as the other', async () => {
    const data = madeUp(code, { rows: 500, classes: 2 });
    const rare = { ...data, y: data.y.map((k, i) => (i % 10 === 0 ? k : 0)) };
    const of = async (params: object) => {
      const shares = numbersIn(code.predict(await fitSvm(rare, params), rare.X, 2));
      return labelsOf(shares, 2).filter((k) => k === 1).length;
    };
    expect(await of({ class_weight: 'balanced' })).toBeGreaterThan(2 * (await of({})));
  });

  it('keeps groups together for its probabilities, and bears a group alone', async () => {
    const data = madeUp(code, { rows: 80, classes: 2 });
    for (const groups of [Int32Array.from({ length: 80 }, (_, i) => i % 8), new Int32Array(80)]) {
      const shares = numbersIn(code.predict(await fitSvm({ ...data, groups }), data.X, 2));
      expect(shares.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('the sigmoid', () => {
  it('finds slope and offset that outcomes were drawn with', () => {
    const random = stream('sigmoid');
    const scores = Float64Array.from({ length: 20_000 }, () => 3 * random.normal());
    const inside = Uint8Array.from(scores, (s) => (random.uniform() < 1 / (1 + exp(-(0.8 * s - 0.5))) ? 1 : 0));
    const { slope, offset } = fitSigmoid(scores, inside, () => 1);
    expect(Math.abs(slope - 0.8)).toBeLessThan(0.04);
    expect(Math.abs(offset + 0.5)).toBeLessThan(0.05);
  });
  it('of parted classes stays finite and keeps their order; of equal scores is their share', () => {
    const { slope } = fitSigmoid(f64(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1), () => 1);
    expect(slope).toBeGreaterThan(0);
    expect(slope).toBeLessThan(100);
    const flat = fitSigmoid(f64(0, 0, 0, 0), Uint8Array.of(0, 0, 0, 1), () => 100);
    expect(1 / (1 + exp(-flat.offset))).toBeCloseTo(0.25, 2);
  });
});
