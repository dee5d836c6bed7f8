/** Curves against small cases worked by hand and against the rank form of AUC. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelResult } from '../../recipe/results.ts';
import {
  area,
  confusion,
  countsAt,
  curveOf,
  metricsOf,
  pointAt,
  positiveCode,
  predictedAt,
  scoredFor,
  scoreHistogram,
  thin,
} from './curves.ts';

const model = (truth: number[], p: number[]): ModelResult => ({
  name: 'm',
  ids: Int32Array.from(truth, (_, i) => i),
  truth: Float64Array.from(truth),
  predicted: Float64Array.from(p, (v) => (v >= 0.5 ? 1 : 0)),
  probabilities: Float64Array.from(p.flatMap((v) => [1 - v, v])),
  metrics: {},
  notes: [],
});
const example = model([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
const scored = scoredFor(example, 1, 2);

describe('score curves', () => {
  it('walks the ROC curve of the textbook example', () => {
    const { points, thresholds } = curveOf('roc', scored);
    expect(thresholds?.[1]).toBe(0.8);
    expect(points).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
    expect(area(points)).toBe(0.75);
  });

  it('equals the chance that a positive outranks a negative, ties counting half', () => {
    const row = fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const s = scoredFor(
          model(
            rows.map((r) => r[0]),
            rows.map((r) => r[1] / 8),
          ),
          1,
          2,
        );
        if (s.positives === 0 || s.positives === rows.length) {
          expect(curveOf('roc', s).points).toEqual([]);
          return;
        }
        let wins = 0;
        for (const a of rows) for (const b of rows) if (a[0] === 1 && b[0] === 0) wins += a[1] > b[1] ? 1 : a[1] === b[1] ? 0.5 : 0;
        expect(area(curveOf('roc', s).points)).toBeCloseTo(wins / (s.positives * (rows.length - s.positives)), 10);
      }),
    );
  });

  it('gives precision by recall, gains and lift', () => {
    expect(curveOf('pr', scored).points).toEqual([
      [0, 1],
      [0.5, 1],
      [0.5, 0.5],
      [1, 2 / 3],
      [1, 0.5],
    ]);
    expect(curveOf('gains', scored).points[25]).toEqual([0.25, 0.5]);
    expect(curveOf('lift', scored).points[24]).toEqual([0.25, 2]);
  });

  it('leaves out rows without truth and counts the rest', () => {
    const gappy = scoredFor(model([0, Number.NaN, 1], [0.2, 0.9, 0.7]), 1, 2);
    expect([...gappy.rows]).toEqual([0, 2]);
    expect(gappy.positives).toBe(1);
    expect(scoreHistogram(gappy, 1, 10)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  });

  it('finds a threshold on each curve', () => {
    const counts = countsAt(scored, 0.35);
    expect(pointAt('roc', counts)).toEqual([0.5, 1]);
    expect(pointAt('pr', counts)).toEqual([1, 2 / 3]);
    expect(pointAt('gains', counts)).toEqual([0.75, 1]);
    expect(pointAt('lift', counts)).toEqual([0.75, 4 / 3]);
    expect(pointAt('pr', countsAt(scored, 2))).toEqual([0, 1]);
  });
});

describe('thresholds and confusion', () => {
  it('recounts at a threshold', () => {
    const counts = countsAt(scored, 0.35);
    expect(counts).toEqual({ tp: 2, fp: 1, fn: 0, tn: 1 });
    expect(metricsOf(counts)).toEqual({ accuracy: 0.75, precision: 2 / 3, recall: 1, specificity: 0.5, f1: 0.8 });
    expect(metricsOf(countsAt(scored, 1.1)).precision).toBeNaN();
  });
  it('predicts for either positive class', () => {
    expect([...predictedAt(example, 1, 0.35)]).toEqual([0, 1, 1, 1]);
    expect([...predictedAt(example, 0, 0.7)]).toEqual([0, 1, 1, 1]);
  });
  it('counts truth down and prediction across', () => {
    expect(confusion(example.truth, example.predicted, 2)).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });
  it('picks the positive class', () => {
    const results = { task: 'classify' as const, target: 't', classes: ['a', 'b'], primary: 'auc', models: [] };
    expect([positiveCode(results), positiveCode(results, 'a'), positiveCode({ ...results, positive: 'a' })]).toEqual([1, 0, 0]);
  });
  it('thins but keeps both ends', () => {
    expect(thin([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3)).toEqual([0, 5, 10]);
  });
});
