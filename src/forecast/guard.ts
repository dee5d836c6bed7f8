/**
 * What every method is given around it: too short or unfinished series are refused by name, and the method itself works on values
 * between -1 and 1, so that huge and tiny units are all the same to it.
 */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import { arithmetic } from './lower-parts.ts';
import type { ForecastMethod } from './method.ts';

export interface Guarded<Fitted> {
  /** A power of two, so that dividing by it and multiplying again is exact. */
  scale: number;
  inner: Fitted;
}

/** The power of two just above the largest size in `y`; 1 for zeros. */
export function scaleOf(y: Float64Array): number {
  let most = 0;
  for (let i = 0; i < y.length; i++) most = Math.max(most, Math.abs(y[i]));
  if (most === 0) return 1;
  let scale = 1;
  while (scale <= most && scale < 2 ** 1000) scale *= 2;
  while (scale / 2 > most && scale > 2 ** -1000) scale /= 2;
  return scale;
}

export function guarded<Fitted>(method: ForecastMethod<Fitted>): ForecastMethod<Guarded<Fitted>> {
  const { lower } = method;
  return {
    id: method.id,
    least: method.least,
    fit: (y, ask) => {
      refuseUnusable(y, method.least(ask));
      const scale = scaleOf(y);
      return {
        scale,
        inner: method.fit(
          y.map((value) => value / scale),
          ask,
        ),
      };
    },
    forecast: ({ scale, inner }, horizon) => {
      const { mean, deviation } = method.forecast(inner, horizon);
      return { mean: mean.map((value) => value * scale), deviation: deviation.map((value) => value * scale) };
    },
    form: ({ inner }) => method.form(inner),
    ...(lower && {
      lower: (graph, fitted, horizon) => {
        const inner = lower(
          graph,
          fitted.map((one) => one.inner),
          horizon,
        );
        const { column, mul } = arithmetic(graph, fitted.length, horizon);
        return mul(inner, column(fitted.map((one) => one.scale)));
      },
    }),
  };
}

/** Throws a named Problem for a series with fewer values than `least`, or with a gap. */
export function refuseUnusable(y: Float64Array, least: number): void {
  if (y.length < least)
    throw new ProblemError({
      code: 'forecast.too-short',
      args: { count: y.length, least },
      message: phrase('forecast.too-short', 'The series has {count} {value|values}; this method needs at least {least}.', {
        count: y.length,
        least,
      }),
      hint: phrase('forecast.simpler-method', 'Give it a longer history, or choose a simpler method such as naive or mean.'),
    });
  const at = y.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new ProblemError({
      code: 'forecast.gap',
      args: { row: at + 1 },
      message: phrase('forecast.gap', 'Value {row} of the series is missing or not a finite number.', { row: at + 1 }),
      hint: phrase('forecast.fill-gaps', 'Fill the gaps of the series first.'),
    });
}
