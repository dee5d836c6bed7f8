/** Fits one ETS form by maximum likelihood over smoothing parameters and first states, and chooses among forms by AICc. */
import { exp, log } from '../../base/float.ts';
import { minimise } from '../minimise.ts';
import type { Season } from '../season.ts';
import { forecastEts } from './ahead.ts';
import type { FittedEts } from './fitted.ts';
import { isForecastable } from './forecastable.ts';
import { type Form, formsFor, parameterCount } from './form.ts';
import { pass, type Smoothing, type States } from './recursion.ts';
import { firstSmoothing, firstStates } from './start.ts';

/** Bounds of the usual region: 0 < α < 1, 0 < β < α, 0 < γ < 1 - α, and damping between these two. */
const LEAST = 1e-4;
const MOST = 0.9999;
const PHI_LEAST = 0.8;
const PHI_MOST = 0.98;

const between = (low: number, high: number, x: number) => low + (high - low) / (1 + exp(-x));
const backFrom = (low: number, high: number, value: number) => {
  const share = Math.min(0.999, Math.max(0.001, (value - low) / (high - low)));
  return log(share / (1 - share));
};

/** Which entries of the search vector are what. */
function layout(form: Form, period: number) {
  let at = 1;
  const beta = form.trend === 'N' ? -1 : at++;
  const gamma = form.season === 'N' ? -1 : at++;
  const phi = form.trend === 'Ad' ? at++ : -1;
  const level = at++;
  const trend = form.trend === 'N' ? -1 : at++;
  const season = at;
  return { beta, gamma, phi, level, trend, season, size: season + (form.season === 'N' ? 0 : period - 1) };
}

/** Undefined when the form cannot be fitted at all. */
export function fitForm(y: Float64Array, form: Form, period: number): FittedEts | undefined {
  const m = form.season === 'N' ? 1 : period;
  const at = layout(form, period);
  const begin = firstStates(y, form, period);
  const unit = stateUnit(y);
  const seasonUnit = form.season === 'M' ? 0.1 : unit;
  const smoothing: Smoothing = { alpha: 0, beta: 0, gamma: 0, phi: 1 };
  const states: States = { level: 0, trend: 0, season: new Float64Array(m) };

  const read = (x: Float64Array) => {
    smoothing.alpha = between(LEAST, MOST, x[0]);
    if (at.beta > 0) smoothing.beta = between(LEAST, Math.max(2 * LEAST, smoothing.alpha), x[at.beta]);
    if (at.gamma > 0) smoothing.gamma = between(LEAST, Math.max(2 * LEAST, 1 - smoothing.alpha), x[at.gamma]);
    if (at.phi > 0) smoothing.phi = between(PHI_LEAST, PHI_MOST, x[at.phi]);
    states.level = begin.level + unit * x[at.level];
    if (at.trend > 0) states.trend = begin.trend + 0.1 * unit * x[at.trend];
    if (form.season === 'N') return;
    let sum = 0;
    for (let k = 0; k < m - 1; k++) {
      states.season[k] = begin.season[k] + seasonUnit * x[at.season + k];
      sum += states.season[k];
    }
    states.season[m - 1] = (form.season === 'M' ? m : 0) - sum;
  };
  const deviance = (x: Float64Array) => {
    read(x);
    return pass(y, form, smoothing, states);
  };

  const guess = firstSmoothing(m);
  const x = new Float64Array(at.size);
  x[0] = backFrom(LEAST, MOST, guess.alpha);
  if (at.beta > 0) x[at.beta] = backFrom(LEAST, guess.alpha, guess.beta);
  if (at.gamma > 0) x[at.gamma] = backFrom(LEAST, 1 - guess.alpha, guess.gamma);
  if (at.phi > 0) x[at.phi] = backFrom(PHI_LEAST, PHI_MOST, guess.phi);
  const found = minimise(deviance, x);
  if (!Number.isFinite(found.value)) return undefined;

  const errors = new Float64Array(y.length);
  read(found.x);
  pass(y, form, smoothing, states, errors);
  const k = parameterCount(form, period) + 1;
  const n = y.length;
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  return {
    form,
    smoothing: { ...smoothing },
    level: states.level,
    trend: states.trend,
    season: seasonAhead(form, states.season, n),
    variance: squares / Math.max(1, n - k + 1),
    deviance: found.value,
    aicc: found.value + 2 * k + (2 * k * (k + 1)) / Math.max(1e-9, n - k - 1),
  };
}

function seasonAhead(form: Form, byPhase: Float64Array, n: number): Season {
  if (form.season === 'N') return { mode: 'none', ahead: Float64Array.of(0) };
  const m = byPhase.length;
  return {
    mode: form.season === 'A' ? 'additive' : 'multiplicative',
    ahead: Float64Array.from({ length: m }, (_, h) => byPhase[(n + h) % m]),
  };
}

/** Typical size of a step of the series: the unit in which first states are searched. */
function stateUnit(y: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < y.length; i++) sum += Math.abs(y[i] - y[i - 1]);
  return sum / y.length + 1e-6;
}

/** Factors of a wild history can lead anywhere: the next season must stay within twice the range of the series around it. */
function isSane(y: Float64Array, fitted: FittedEts): boolean {
  let least = y[0];
  let most = y[0];
  for (const value of y) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const room = 2 * (most - least) + 1e-9;
  const { mean } = forecastEts(fitted, fitted.season.ahead.length);
  return mean.every((value) => value >= least - room && value <= most + room);
}

/** The form with the least AICc of those that the series can have. */
export function fitAutomatic(y: Float64Array, period: number, stopRequested: () => boolean): FittedEts | undefined {
  let best: FittedEts | undefined;
  for (const form of formsFor(y, period)) {
    if (best && stopRequested()) break;
    const fitted = fitForm(y, form, period);
    if (fitted && (!best || fitted.aicc < best.aicc) && isForecastable(form, fitted.smoothing, period) && isSane(y, fitted)) best = fitted;
  }
  return best;
}
