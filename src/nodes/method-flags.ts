/** Which families of forecasting methods may be tried where nobody chose one: flags of a form, and the methods that they allow. */
import { ProblemError } from '../base/problem.ts';
import { flag, type Param, type Params, type ParamValues } from '../kind/params.ts';
import { AUTO_METHODS, METHOD_TITLES } from '../series/methods.ts';
import { DIRECT, RECURSIVE } from '../series/shared-ids.ts';

/** Methods by the flag that allows them. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  simple: ['seasonal-naive', 'naive', 'drift', 'mean'],
  theta: ['theta', 'standard-theta', 'dynamic-theta'],
  ets: ['ets'],
  mstl: ['mstl-ets', 'mstl-theta', 'mstl-arima'],
  arima: ['arima'],
  boosting: [DIRECT, RECURSIVE],
  intermittent: ['sba', 'croston', 'tsb', 'window-average'],
};

const FLAGS: Params = {
  simple: flag('Simple methods', true, 'Try the last season, the last value, their drift and the mean.', {
    alias: 'allowed_training_algorithms',
  }),
  theta: flag('Theta', true, 'Try the theta methods.'),
  ets: flag('Exponential smoothing', true, 'Try ETS, its form chosen for each series.'),
  mstl: flag('Several seasons', true, 'Try MSTL where a season is long or there are two.'),
  arima: flag('ARIMA', true, 'Try ARIMA, its order chosen for each series; the slowest.'),
  intermittent: flag('Sales now and then', true, 'Try Croston’s methods where many values are 0.'),
  boosting: flag('Boosted trees', true, 'Try one model of boosted trees on lags for all series; from 150 values or 10 series on.'),
};

/** Unfolded without `when`; else under Advanced, while it holds. */
export const methodFlags = (when?: Param['when']): Params =>
  when ? Object.fromEntries(Object.entries(FLAGS).map(([id, param]) => [id, { ...param, advanced: true, when }])) : FLAGS;

/** In the order in which they are tried, quick ones first. */
export function allowedMethods(params: ParamValues): string[] {
  const methods = Object.entries(FAMILIES).flatMap(([family, ids]) => (params[family] === true ? ids : []));
  if (methods.length === 0)
    throw new ProblemError({
      code: 'automl.no-methods',
      at: { param: 'simple' },
      message: 'Every kind of method is switched off.',
      hint: 'Switch on at least one.',
    });
  const first = AUTO_METHODS.filter((method) => methods.includes(method));
  return [...first, ...methods.filter((method) => !first.includes(method) && method in METHOD_TITLES)];
}
