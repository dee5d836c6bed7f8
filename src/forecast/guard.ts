/**
 * What every method is given around it: too short or unfinished series are refused by name, and the method itself works on values
 * between -1 and 1, so that huge and tiny units are all the same to it. Of a series that never changes it sees zeros, so that its value
 * comes out as it went in.
 */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import { arithmetic } from './lower-parts.ts';
import type { ForecastMethod } from './method.ts';

export interface Guarded<Fitted> {
  /** A power of two, so that dividing by it and multiplying again is exact. */
  scale: number;
  /** The value of a series that never changes; absent for others. */
  level?: number;
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

/** The method with its checks and scaling; its fit throws `forecast.too-short` and `forecast.gap`. */
export function guarded<Fitted>(method: ForecastMethod<Fitted>): ForecastMethod<Guarded<Fitted>> {
  const { lower } = method;
  return {
    id: method.id,
    least: method.least,
    fit: (y, ask) => {
      refuseUnusable(y, method.least(ask));
      if (isConstant(y) && y[0] !== 0) return { scale: 1, level: y[0], inner: method.fit(new Float64Array(y.length), ask) };
      const scale = scaleOf(y);
      return {
        scale,
        inner: method.fit(
          y.map((value) => value / scale),
          ask,
        ),
      };
    },
    forecast: ({ scale, level = 0, inner }, horizon) => {
      const { mean, deviation } = method.forecast(inner, horizon);
      return { mean: mean.map((value) => value * scale + level), deviation: deviation.map((value) => value * scale) };
    },
    form: ({ inner }) => method.form(inner),
    ...(lower && {
      lower: (graph, fitted, horizon) => {
        const inner = lower(
          graph,
          fitted.map((one) => one.inner),
          horizon,
        );
        const { column, add, mul } = arithmetic(graph, fitted.length, horizon);
        const scaled = mul(inner, column(fitted.map((one) => one.scale)));
        return fitted.some(({ level }) => level !== undefined) ? add(scaled, column(fitted.map(({ level = 0 }) => level))) : scaled;
      },
    }),
  };
}

/** Whether a series never changes. */
export const isConstant = (y: Float64Array): boolean => y.every((value) => value === y[0]);

/** Throws a named Problem for a series with fewer values than `least`, or with a gap. */
function refuseUnusable(y: Float64Array, least: number): void {
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
