/**
 * What a tree counts per bin, in whole numbers so that sums are exact: rows, and weight per class, or weight and weight × target. Knows
 * how good a set of rows is by the chosen measure.
 */
import { scaleByPower } from '../../base/double-double.ts';
import { log, log2 } from '../../base/float.ts';

export interface Channels {
  /** Entries per bin: rows first. */
  count: number;
  /** Adds the row to the entry that starts at `at`. */
  add: (sums: Float64Array, at: number, row: number) => void;
  /** Larger is purer; a split gains good(left) + good(right) - good(node). */
  good: (sums: Float64Array) => number;
  /** Class shares (smoothed) or the mean. */
  value: (sums: Float64Array) => number[];
}

/** The largest power of two that keeps `sum` of parts below 2^51, so that whole parts add up exactly. */
const wholeScale = (sum: number): number =>
  sum > 0 && Number.isFinite(sum) ? scaleByPower(1, Math.min(1000, 50 - Math.ceil(log2(sum)))) : 1;
const total = (values: Float64Array): number => values.reduce((sum, v) => sum + Math.abs(v), 0);
const whole = (values: Float64Array): { parts: Float64Array; scale: number } => {
  const scale = wholeScale(total(values));
  return { parts: values.map((v) => Math.round(v * scale)), scale };
};

/**
 * For classes. Gini keeps Σ w² / W, entropy Σ w ln w - W ln W. A node's shares are taken as if `smoothing` average rows of the whole table had
 * reached it too (Cestnik's m-estimate, 1990): five rows of one class do not make the others impossible. Up to one row, that decides no
 * label but ties.
 */
export function classChannels(y: Float64Array, weight: Float64Array, classes: number, entropy: boolean, smoothing: number): Channels {
  const { parts } = whole(weight);
  const extra = new Float64Array(classes);
  const rows = weight.reduce((count, w) => count + (w > 0 ? 1 : 0), 0);
  for (let i = 0; i < y.length; i++) extra[y[i]] += (smoothing * parts[i]) / rows;
  const added = total(extra);
  const weightIn = (sums: Float64Array) => {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += sums[k + 1];
    return sum;
  };
  return {
    count: classes + 1,
    add: (sums, at, row) => {
      sums[at]++;
      sums[at + 1 + y[row]] += parts[row];
    },
    good: (sums) => {
      const all = weightIn(sums);
      let sum = entropy ? -all * log(all) : 0;
      for (let k = 1; k <= classes; k++) if (sums[k] > 0) sum += entropy ? sums[k] * log(sums[k]) : (sums[k] * sums[k]) / all;
      return sum;
    },
    value: (sums) => {
      const all = weightIn(sums) + added;
      return Array.from({ length: classes }, (_, k) => (sums[k + 1] + extra[k]) / all);
    },
  };
}

/** For numbers: (Σ w (y - centre))² / W, whose gain is the fall of the squared error. */
export function numberChannels(y: Float64Array, weight: Float64Array): Channels {
  const all = total(weight);
  const centre = y.reduce((sum, v, i) => sum + (weight[i] / all) * v, 0);
  const weights = whole(weight);
  const targets = whole(y.map((v, i) => weight[i] * (v - centre)));
  return {
    count: 3,
    add: (sums, at, row) => {
      sums[at]++;
      sums[at + 1] += weights.parts[row];
      sums[at + 2] += targets.parts[row];
    },
    good: (sums) => {
      const s = sums[2] / targets.scale;
      return (s * s) / (sums[1] / weights.scale);
    },
    value: (sums) => [centre + sums[2] / targets.scale / (sums[1] / weights.scale)],
  };
}
