/** Our forecasting models of given form answer what statsmodels and statsforecast answer (conformance/forecast_goldens.py). */
import { describe, expect, it } from 'vitest';
import { log } from '../base/float.ts';
import golden from '../conformance/goldens/forecast.json' with { type: 'json' };
import { forecastArima } from './arima/ahead.ts';
import { exactLikelihood } from './arima/likelihood.ts';
import { autocorrelation, partialAutocorrelation } from './autocorrelation.ts';
import { classicalDecomposition, type SeasonMode } from './classical.ts';
import { forecastEts } from './ets/ahead.ts';
import { fitForm } from './ets/fit.ts';
import type { FittedEts } from './ets/fitted.ts';
import type { Form } from './ets/form.ts';
import { pass, type Smoothing, type States } from './ets/recursion.ts';
import { kpss } from './kpss.ts';
import { stl } from './stl.ts';
import { ahead, endOf, fitVariant, type Variant } from './theta/lines.ts';

const seriesOf = (name: string) => {
  const { y, period } = golden.series[name as keyof typeof golden.series];
  return { y: Float64Array.from(y), period };
};
function expectClose(ours: ArrayLike<number>, theirs: readonly number[], relative: number): void {
  const size = Math.max(...theirs.map(Math.abs));
  theirs.forEach((value, i) => {
    expect(Math.abs(ours[i] - value)).toBeLessThanOrEqual(relative * Math.max(Math.abs(value), size * 1e-3));
  });
}
const formOf = ([error, trend, season]: string[]): Form => ({ error, trend, season }) as Form;

/** What forecasts start from, after a pass that ended in `states`. */
function endOfPass(form: string[], smoothing: Smoothing, { level, trend, season }: States, n: number): FittedEts {
  const m = season.length;
  const cycle = Float64Array.from({ length: m }, (_, h) => season[(n + h) % m]);
  const mode = ({ N: 'none', A: 'additive', M: 'multiplicative' } as const)[form[2] as 'N'];
  return { form: formOf(form), smoothing, level, trend, season: { mode, ahead: cycle }, variance: 1, deviance: 0, aicc: 0 };
}

describe('ARIMA', () => {
  for (const { series, order, seasonal, params, squares, logs, forecast } of golden.arima) {
    it(`(${order})(${seasonal}) on ${series}: likelihood and forecasts`, () => {
      const { y, period } = seriesOf(series);
      const [p, , q] = order;
      const [P, , Q] = seasonal;
      const parts = {
        ar: params.slice(0, p),
        ma: params.slice(p, p + q),
        sar: params.slice(p + q, p + q + P),
        sma: params.slice(p + q + P),
      };
      expect(parts.sma).toHaveLength(Q);
      const times = (own: number[], other: number[], sign: number) => {
        const out = new Float64Array(own.length + other.length * period);
        own.forEach((a, i) => {
          out[i] += a;
        });
        other.forEach((b, j) => {
          const at = (j + 1) * period;
          out[at - 1] += b;
          own.forEach((a, i) => {
            out[at + i] += sign * a * b;
          });
        });
        return out;
      };
      const phi = times(parts.ar, parts.sar, -1);
      const theta = times(parts.ma, parts.sma, 1);
      const found = exactLikelihood(y, { phi, theta }, false, true);
      expect(found.squares).toBeCloseTo(squares, 3);
      expect(found.deviance - y.length * log(found.squares / y.length)).toBeCloseTo(logs, 4);
      const history = Float64Array.from(phi, (_, i) => y[y.length - 1 - i]);
      const fitted = { weights: phi, history, pulse: found.ahead, shift: 0, theta, variance: 1, deviance: 0, aicc: 0 };
      const constant = { p, d: 0, q, P, D: 0, Q, period, constant: false };
      expectClose(forecastArima({ ...fitted, order: constant }, 10).mean, forecast, 1e-7);
    });
  }
});

describe('ETS', () => {
  for (const { series, form, params, level, trend, season, deviance, forecast, ...more } of golden.ets) {
    it(`${form} on ${series}: likelihood, forecasts and their spread`, () => {
      const { y } = seriesOf(series);
      const [alpha, beta = 0, gamma = 0, phi = 1] = params;
      const smoothing = { alpha, beta, gamma, phi };
      const states = { level, trend, season: Float64Array.from(season) };
      const errors = new Float64Array(y.length);
      const own = pass(y, formOf(form), smoothing, states, errors);
      const n = y.length;
      expect(own + n * (1 + log(2 * Math.PI) - log(n))).toBeCloseTo(deviance, 6);
      const { mean, deviation } = forecastEts(endOfPass(form, smoothing, states, n), 10);
      expectClose(mean, forecast, 1e-9);
      if ('spread' in more && more.spread)
        expectClose(
          deviation.map((value) => value * value),
          more.spread,
          1e-9,
        );
    });
  }

  for (const { series, form, loglik, params, level, trend, season, forecast } of golden.best) {
    it(`${form} on ${series} with statsforecast’s parameters: its likelihood and forecasts`, () => {
      const { y } = seriesOf(series);
      const [alpha, beta, gamma, phi] = params;
      const smoothing = { alpha, beta, gamma, phi };
      const states = { level, trend, season: Float64Array.from(season) };
      expect(pass(y, formOf(form), smoothing, states)).toBeCloseTo(-2 * loglik, 6);
      if (forecast.length > 0) expectClose(forecastEts(endOfPass(form, smoothing, states, y.length), 10).mean, forecast, 1e-9);
    });
  }

  for (const { series, form, loglik } of golden.best) {
    it(`${form} on ${series} is fitted at least as well as by statsforecast`, () => {
      const { y, period } = seriesOf(series);
      const fitted = fitForm(y, formOf(form), period);
      expect(fitted?.deviance).toBeLessThanOrEqual(-2 * loglik + 0.05);
    });
  }
});

describe('theta', () => {
  for (const { series, kind, first, alpha, theta, errors, forecast } of golden.theta) {
    it(`${kind} on ${series}: forecasts of their parameters, and errors no larger than theirs`, () => {
      const { y } = seriesOf(series);
      const state = endOf(y, kind as Variant, { alpha, first, omega: 1 - 1 / theta });
      expectClose(ahead(state, 8), forecast, 1e-6);
      // A hundredth: our first level is held near the first value.
      expect(fitVariant(y, kind as Variant).errors).toBeLessThanOrEqual(errors * 1.01);
    });
  }
});

describe('decompositions', () => {
  for (const { series, robust, trend, season } of golden.stl) {
    it(`STL of ${series}${robust ? ', robust' : ''}`, () => {
      const { y, period } = seriesOf(series);
      const found = stl(y, period, { seasonSpan: 11, robust });
      expectClose(found.trend, trend, 1e-6);
      found.season.forEach((value, i) => {
        expect(value).toBeCloseTo(season[i], 6);
      });
    });
  }

  for (const { series, mode, season } of golden.classical) {
    it(`classical, ${mode}, of ${series}`, () => {
      const { y, period } = seriesOf(series);
      const found = classicalDecomposition(y, period, mode as SeasonMode).season;
      season.forEach((value, i) => {
        expect(found[i % period]).toBeCloseTo(value, 9);
      });
    });
  }
});

describe('tests of series', () => {
  for (const { series, acf, pacf, kpss: statistic } of golden.tests) {
    it(`${series}: autocorrelations and KPSS`, () => {
      const { y } = seriesOf(series);
      expectClose(autocorrelation(y, 14), acf, 1e-9);
      expectClose(partialAutocorrelation(y, 14), pacf, 1e-6);
      expect(kpss(y)).toBeCloseTo(statistic, 9);
    });
  }
});
