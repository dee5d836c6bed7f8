/** RBF kernel ridge: scikit-learn's predictions, leaving one row out in closed form, curved answers and borders, and its limit. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { fitWith, madeUp, numbersIn, quietRun } from '../test-learner.ts';
import type { FittedKernel } from './fit.ts';
import { kernel as kind } from './kind.ts';
import * as code from './learner.ts';
import { choose, ridge } from './ridge.ts';
import { weighSimilar } from './similarity.ts';

const random = stream('kernel');
const normal = (size: number) => Float64Array.from({ length: size }, () => random.normal());

describe('kernel ridge', () => {
  it('predicts as scikit-learn’s', () => {
    interface Golden {
      rows: number[][];
      kernelRidge: Record<string, number[]>;
    }
    const { rows, kernelRidge } = JSON.parse(
      readFileSync(new URL('../../conformance/goldens/unsupervised.json', import.meta.url), 'utf8'),
    ) as Golden;
    // Standardised as there.
    const columns = [0, 1, 2, 3].map((j) => {
      const own = rows.map((row) => row[j]);
      const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
      const deviation = Math.sqrt(own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.length);
      return own.map((v) => (v - mean) / deviation);
    });
    const matrix = (from: number, to: number) => ({
      rows: to - from,
      cols: 3,
      values: Float64Array.from({ length: 3 * (to - from) }, (_, at) => columns[at % 3][from + Math.floor(at / 3)]),
    });
    const kept = matrix(0, 150);
    for (const [setting, wanted] of Object.entries(kernelRidge)) {
      const [gamma, alpha] = setting.split(' ').map(Number);
      const { duals } = ridge({ kept, targets: [Float64Array.from(columns[3].slice(0, 150))] }, gamma, alpha);
      const found = weighSimilar(matrix(150, rows.length), kept, gamma, duals[0], 1);
      wanted.forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 8);
      });
    }
  });

  it('knows what each row would be answered without it', () => {
    const [rows, cols] = [23, 2];
    const values = normal(rows * cols);
    const y = normal(rows);
    const weight = Float64Array.from({ length: rows }, (_, i) => 1 + (i % 3));
    const { alone } = ridge({ kept: { rows, cols, values }, targets: [y], weight }, 0.7, 0.2);
    for (const out of [0, 11, 22]) {
      const others = (list: Float64Array, width: number) => list.filter((_, at) => Math.floor(at / width) !== out);
      const kept = { rows: rows - 1, cols, values: others(values, cols) };
      const { duals } = ridge({ kept, targets: [others(y, 1)], weight: others(weight, 1) }, 0.7, 0.2);
      const row = { rows: 1, cols, values: values.slice(out * cols, (out + 1) * cols) };
      expect(alone[0][out]).toBeCloseTo(weighSimilar(row, kept, 0.7, duals[0], 1)[0], 9);
    }
  });

  it('chooses narrower similarity for a wavy answer, and a larger penalty for a noisy one', async () => {
    const x = Float64Array.from({ length: 120 }, (_, i) => i / 20 - 3);
    const kept = { rows: 120, cols: 1, values: x };
    const of = (answer: (v: number) => number, noise: number) => ({ kept, targets: [x.map((v) => answer(v) + noise * random.normal())] });
    const wavy = await choose(
      of((v) => (Math.floor(v * 3) % 2 === 0 ? 1 : -1), 0.05),
      {},
      () => false,
    );
    const calm = await choose(
      of((v) => v, 0.05),
      {},
      () => false,
    );
    const noisy = await choose(
      of((v) => v, 2),
      {},
      () => false,
    );
    expect(wavy.gamma).toBeGreaterThan(calm.gamma);
    expect(noisy.alpha).toBeGreaterThan(calm.alpha);
    expect(
      await choose(
        of((v) => v, 1),
        { gamma: 3, alpha: 0.5 },
        () => false,
      ),
    ).toMatchObject({ gamma: 3, alpha: 0.5 });
  });
});

describe('classes', () => {
  it('that lie around each other are told apart, with probabilities that say how sure', async () => {
    const rows = 240;
    const values = normal(2 * rows);
    const inside = (i: number) => values[2 * i] ** 2 + values[2 * i + 1] ** 2 < 1.2;
    const y = Float64Array.from({ length: rows }, (_, i) => (inside(i) === i % 12 > 0 ? 1 : 0));
    const data = { X: { rows, cols: 2, values }, y, classCount: 2, featureNames: ['a', 'b'] };
    const fitted = await fitWith(kind, code, data);
    const at = { rows: 2, cols: 2, values: Float64Array.of(0, 0, 2, -2) };
    const [, centre, , far] = numbersIn(code.predict(fitted, at, 2));
    // One row in twelve says otherwise.
    expect(centre).toBeGreaterThan(0.8);
    expect(centre).toBeLessThan(0.99);
    expect(far).toBeLessThan(0.2);
    expect(far).toBeGreaterThan(0.01);
  });

  it('that are drawn at random get their shares', async () => {
    const data = madeUp(code, { rows: 150, cols: 5, classes: 2 });
    data.y.forEach((_, i) => {
      data.y[i] = random.below(4) === 0 ? 1 : 0;
    });
    const answer = numbersIn(code.predict(await fitWith(kind, code, data), data.X, 2));
    const share = data.y.reduce((sum, v) => sum + v / 150, 0);
    const mean = answer.reduce((sum, p, i) => sum + (i % 2) * (p / 150), 0);
    expect(Math.abs(mean - share)).toBeLessThan(0.08);
  });
});

it('chooses on a part of many rows, learns from all, and refuses too many', async () => {
  const data = madeUp(code, { rows: 900, cols: 2, classes: 0 });
  const reports: number[] = [];
  const fitted = (await fitWith(
    kind,
    code,
    data,
    {},
    quietRun('s', { progress: ({ fraction }) => reports.push(fraction ?? 0) }),
  )) as FittedKernel;
  expect(fitted.kept.rows).toBe(900);
  expect(reports.at(-1)).toBeCloseTo(0.8, 9);
  expect(code.notes(fitted)).toMatchObject([{ code: 'note.kernel' }]);
  await expect(fitWith(kind, code, madeUp(code, { rows: 3001, cols: 1, classes: 2 }))).rejects.toThrow('3001 rows are too many');
});
