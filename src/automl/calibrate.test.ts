/** Calibration is taken where shares are too sure or too shy, and left where they are right. */
import { expect, test } from 'vitest';
import { exp } from '../base/float.ts';
import { stream } from '../base/random.ts';
import { auc, logLoss } from '../metrics/probability.ts';
import { calibrate } from './calibrate.ts';
import { objectiveOf } from './objective.ts';

/** Answers that are right but for a stretch of their log-odds, and a shift of them. */
function said(rows: number, stretch: number, shift: number) {
  const random = stream('calibrate', String(stretch));
  const truth = new Float64Array(rows);
  const shares = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    const odds = 1.5 * random.normal();
    truth[i] = random.uniform() < 1 / (1 + exp(-odds)) ? 1 : 0;
    const share = 1 / (1 + exp(-stretch * odds - shift));
    shares.set([1 - share, share], 2 * i);
  }
  return { truth, shares };
}
const objective = (metric: string, classes = ['a', 'b']) =>
  objectiveOf({ task: 'classify', target: 'y', classes, positive: classes[classes.length - 1] }, metric);

test('too sure: the stretch is undone, rows are answered by fits to others, and their order stays', () => {
  const { truth, shares } = said(2000, 2.5, 0);
  const found = calibrate(shares, truth, objective('log_loss'))!;
  expect(found.calibration.scale).toBeGreaterThan(0.34);
  expect(found.calibration.scale).toBeLessThan(0.48);
  expect(found.before).toBeCloseTo(logLoss(truth, shares, 2), 6);
  expect(found.after).toBeCloseTo(logLoss(truth, found.answers, 2), 6);
  expect(found.after).toBeLessThan(found.before - 0.05);
  expect(auc(truth, found.answers, 2, 1)).toBeCloseTo(auc(truth, shares, 2, 1), 2);
});

test('too shy, and shifted: both are undone', () => {
  const { truth, shares } = said(2000, 0.5, 0.6);
  const { calibration } = calibrate(shares, truth, objective('log_loss'))!;
  expect(calibration.scale).toBeGreaterThan(1.7);
  expect(calibration.shift[1]).toBeLessThan(-0.9);
});

test('right as they are, few rows, or a metric that would suffer: left alone', () => {
  const right = said(2000, 1, 0);
  expect(calibrate(right.shares, right.truth, objective('log_loss'))).toBeUndefined();
  const few = said(40, 3, 0);
  expect(calibrate(few.shares, few.truth, objective('log_loss'))).toBeUndefined();
  // Recall of the class that the shift favours goes down when the shift is undone.
  const favoured = said(2000, 1, 1.5);
  expect(calibrate(favoured.shares, favoured.truth, objective('recall'))).toBeUndefined();
  expect(calibrate(favoured.shares, favoured.truth, objective('log_loss'))).toBeDefined();
});

test('three classes have one scale and no shift', () => {
  const random = stream('three');
  const truth = new Float64Array(1500);
  const shares = new Float64Array(4500);
  for (let i = 0; i < truth.length; i++) {
    const weights = [0, 1, 2].map(() => exp(random.normal()));
    const sum = weights.reduce((a, b) => a + b, 0);
    let at = random.uniform() * sum;
    truth[i] = weights.findIndex((weight) => (at -= weight) < 0);
    const sure = weights.map((weight) => weight ** 3);
    for (let c = 0; c < 3; c++) shares[3 * i + c] = sure[c] / sure.reduce((a, b) => a + b, 0);
  }
  const { calibration } = calibrate(shares, truth, objective('log_loss', ['a', 'b', 'c']))!;
  expect(calibration.shift).toEqual([0, 0, 0]);
  expect(calibration.scale).toBeGreaterThan(0.27);
  expect(calibration.scale).toBeLessThan(0.4);
});
