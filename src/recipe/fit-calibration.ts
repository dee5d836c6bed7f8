/** Fits a calibration to class shares of rows that the model did not learn from: one scale, and for two classes a shift too. */
import { log } from '../base/float.ts';
import { type Calibration, calibrated } from './calibration.ts';
import { cellsOf } from './cells-of.ts';
import { EPSILON } from './stack.ts';

/** Fitted to no more rows than this, evenly spread. */
const MOST_ROWS = 20_000;
const STEPS = 20;
/** As if so many rows said that nothing need change. */
const PRIOR = 2;
const RANGE = [0.25, 4] as const;

/** Newton's steps on the mean log-loss, which has one minimum in scale and shift. `truth` holds class codes; only rows `wanted` are looked at. */
export function fitCalibration(shares: Float64Array, truth: Float64Array, width: number, wanted: (row: number) => boolean): Calibration {
  const step = Math.max(1, truth.length / MOST_ROWS);
  const rows = Int32Array.from({ length: Math.min(truth.length, MOST_ROWS) }, (_, i) => Math.floor(i * step)).filter(wanted);
  let [scale, shift] = [1, 0];
  const now = (): Calibration => ({ scale, shift: Array.from({ length: width }, (_, c) => (width === 2 && c === 1 ? shift : 0)) });
  const own = cellsOf(shares, rows, width);
  const logs = own.map((share) => log(share + EPSILON));
  for (let round = 0; round < STEPS; round++) {
    const given = calibrated(own, now());
    let [gScale, gShift] = [PRIOR * (scale - 1), PRIOR * shift];
    let [hScale, hBoth, hShift] = [PRIOR, 0, PRIOR];
    for (let i = 0; i < rows.length; i++) {
      const at = i * width;
      let [mean, square] = [0, 0];
      for (let c = 0; c < width; c++) {
        mean += given[at + c] * logs[at + c];
        square += given[at + c] * logs[at + c] * logs[at + c];
      }
      gScale += mean - logs[at + truth[rows[i]]];
      hScale += square - mean * mean;
      if (width !== 2) continue;
      const share = given[at + 1];
      gShift += share - (truth[rows[i]] === 1 ? 1 : 0);
      hShift += share * (1 - share);
      hBoth += share * (logs[at + 1] - mean);
    }
    const determinant = hScale * hShift - hBoth * hBoth;
    const byScale = (hShift * gScale - hBoth * gShift) / determinant;
    const byShift = (hScale * gShift - hBoth * gScale) / determinant;
    const next = Math.min(RANGE[1], Math.max(RANGE[0], scale - clamp(byScale)));
    const moved = Math.abs(next - scale) + Math.abs(byShift);
    scale = next;
    shift -= clamp(byShift);
    if (moved < 1e-7) break;
  }
  return now();
}

/** No step is longer than this: far from the minimum Newton's would overshoot. */
const clamp = (step: number): number => Math.min(0.5, Math.max(-0.5, step));
