/** What each metric is called, which way is better and how it is written; the one list that results, registry and AutoML read. */
import { metricName, type Phrase, phrase } from '../base/words.ts';
import type { Task } from '../kind/kind.ts';

export interface MetricInfo {
  title: string;
  higherIsBetter: boolean;
  /** `target` = the target's own unit. */
  unit: 'share' | 'target' | 'none';
  /** How a value is written. */
  format: 'percent' | 'three-decimals' | 'significant';
  /** One plain sentence. */
  help: string;
}

const share = (title: string, help: string): MetricInfo => ({ title, higherIsBetter: true, unit: 'share', format: 'percent', help });
const score = (title: string, higherIsBetter: boolean, help: string): MetricInfo => ({
  title,
  higherIsBetter,
  unit: 'none',
  format: 'three-decimals',
  help,
});
const error = (title: string, help: string): MetricInfo => ({ title, higherIsBetter: false, unit: 'target', format: 'significant', help });
const errorShare = (title: string, help: string): MetricInfo => ({ title, higherIsBetter: false, unit: 'share', format: 'percent', help });

export const METRICS: Readonly<Record<string, MetricInfo>> = {
  auc: score(
    'AUC',
    true,
    'The chance that a row of the class scores higher than a row of another class; 0.5 is guessing, 1 is perfect. More classes are weighted by their rows.',
  ),
  average_precision: score(
    'Average precision',
    true,
    'Precision at every rank of a row of the class, averaged: how clean the top of the list is. Guessing gives the share of the class; more classes are weighted by their rows.',
  ),
  log_loss: score('Log-loss', false, 'How surprised the model is by the true classes; 0 is perfect, confident mistakes cost most.'),
  accuracy: share('Accuracy', 'Share of rows whose class was predicted.'),
  balanced_accuracy: share('Balanced accuracy', 'Accuracy as if every class had the same number of rows.'),
  norm_macro_recall: score('Normalised recall', true, 'Balanced accuracy put so that guessing is 0 and perfect is 1.'),
  precision: share('Precision', 'Of the rows predicted to be in the class, the share that is.'),
  precision_weighted: share('Weighted precision', 'The precision of every class, weighted by its rows.'),
  recall: share('Recall', 'Of the rows in the class, the share that was found.'),
  f1: score('F1', true, 'One number for precision and recall, near the lower of the two.'),
  mcc: score('MCC', true, 'Correlation of predicted and true classes; 0 is guessing, 1 is perfect.'),
  brier: score('Brier score', false, 'Mean squared error of the probabilities; 0 is perfect.'),
  rmse: error('RMSE', 'Typical size of an error in the target’s unit; large errors weigh more.'),
  mae: error('MAE', 'Mean size of an error in the target’s unit.'),
  normalized_rmse: errorShare('Normalised RMSE', 'RMSE as a share of the range of the true values, largest less smallest.'),
  normalized_mae: errorShare('Normalised MAE', 'MAE as a share of the range of the true values, largest less smallest.'),
  r2: score('R²', true, 'Share of the target’s variation that is explained; 0 is predicting the mean, 1 is perfect.'),
  mape: errorShare('MAPE', 'Mean error as a share of the true value.'),
  median_ae: error('Median error', 'Half of the errors are smaller than this.'),
  explained_variance: score('Explained variance', true, 'Like R², but a constant bias is forgiven.'),
  spearman: score('Spearman correlation', true, 'Whether predictions put rows in the right order; 0 is no order, 1 is the true one.'),
  mase: score('MASE', false, 'Mean error over that of repeating the last season; below 1 is better than that.'),
  smape: errorShare('sMAPE', 'Mean error as a share of the mean of truth and forecast, up to 200 %.'),
  coverage_80: share('80 % intervals held', 'Share of true values within their 80 % interval; near 80 % is right.'),
  coverage_95: share('95 % intervals held', 'Share of true values within their 95 % interval; near 95 % is right.'),
  rmsle: score('RMSLE', false, 'RMSE of ln(1 + value): errors count by proportion.'),
};

/** Those that need a history or an interval beside truth and prediction: only forecasts have them. */
export const SERIES_METRICS: readonly string[] = ['mase', 'smape', 'coverage_80', 'coverage_95'];

/** Title, direction and format of a metric; a name not in the list is shown as it is, higher being better. */
export const metricInfo = (name: string): MetricInfo => METRICS[name] ?? score(name, true, '');

/** "AUC 0.884", with "± 0.012" over folds. */
export function metricWords(name: string, value: number, spread?: number): Phrase {
  const args = { metric: metricName(name, metricInfo(name).title), value: formatMetric(name, value) };
  return spread === undefined
    ? phrase('result.metric', '{metric} {value}', args)
    : phrase('result.metric-spread', '{metric} {value} ± {spread}', { ...args, spread: formatSpread(name, spread) });
}

/** Of a spread two digits say enough. */
function formatSpread(name: string, value: number): string {
  const { format } = metricInfo(name);
  const size = Math.abs(value);
  return format !== 'percent' && format !== 'three-decimals' && size >= 1e-3 && size < 100
    ? value.toPrecision(2)
    : formatMetric(name, value);
}

/** The headline metric: AUC with two classes, log-loss with more, RMSE for numbers. */
export function primaryMetric(task: Task, classCount: number): string {
  if (task === 'classify') return classCount <= 2 ? 'auc' : 'log_loss';
  return 'rmse';
}

/** A value as people read it: "81.2 %", "0.884", "3.21e-7". */
export function formatMetric(name: string, value: number): string {
  const { format } = metricInfo(name);
  if (!Number.isFinite(value)) return '–';
  if (format === 'percent') return `${(value * 100).toFixed(1)} %`;
  if (format === 'three-decimals') return value.toFixed(3);
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return value.toExponential(2);
  return size >= 1000 ? value.toFixed(0) : value.toPrecision(4);
}
