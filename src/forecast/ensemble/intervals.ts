/** Prediction intervals whose width answers to what was missed at rolling origins (split conformal, shrunk to the models' own errors). */

/** Standard normal quantiles of central intervals; other levels are interpolated. */
const NORMAL: readonly (readonly [level: number, quantile: number])[] = [
  [0, 0],
  [0.5, 0.674489750196082],
  [0.6, 0.841621233572914],
  [0.7, 1.03643338949379],
  [0.8, 1.2815515655446],
  [0.9, 1.64485362695147],
  [0.95, 1.95996398454005],
  [0.98, 2.32634787404084],
  [0.99, 2.5758293035489],
  [0.999, 3.29052673149193],
];

/** Half the width of a central interval in standard errors. */
export function normalQuantile(level: number): number {
  for (let k = 1; k < NORMAL.length; k++) {
    const [high, above] = NORMAL[k];
    const [low, below] = NORMAL[k - 1];
    if (level <= high) return below + ((above - below) * (level - low)) / (high - low);
  }
  return NORMAL[NORMAL.length - 1][1];
}

/** Steps of one window hang together: so many count as one independent error. */
const STEPS_PER_ERROR = 3;
/** Models' standard errors leave out that parameters and forms were chosen; that matters less the more there is to choose from. */
const PRIOR_ERRORS = 6;
const shortfall = (length: number) => 1.05 + 4 / length;

/**
 * By what the mixture's standard errors are multiplied: the 80 % quantile of |error| / standard error at rolling origins over that of the
 * normal, shrunk to what series of this length need as a rule. `ratios` in any order.
 */
export function widening(ratios: readonly number[], length: number): number {
  const told = ratios.filter((ratio) => Number.isFinite(ratio)).sort((a, b) => a - b);
  const prior = shortfall(length);
  if (told.length === 0) return prior;
  const seen = told[Math.min(told.length - 1, Math.floor(0.8 * told.length))] / normalQuantile(0.8);
  const count = told.length / STEPS_PER_ERROR;
  // One wild window must not make the intervals useless, nor one lucky one make them vanish.
  const bounded = Math.max(0.5 * prior, Math.min(2.5 * prior, seen));
  return (count * bounded + PRIOR_ERRORS * prior) / (count + PRIOR_ERRORS);
}
