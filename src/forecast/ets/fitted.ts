/** A fitted ETS form: what its forecasts, its lowering and its fit share. */
import type { Season } from '../season.ts';
import type { Form } from './form.ts';
import type { Smoothing } from './recursion.ts';

export interface FittedEts {
  form: Form;
  smoothing: Smoothing;
  /** After the last observation. */
  level: number;
  trend: number;
  season: Season;
  /** Variance of one-step errors, relative where multiplicative, with the parameters' degrees of freedom. */
  variance: number;
  /** -2 log-likelihood up to a constant that only depends on the series. */
  deviance: number;
  aicc: number;
}
