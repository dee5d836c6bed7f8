/** A fitted ensemble of forecasting methods: plain data that can be packed. */

export interface EnsembleMember {
  id: string;
  weight: number;
  /** MASE over the rolling origins; NaN when there were none. */
  score: number;
  fitted: unknown;
}
export interface FittedEnsemble {
  members: EnsembleMember[];
  /** Windows by which it was weighted. */
  windows: number;
  /** What standard errors are multiplied by. */
  widening: number;
  /** The history was never negative, so neither are forecasts. */
  neverNegative: boolean;
}
