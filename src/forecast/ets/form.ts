/** The exponential-smoothing forms that are tried, and what each has to be told (Hyndman, Koehler, Ord & Snyder 2008, ch. 2 and 10). */

export interface Form {
  error: 'A' | 'M';
  trend: 'N' | 'A' | 'Ad';
  season: 'N' | 'A' | 'M';
}

/** "ETS(M,Ad,A)". */
export const formName = ({ error, trend, season }: Form): string => `ETS(${error},${trend},${season})`;

/** The fifteen forms without multiplicative trend whose variance stays finite. */
const ALL: readonly Form[] = (['A', 'M'] as const).flatMap((error) =>
  (['N', 'A', 'Ad'] as const).flatMap((trend) =>
    (['N', 'A', 'M'] as const).filter((season) => error === 'M' || season !== 'M').map((season): Form => ({ error, trend, season })),
  ),
);

/** Smoothing parameters and first states, without the errors' variance. */
export function parameterCount({ trend, season }: Form, period: number): number {
  return 2 + (trend === 'N' ? 0 : 2) + (trend === 'Ad' ? 1 : 0) + (season === 'N' ? 0 : period);
}

/** Forms that a series can have: multiplicative ones need values above 0, a season two whole periods, and more values than parameters. */
export function formsFor(y: Float64Array, period: number): Form[] {
  const positive = y.every((value) => value > 0);
  const seasonal = period > 1 && y.length >= 2 * period;
  return ALL.filter(
    (form) =>
      (positive || form.error === 'A') &&
      (seasonal || form.season === 'N') &&
      y.length > parameterCount(form, period) + (form.trend === 'N' ? 2 : 3),
  );
}
