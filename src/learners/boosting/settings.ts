/** Reads the parameters of gradient boosting into numbers. */
import type { ParamValues } from '../../kind/params.ts';

export type NumberLoss = 'squared' | 'absolute' | 'quantile' | 'poisson' | 'tweedie';

export interface Settings {
  /** For numbers; classes have log-loss. */
  loss: NumberLoss;
  /** The quantile, or the power of Tweedie. */
  level: number;
  rounds: number;
  learningRate: number;
  leaves: number;
  /** One question for all nodes of a level. */
  symmetric: boolean;
  minLeaf: number;
  l1: number;
  l2: number;
  maxDepth: number;
  rowShare: number;
  columnShare: number;
  /** One threshold per feature and node, drawn, instead of the best. */
  randomThresholds: boolean;
  balanced: boolean;
  /** Share of the rows kept aside; 0 = no early stopping. */
  validation: number;
  patience: number;
}

/** Absolute is the quantile in the middle. */
const levelOf = (loss: NumberLoss, params: ParamValues): number =>
  loss === 'tweedie' ? Number(params.tweedie_power) : loss === 'quantile' ? Number(params.quantile) : loss === 'absolute' ? 0.5 : 0;

const MOST_MIN_LEAF = 20;
/**
 * Least rows in a leaf where nobody chose: 20 as in LightGBM and scikit-learn from 400 learning rows on, below that their square
 * root, because 20 rows of 30 leave no question to ask.
 */
export const autoMinLeaf = (rows: number): number => Math.max(1, Math.min(MOST_MIN_LEAF, Math.floor(Math.sqrt(rows))));

/** `rows` = how many there are to learn from. */
export function readSettings(params: ParamValues, rows: number): Settings {
  const loss = params.loss as NumberLoss;
  return {
    loss,
    level: levelOf(loss, params),
    rounds: Number(params.rounds),
    learningRate: Number(params.learning_rate),
    leaves: Number(params.leaves),
    symmetric: params.growth === 'symmetric',
    minLeaf: params.min_leaf === null ? autoMinLeaf(rows) : Number(params.min_leaf),
    l1: Number(params.l1),
    l2: Number(params.l2),
    maxDepth: params.max_depth === null ? Number.POSITIVE_INFINITY : Number(params.max_depth),
    rowShare: Number(params.row_share),
    columnShare: Number(params.column_share),
    randomThresholds: params.random_thresholds === true,
    balanced: params.class_weight === 'balanced',
    validation: params.early_stopping === true ? Number(params.validation) : 0,
    patience: Number(params.patience),
  };
}
