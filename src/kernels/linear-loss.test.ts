/** Losses and gradients of linear models against plain sums, for all shapes of edges; rows are float32 to begin with. */
import { describe, expect, it } from 'vitest';
import { exp, log } from '../base/float.ts';
import { stream } from '../base/random.ts';
import { kernels, type ScoreLoss } from './door.ts';

const random = stream('linear loss');
const shapes = [
  [1, 0],
  [1, 1],
  [5, 2],
  [8, 3],
  [1500, 7],
];
const normal = (length: number, by = 1) => Float64Array.from({ length }, () => by * random.normal());

/** Loss and slope at a score. */
const plainly: Record<ScoreLoss, (z: number, y: number) => [number, number]> = {
  logistic: (z, y) => [Math.max(0, -z * y) + log(1 + exp(-Math.abs(z))), -y / (1 + exp(z * y))],
  poisson: (z, y) => [exp(z) - y * z, exp(z) - y],
  hinge: (z, y) => [Math.max(0, 1 - z * y) ** 2, -2 * y * Math.max(0, 1 - z * y)],
  tube: (z, y) => [Math.max(0, Math.abs(z - y) - 0.3) ** 2, 2 * Math.sign(z - y) * Math.max(0, Math.abs(z - y) - 0.3)],
};

describe('losses of one score', () => {
  for (const loss of Object.keys(plainly) as ScoreLoss[]) {
    it(loss, () => {
      for (const [rows, cols] of shapes) {
        const X = { rows, cols, values: normal(rows * cols).map(Math.fround) };
        const weight = Float64Array.from({ length: rows }, () => random.below(3) / 2);
        const y = Float64Array.from({ length: rows }, () =>
          loss === 'poisson' ? random.below(5) : loss === 'tube' ? random.normal() : random.below(2) * 2 - 1,
        );
        const w = normal(cols + 1, 1.5);
        let value = 0;
        const slopes = new Float64Array(cols + 1);
        for (let i = 0; i < rows; i++) {
          let z = w[cols];
          for (let j = 0; j < cols; j++) z += w[j] * X.values[i * cols + j];
          const [part, slope] = plainly[loss](z, y[i]);
          value += weight[i] * part;
          for (let j = 0; j <= cols; j++) slopes[j] += weight[i] * slope * (j < cols ? X.values[i * cols + j] : 1);
        }
        const open = kernels.openScoreLoss({ X, weight }, y, loss, 0.3);
        const gradient = new Float64Array(cols + 1);
        expect(open.evaluate(w, gradient) / (1 + value)).toBeCloseTo(value / (1 + value), 11);
        // The same again: nothing is left over from the pass before.
        open.evaluate(w, gradient);
        slopes.forEach((slope, j) => {
          expect(gradient[j] / (1 + value)).toBeCloseTo(slope / (1 + value), 11);
        });
        open.squares().forEach((sum, j) => {
          let wanted = 0;
          for (let i = 0; i < rows; i++) wanted += weight[i] * (j < cols ? X.values[i * cols + j] ** 2 : 1);
          expect(sum).toBeCloseTo(wanted, 8);
        });
        open.close();
      }
    });
  }

  it('stays finite at scores of thousands', () => {
    const X = { rows: 4, cols: 1, values: Float64Array.of(5000, -5000, 5000, -5000) };
    for (const loss of ['logistic', 'hinge', 'tube'] as const) {
      const open = kernels.openScoreLoss({ X }, Float64Array.of(1, 1, -1, -1), loss);
      const gradient = new Float64Array(2);
      expect(open.evaluate(Float64Array.of(1, 0), gradient)).toBeGreaterThanOrEqual(loss === 'tube' ? 0 : 10_000);
      expect(gradient.every(Number.isFinite)).toBe(true);
      open.close();
    }
  });
});

describe('softmax loss', () => {
  for (const classes of [2, 3, 4, 9]) {
    it(`of ${classes} classes`, () => {
      for (const [rows, cols] of shapes) {
        const X = { rows, cols, values: normal(rows * cols).map(Math.fround) };
        const weight = Float64Array.from({ length: rows }, () => random.below(3) / 2);
        const y = Int32Array.from({ length: rows }, () => random.below(classes));
        const each = cols + 1;
        const w = normal(classes * each, 2);
        let value = 0;
        const slopes = new Float64Array(w.length);
        for (let i = 0; i < rows; i++) {
          const cell = (j: number) => (j < cols ? X.values[i * cols + j] : 1);
          const z = Array.from({ length: classes }, (_, k) =>
            Array.from({ length: each }, (_, j) => w[k * each + j] * cell(j)).reduce((a, b) => a + b),
          );
          const sum = z.reduce((all, v) => all + exp(v - z[y[i]]), 0);
          value += weight[i] * log(sum);
          z.forEach((v, k) => {
            const slope = weight[i] * (exp(v - z[y[i]]) / sum - (k === y[i] ? 1 : 0));
            for (let j = 0; j < each; j++) slopes[k * each + j] += slope * cell(j);
          });
        }
        const open = kernels.openSoftmaxLoss({ X, weight }, y, classes);
        const gradient = new Float64Array(w.length);
        expect(open.evaluate(w, gradient) / (1 + value)).toBeCloseTo(value / (1 + value), 11);
        slopes.forEach((slope, j) => {
          expect(gradient[j] / (1 + value)).toBeCloseTo(slope / (1 + value), 11);
        });
        open.close();
      }
    });
  }
});
