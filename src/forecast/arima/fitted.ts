/** A fitted ARIMA model as what its forecasts need: one recursion on the series itself, differences multiplied in. */
import type { Order } from './order.ts';

export interface FittedArima {
  order: Order;
  /** y_{n+h} = shift + pulse_h + Σ weights_i y_{n+h-i}. */
  weights: Float64Array;
  /** The last values, latest first, as many as weights. */
  history: Float64Array;
  /** What past errors still add at step h, for the first steps. */
  pulse: Float64Array;
  shift: number;
  /** Moving-average coefficients, seasonal part multiplied in. */
  theta: Float64Array;
  /** Variance of one-step errors. */
  variance: number;
  /** -2 log-likelihood up to a constant that only depends on the differenced series' length. */
  deviance: number;
  aicc: number;
}
