/** Reads the parameters of gradient boosting into numbers. */
import type { ParamValues } from '../../kind/params.ts';

export interface Settings {
  rounds: number;
  learningRate: number;
  leaves: number;
  minLeaf: number;
  l2: number;
  maxDepth: number;
  rowShare: number;
  columnShare: number;
  /** Share of the rows kept aside; 0 = no early stopping. */
  validation: number;
  patience: number;
}

export function readSettings(params: ParamValues): Settings {
  return {
    rounds: Number(params.rounds),
    learningRate: Number(params.learning_rate),
    leaves: Number(params.leaves),
    minLeaf: Number(params.min_leaf),
    l2: Number(params.l2),
    maxDepth: params.max_depth === null ? Number.POSITIVE_INFINITY : Number(params.max_depth),
    rowShare: Number(params.row_share),
    columnShare: Number(params.column_share),
    validation: params.early_stopping === true ? Number(params.validation) : 0,
    patience: Number(params.patience),
  };
}
