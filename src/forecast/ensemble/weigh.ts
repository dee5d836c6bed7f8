/** Weights of methods from how they did at rolling origins, and the spread of their mixture. Pure functions over forecasts. */
import { pow } from '../../base/float.ts';
import { naiveScale } from '../../metrics/forecasting.ts';
import type { SeriesForecast } from '../method.ts';
import type { Rolled } from '../rolling.ts';
import { SHORT_SERIES } from './members.ts';

/** Scores below this are what rounding leaves. */
const NOTHING = 1e-13;

/** How strongly a better score moves a weight; scores of short series are as noisy as the series. */
const POWER = { short: 2, long: 4 };

/** Mean absolute error of each window over the seasonal naive error of its history, averaged; NaN without windows. */
export function rolledScore(rolled: readonly Rolled[], y: Float64Array, period: number): number {
  let sum = 0;
  for (const { origin, truth, forecast } of rolled) {
    const scale = naiveScale(y.subarray(0, origin), period) || 1;
    let error = 0;
    for (let h = 0; h < truth.length; h++) error += Math.abs(truth[h] - forecast.mean[h]);
    sum += error / truth.length / scale;
  }
  return sum / rolled.length;
}

/**
 * Prior weights times (score / best score)^-power, the power being w / (w + 1) of its full strength after w windows of a series of
 * this `length`; they sum to 1. Beside a method without any error only others without any have a say.
 * A method without a score keeps its prior weight as if it were as good as the median of the others.
 */
export function weigh(priors: readonly number[], scores: readonly number[], windows: number, length: number): number[] {
  const known = scores.filter((score) => Number.isFinite(score)).sort((a, b) => a - b);
  const best = known[0] ?? 1;
  const middle = known[known.length >> 1] ?? 1;
  const strength = ((length < SHORT_SERIES ? POWER.short : POWER.long) * windows) / (windows + 1);
  const raw = priors.map((prior, i) => {
    const score = Number.isFinite(scores[i]) ? scores[i] : middle;
    const ratio = best === 0 && score > 0 ? Number.POSITIVE_INFINITY : (score + NOTHING) / (best + NOTHING);
    return prior * pow(ratio, -strength);
  });
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}

/** The weighted mean of weights that sum to 1, `base` being near all of them: what all say alike comes out as they say it. */
export function meanAround(base: number, parts: readonly { weight: number; value: number }[]): number {
  return base + parts.reduce((sum, { weight, value }) => sum + weight * (value - base), 0);
}

/** The weighted mean; its variance is the mean variance plus that between the methods. Methods without standard errors only join the second. */
export function mix(forecasts: readonly SeriesForecast[], weights: readonly number[]): SeriesForecast {
  const horizon = forecasts[0].mean.length;
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  for (let h = 0; h < horizon; h++) {
    mean[h] = meanAround(
      forecasts[0].mean[h],
      forecasts.map((one, i) => ({ weight: weights[i], value: one.mean[h] })),
    );
    let within = 0;
    let told = 0;
    let between = 0;
    forecasts.forEach((one, i) => {
      const off = one.mean[h] - mean[h];
      between += weights[i] * off * off;
      if (!Number.isFinite(one.deviation[h])) return;
      within += weights[i] * one.deviation[h] * one.deviation[h];
      told += weights[i];
    });
    deviation[h] = told > 0 ? Math.sqrt(within / told + between) : Number.NaN;
  }
  return { mean, deviation };
}
