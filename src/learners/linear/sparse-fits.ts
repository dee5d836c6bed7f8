/** The fits of a lasso path kept open together: one on all rows and one without each part, from products of columns or from the columns. */
import { type Descent, kernels } from '../../kernels/door.ts';
import { type Basis, productsAbout, type System, systemOf } from './summary.ts';

export interface Fits {
  /** Largest |Σ weight · (x - mean)(y - mean)| / Σ weight of a feature: from this L1 on all weights are zero. */
  largestPull: number;
  /** Elementary operations of a step, roughly. */
  work: number;
  /** Goes on to these penalties, all fits about, or the one on all rows as well as can be. */
  solve: (l1: number, l2: number, how: 'about' | 'exactly') => void;
  /** Mean squared errors; without parts both are of the rows learned from. */
  errors: () => { training: number; validation: number };
  solution: () => { weights: Float64Array; intercept: number };
  close: () => void;
}

/** How exact: no step of a last round changes the fit by more than this share of the target's spread, squared; and the most rounds. */
const ON_THE_WAY = { enough: 1e-9, rounds: 300 };
const AT_THE_END = { enough: 1e-14, rounds: 5000 };

/** One fit and how its error is measured on rows of its own. */
interface Fit {
  descent: Descent;
  spread: number;
  /** The intercept that goes with weights, features counted from the basis' means. */
  intercept: (weights: Float64Array) => number;
  /** Σ weight · error² on its rows, and their weight. */
  error: (weights: Float64Array, intercept: number) => number;
  weight: number;
}

function together(whole: Fit, parts: readonly Fit[], largestPull: number, work: number): Fits {
  const answer = (fit: Fit) => {
    const weights = fit.descent.weights();
    return { weights, intercept: fit.intercept(weights) };
  };
  const errorOf = (fit: Fit) => {
    const { weights, intercept } = answer(fit);
    return fit.error(weights, intercept);
  };
  return {
    largestPull,
    work: work * (1 + parts.length),
    solve: (l1, l2, how) => {
      const { enough, rounds } = how === 'about' ? ON_THE_WAY : AT_THE_END;
      for (const fit of how === 'about' ? [whole, ...parts] : [whole]) fit.descent.run(l1, l2, enough * fit.spread, rounds);
    },
    errors: () => {
      const training = errorOf(whole) / whole.weight;
      const judged = parts.reduce((sum, fit) => sum + fit.weight, 0);
      return { training, validation: judged > 0 ? parts.reduce((sum, fit) => sum + errorOf(fit), 0) / judged : training };
    },
    solution: () => answer(whole),
    close: () => {
      for (const fit of [whole, ...parts]) fit.descent.close();
    },
  };
}

const largest = (values: Float64Array): number =>
  values.reduce((most, v) => (Math.abs(v) > most || Number.isNaN(v) ? Math.abs(v) : most), 0);
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, j) => sum + v * b[j], 0);

/** The error of weights and intercept is a quadratic form of the products. */
function quadratic(products: Float64Array, weights: Float64Array, intercept: number): number {
  const v = Float64Array.of(...weights, -1, intercept);
  let sum = 0;
  for (let i = 0; i < v.length; i++) {
    if (v[i] === 0) continue;
    let row = 0;
    for (let j = 0; j < v.length; j++) row += products[i * v.length + j] * v[j];
    sum += v[i] * row;
  }
  return Math.max(0, sum);
}

export function productFits(basis: Basis, parts: readonly Int32Array[] | undefined): Fits {
  const own = parts?.map((rows) => productsAbout(basis, rows));
  const all = own ? own.reduce((sum, part) => sum.map((v, i) => v + part[i])) : productsAbout(basis);
  const fitOf = (learned: Float64Array, judged: Float64Array): Fit => {
    const system: System = systemOf(learned);
    const scale = system.weight > 0 ? 1 / system.weight : 0;
    return {
      descent: kernels.openDescentByProducts(
        system.gram.map((v) => v * scale),
        system.moments.map((v) => v * scale),
      ),
      spread: system.squares * scale,
      intercept: (weights) => system.shiftY - dot(weights, system.shift),
      error: (weights, intercept) => quadratic(judged, weights, intercept),
      weight: judged[judged.length - 1],
    };
  };
  const whole = systemOf(all);
  const cols = whole.moments.length;
  return together(
    fitOf(all, all),
    (own ?? []).map((part) =>
      fitOf(
        all.map((v, i) => v - part[i]),
        part,
      ),
    ),
    largest(whole.moments) / (whole.weight || 1),
    20 * cols * cols,
  );
}

export function columnFits(basis: Basis, parts: readonly Int32Array[] | undefined): Fits {
  const { data, means, meanY } = basis;
  const { X, y } = data;
  const every = basis.places ?? Int32Array.from({ length: X.rows }, (_, i) => i);
  const weightOf = (i: number) => data.weight?.[i] ?? 1;
  let pull = 0;
  const fitOf = (learned: Int32Array, judged: Int32Array): Fit => {
    const total = learned.reduce((sum, i) => sum + weightOf(i), 0);
    const shift = new Float64Array(X.cols);
    let shiftY = 0;
    for (const i of learned) {
      const share = weightOf(i) / total;
      shiftY += share * (y[i] - meanY);
      for (let j = 0; j < X.cols; j++) shift[j] += share * (X.values[i * X.cols + j] - means[j]);
    }
    const columns = new Float64Array(learned.length * X.cols);
    const target = new Float64Array(learned.length);
    learned.forEach((i, r) => {
      const root = Math.sqrt(weightOf(i) / total);
      target[r] = root * (y[i] - meanY - shiftY);
      for (let j = 0; j < X.cols; j++) columns[j * learned.length + r] = root * (X.values[i * X.cols + j] - means[j] - shift[j]);
    });
    if (pull === 0) {
      for (let j = 0; j < X.cols; j++) {
        const column = columns.subarray(j * learned.length, (j + 1) * learned.length);
        pull = largest(Float64Array.of(pull, dot(target, column)));
      }
    }
    return {
      descent: kernels.openDescentByColumns(columns, target),
      spread: dot(target, target),
      intercept: (weights) => shiftY - dot(weights, shift),
      error: (weights, intercept) => {
        const used = Int32Array.from(weights, (_, j) => j).filter((j) => weights[j] !== 0);
        let sum = 0;
        for (const i of judged) {
          let error = intercept + meanY - y[i];
          for (const j of used) error += weights[j] * (X.values[i * X.cols + j] - means[j]);
          sum += weightOf(i) * error * error;
        }
        return sum;
      },
      weight: judged.reduce((sum, i) => sum + weightOf(i), 0),
    };
  };
  const whole = fitOf(every, every);
  const apart = (parts ?? []).map((part) => {
    const left = new Set(part);
    return fitOf(
      every.filter((i) => !left.has(i)),
      part,
    );
  });
  return together(whole, apart, pull, 40 * every.length * X.cols);
}
