/** The say of each method in the forecasts of one series, by how far off it was at rolling origins. */
import type { Ahead } from './method-job.ts';

export interface Candidate {
  method: string;
  rolled: readonly { origin: number; ahead: Ahead }[];
}

/** Methods whose error is this many times the least one have no say. */
const WORSE = 1.5;

/** Weights that add up to 1; equal where no origin could be judged. */
export function weigh(candidates: readonly Candidate[], y: Float64Array): number[] {
  const shared = candidates.map(({ rolled }) => rolled.length);
  const judged = Math.max(...shared);
  const errors = candidates.map(({ rolled }) => {
    if (rolled.length < judged || judged === 0) return Number.NaN;
    let sum = 0;
    let count = 0;
    for (const { origin, ahead } of rolled)
      for (let h = 0; h < ahead.mean.length; h++, count++) sum += Math.abs(y[origin + h] - ahead.mean[h]);
    return sum / count;
  });
  const least = Math.min(...errors.filter((error) => !Number.isNaN(error)));
  const raw = errors.map((error) =>
    judged === 0 ? 1 : Number.isNaN(error) || error > WORSE * least ? 0 : 1 / Math.max(error, 1e-12) ** 2,
  );
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}
