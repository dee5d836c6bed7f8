/** Metrics against scikit-learn's values (conformance/goldens/metrics.py), their refusals, and small cases counted by hand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../base/problem.ts';
import { inEnglish } from '../base/words.ts';
import { classificationMetrics, regressionMetrics } from './all-metrics.ts';
import { confusionMatrix, f1 } from './confusion.ts';
import { averagePrecision, calibrationBins, gainsCurve, precisionRecallCurve, rocCurve } from './curves.ts';
import { formatMetric, METRICS, primaryMetric, SERIES_METRICS } from './metric-info.ts';
import { aucOfClass, classColumn } from './probability.ts';
import { mape, r2, rmse } from './regression.ts';

interface Golden {
  classification: {
    classes: number;
    truth: number[];
    probabilities: number[];
    predicted: number[];
    want: Record<string, number>;
    roc?: number[][];
    pr?: number[][];
    average_precision?: number;
    calibration?: number[][];
  }[];
  regression: { truth: number[]; predicted: number[]; want: Record<string, number> }[];
}
const golden = JSON.parse(readFileSync(new URL('../conformance/goldens/metrics.json', import.meta.url), 'utf8')) as Golden;
const f64 = (...values: number[]) => Float64Array.from(values);
const close = (got: ArrayLike<number>, want: number[]) => {
  expect(got.length).toBe(want.length);
  want.forEach((w, i) => {
    expect(Math.abs(got[i] - w)).toBeLessThan(1e-12);
  });
};

const NO_SPREAD = [
  'An error by the range has no value here: all true values are equal.',
  'Spearman correlation has no value here: all true values are equal.',
];

describe('as scikit-learn', () => {
  golden.classification.forEach((set, at) => {
    it(`classification set ${at + 1}, ${set.classes} classes`, () => {
      const truth = f64(...set.truth);
      const predicted = f64(...set.predicted);
      const probabilities = f64(...set.probabilities);
      const { metrics } = classificationMetrics({ truth, predicted, probabilities, classCount: set.classes });
      const { f1_weighted, ...want } = set.want;
      for (const [name, value] of Object.entries(want)) expect(metrics[name], name).toBeCloseTo(value, 12);
      expect(f1(confusionMatrix(truth, predicted, set.classes), 'weighted')).toBeCloseTo(f1_weighted, 12);
      if (!set.roc || !set.pr || !set.calibration) return;
      const scores = classColumn(probabilities, 2, 1);
      const roc = rocCurve(truth, scores, 1);
      close(roc.falsePositiveRate, set.roc[0]);
      close(roc.truePositiveRate, set.roc[1]);
      close(roc.threshold.subarray(1), set.roc[2]);
      const pr = precisionRecallCurve(truth, scores, 1);
      close(pr.precision, set.pr[0]);
      close(pr.recall, set.pr[1]);
      expect(averagePrecision(truth, scores, 1)).toBeCloseTo(set.average_precision ?? Number.NaN, 12);
      const bins = calibrationBins(truth, scores, 1);
      close(
        bins.map((b) => b.predicted),
        set.calibration[0],
      );
      close(
        bins.map((b) => b.actual),
        set.calibration[1],
      );
    });
  });
  golden.regression.forEach((set, at) => {
    it(`regression set ${at + 1}`, () => {
      const { metrics, notes } = regressionMetrics(f64(...set.truth), f64(...set.predicted));
      // Of a constant target two kinds of metric have no value, and say so; the others follow scikit-learn.
      const flat = set.truth.every((value) => value === set.truth[0]);
      expect(notes.map(inEnglish)).toEqual(flat ? NO_SPREAD : []);
      for (const [name, value] of Object.entries(set.want)) expect(metrics[name], name).toBeCloseTo(value, 12);
    });
  });
});

describe('finite or a Problem', () => {
  it('says why a metric has no value', () => {
    const { metrics, notes } = classificationMetrics({
      truth: f64(1, 1),
      predicted: f64(1, 0),
      probabilities: f64(0.2, 0.8, 0.6, 0.4),
      classCount: 2,
    });
    expect(metrics.auc).toBeUndefined();
    expect(metrics.accuracy).toBe(0.5);
    expect(notes.map(inEnglish)).toEqual([
      'AUC has no value here: all rows have the same class.',
      'Normalised recall has no value here: all rows have the same class.',
    ]);
    expect(regressionMetrics(f64(0, 1, 0), f64(1, 1, 1)).notes.map(inEnglish)).toEqual(['MAPE has no value here: 2 true values are 0.']);
  });
  it('never gives NaN or Infinity', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => rmse(f64(1, bad), f64(1, 1))).toThrow(ProblemError);
      expect(() => aucOfClass(f64(1, 0), f64(0.5, bad), 1)).toThrow(ProblemError);
    }
    expect(() => rmse(f64(), f64())).toThrow('there are no rows');
    expect(() => rmse(f64(1e308), f64(-1e308))).toThrow('too large');
    expect(() => confusionMatrix(f64(2), f64(0), 2)).toThrow('does not know');
    expect(r2(f64(2, 2), f64(2, 2))).toBe(1);
    expect(r2(f64(2, 2), f64(2, 3))).toBe(0);
    expect(mape(f64(0), f64(0))).toBe(0);
    for (const [truth, predicted] of [
      [f64(0, -0), f64(-0, 0)],
      [f64(5e-324, 1), f64(1, 5e-324)],
      [f64(7), f64(7)],
    ]) {
      for (const value of Object.values(regressionMetrics(truth, predicted).metrics)) expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe("Azure's metrics at their edges", () => {
  // Three classes of which the last never occurs, and every row said to be of the first; values by hand.
  const constant = classificationMetrics({
    truth: f64(0, 0, 0, 1),
    predicted: f64(0, 0, 0, 0),
    probabilities: f64(0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.5, 0.3, 0.2),
    classCount: 3,
  }).metrics;
  it('a constant prediction is guessing', () => {
    expect(constant.norm_macro_recall).toBe(0);
    expect(constant.precision_weighted).toBeCloseTo((3 * 0.75 + 1 * 0) / 4, 12);
    expect(constant.average_precision).toBeCloseTo((3 * 0.75 + 1 * 0.25) / 4, 12);
    expect(regressionMetrics(f64(1, 2, 5), f64(3, 3, 3)).metrics.spearman).toBe(0);
  });
  it('worse than guessing is below 0, perfect is 1', () => {
    const of = (...predicted: number[]) => classificationMetrics({ truth: f64(0, 1), predicted: f64(...predicted), classCount: 2 }).metrics;
    expect([of(1, 0).norm_macro_recall, of(0, 1).norm_macro_recall]).toEqual([-1, 1]);
    expect(of(0, 1).average_precision).toBeUndefined();
  });
  it('average precision needs a row of the positive class', () => {
    const { metrics, notes } = classificationMetrics({
      truth: f64(0, 0),
      predicted: f64(0, 1),
      probabilities: f64(0.8, 0.2, 0.4, 0.6),
      classCount: 2,
    });
    expect(metrics.average_precision).toBeUndefined();
    expect(notes.map(inEnglish).join(' ')).toContain('no row has the positive class');
  });
  it('errors by the range, and ranks that share a place', () => {
    const { metrics } = regressionMetrics(f64(0, 5, 10, 10), f64(1, 5, 10, 11));
    expect(metrics.normalized_mae).toBeCloseTo(0.05, 12);
    expect(metrics.normalized_rmse).toBeCloseTo(Math.sqrt(0.5) / 10, 12);
    // SciPy 1.16 spearmanr([0, 5, 10, 10], [1, 5, 10, 11]).
    expect(metrics.spearman).toBeCloseTo(0.9486832980505138, 12);
    expect(regressionMetrics(f64(1, 2, 3), f64(9, 8, 7)).metrics.spearman).toBeCloseTo(-1, 12);
  });
});

it('counts ties as half, and takes gains from equal scores in proportion', () => {
  expect(aucOfClass(f64(1, 0, 1, 0), f64(0.5, 0.5, 0.5, 0.5), 1)).toBe(0.5);
  expect(aucOfClass(f64(1, 0, 0), f64(0.9, 0.9, 0.1), 1)).toBe(0.75);
  const even = gainsCurve(f64(1, 0, 1, 0), f64(1, 1, 1, 1), 1, 4);
  expect([...even.gain]).toEqual([0, 0.25, 0.5, 0.75, 1]);
  const best = gainsCurve(f64(1, 1, 0, 0), f64(4, 3, 2, 1), 1, 4);
  expect([...best.gain]).toEqual([0, 0.5, 1, 1, 1]);
  expect([...best.lift]).toEqual([2, 2, 2, 4 / 3, 1]);
});

it('knows every metric that it computes, and the headline of each task', () => {
  const all = {
    ...classificationMetrics({ truth: f64(0, 1), predicted: f64(0, 1), probabilities: f64(1, 0, 0, 1), classCount: 2 }).metrics,
    ...regressionMetrics(f64(1, 2), f64(1, 2)).metrics,
  };
  expect([...Object.keys(all), ...SERIES_METRICS].sort()).toEqual(Object.keys(METRICS).sort());
  expect([primaryMetric('classify', 2), primaryMetric('classify', 3), primaryMetric('regress', 0)]).toEqual(['auc', 'log_loss', 'rmse']);
  expect([formatMetric('accuracy', 0.8123), formatMetric('auc', 0.8841), formatMetric('rmse', 12.3456)]).toEqual([
    '81.2 %',
    '0.884',
    '12.35',
  ]);
});
