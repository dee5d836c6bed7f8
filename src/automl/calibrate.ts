/**
 * Calibrates a model's class shares by its answers on rows not learned from: one scale, and for two classes a shift too. It is taken only where it
 * also helps rows that it was not fitted to.
 */
import { log } from '../base/float.ts';
import { meanError } from '../metrics/mean-error.ts';
import { type Calibration, calibrated } from '../recipe/calibration.ts';
import { cellsOf } from '../recipe/cells-of.ts';
import { fitCalibration } from '../recipe/fit-calibration.ts';
import type { Objective } from './objective.ts';

export interface Calibrated {
  calibration: Calibration;
  /** Class shares of the same rows, each by a calibration that was fitted to other rows. */
  answers: Float64Array;
  /** Log-loss before, and by those answers. */
  before: number;
  after: number;
}

/** Rows are parted into so many; each part is answered by a fit to the others. */
const PARTS = 5;
const LEAST_ROWS = 50;

/** Undefined where it does not pay: by more than one standard error of the rows' gains in log-loss, and no worse by the metric of the search. */
export function calibrate(shares: Float64Array, truth: Float64Array, objective: Objective): Calibrated | undefined {
  const width = objective.goal.classes?.length ?? 0;
  if (width < 2 || truth.length < LEAST_ROWS) return undefined;
  const answers = new Float64Array(shares.length);
  for (let part = 0; part < PARTS; part++) {
    const fitted = fitCalibration(shares, truth, width, (row) => row % PARTS !== part);
    const own = Int32Array.from({ length: Math.ceil((truth.length - part) / PARTS) }, (_, i) => part + i * PARTS);
    const made = calibrated(cellsOf(shares, own, width), fitted);
    for (const [i, row] of own.entries()) answers.set(made.subarray(i * width, (i + 1) * width), row * width);
  }
  const gains = Float64Array.from(truth, (code, row) => surprise(shares[row * width + code]) - surprise(answers[row * width + code]));
  const { mean, error } = meanError(gains);
  if (!(mean > error)) return undefined;
  if (objective.loss(truth, answers) > objective.loss(truth, shares)) return undefined;
  const before = truth.reduce((sum, code, row) => sum + surprise(shares[row * width + code]), 0) / truth.length;
  return { calibration: fitCalibration(shares, truth, width, () => true), answers, before, after: before - mean };
}

const surprise = (share: number): number => -log(Math.max(share, 1e-15));
