/** Turns a score into a probability by a sigmoid fitted to scores of rows that were not learned from (Platt 1999; Lin, Lin and Weng 2007). */
import { exp, log } from '../../base/float.ts';

/** P = 1 / (1 + e^-(slope · score + offset)). */
export interface Sigmoid {
  slope: number;
  offset: number;
}

const MOST_STEPS = 100;

/**
 * Fits by Newton steps to scores, sides (1 = in the class) and weights. The wanted shares are a little off 0 and 1, as if a row more of each side had been
 * seen, so that perfectly parted classes have an answer too.
 */
export function fitSigmoid(scores: Float64Array, inside: Uint8Array, weight: (row: number) => number): Sigmoid {
  let positive = 0;
  let negative = 0;
  let spread = 0;
  for (let i = 0; i < scores.length; i++) {
    if (inside[i]) positive += weight(i);
    else negative += weight(i);
    spread = Math.max(spread, Math.abs(scores[i]));
  }
  // Scores of at most 1, so that the steps are well scaled.
  const unit = spread > 0 && Number.isFinite(spread) ? spread : 1;
  const high = (positive + 1) / (positive + 2);
  const low = 1 / (negative + 2);
  let slope = 0;
  let offset = log((positive + 1) / (negative + 1));
  const lossAt = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < scores.length; i++) {
      const z = (a * scores[i]) / unit + b;
      const share = inside[i] ? high : low;
      sum += weight(i) * (Math.max(z, 0) - share * z + log(1 + exp(-Math.abs(z))));
    }
    return sum;
  };
  let loss = lossAt(slope, offset);
  for (let step = 0; step < MOST_STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-12, 0, 1e-12];
    for (let i = 0; i < scores.length; i++) {
      const s = scores[i] / unit;
      const p = 1 / (1 + exp(-(slope * s + offset)));
      const w = weight(i);
      const d = w * (p - (inside[i] ? high : low));
      const h = w * p * (1 - p);
      ga += d * s;
      gb += d;
      haa += h * s * s;
      hab += h * s;
      hbb += h;
    }
    if (Math.abs(ga) < 1e-7 * scores.length && Math.abs(gb) < 1e-7 * scores.length) break;
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 0)) break;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    let size = 1;
    let next = lossAt(slope + da, offset + db);
    while (!(next <= loss + 1e-4 * size * (ga * da + gb * db)) && size > 1e-10) {
      size /= 2;
      next = lossAt(slope + size * da, offset + size * db);
    }
    if (size <= 1e-10) break;
    slope += size * da;
    offset += size * db;
    loss = next;
  }
  return { slope: slope / unit, offset };
}
