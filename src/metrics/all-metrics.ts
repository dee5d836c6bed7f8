/** Every metric of a task at once, with a note for each that has no value on these rows. */
import { ProblemError, problemWords } from '../base/problem.ts';
import { inEnglish, phrase, type Words } from '../base/words.ts';
import { accuracy, balancedAccuracy, confusionMatrix, f1, matthews, normalisedRecall, precision, recall } from './confusion.ts';
import { auc, brier, logLoss, meanAveragePrecision } from './probability.ts';
import { byRange, explainedVariance, mae, mape, medianAbsoluteError, r2, rmse, rmsle, spearman } from './regression.ts';

export interface MetricSet {
  metrics: Record<string, number>;
  /** Why a metric is missing, one sentence each. */
  notes: Words[];
}

/** How each metric is found, by name: only what is asked for is computed. */
export type MetricsAhead = Readonly<Record<string, () => number>>;

function collect(compute: MetricsAhead): MetricSet {
  const metrics: Record<string, number> = {};
  const notes: Words[] = [];
  for (const [name, value] of Object.entries(compute)) {
    try {
      metrics[name] = value();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const note = problemWords(error.problem);
      if (!notes.some((other) => inEnglish(other) === note.text)) notes.push(note);
    }
  }
  return { metrics, notes };
}

/**
 * Of class codes and (when there are any) row-major probabilities. With two classes precision, recall, F1 and average
 * precision are those of `positive` (default: the last); with more the first three are plain means over the classes.
 */
export const classificationMetrics = (data: Classified): MetricSet => collect(classificationAhead(data));

export interface Classified {
  truth: Float64Array;
  predicted: Float64Array;
  probabilities?: Float64Array;
  classCount: number;
  positive?: number;
}
export function classificationAhead(data: Classified): MetricsAhead {
  const { truth, predicted, probabilities, classCount } = data;
  const positive = data.positive ?? classCount - 1;
  const average = classCount === 2 ? { positive } : 'macro';
  const matrix = () => confusionMatrix(truth, predicted, classCount);
  return {
    ...(probabilities
      ? {
          auc: () => auc(truth, probabilities, classCount, positive),
          average_precision: () => meanAveragePrecision(truth, probabilities, classCount, positive),
          log_loss: () => logLoss(truth, probabilities, classCount),
        }
      : {}),
    accuracy: () => accuracy(matrix()),
    balanced_accuracy: () => balancedAccuracy(matrix()),
    norm_macro_recall: () => normalisedRecall(matrix()),
    precision: () => precision(matrix(), average),
    precision_weighted: () => precision(matrix(), 'weighted'),
    recall: () => recall(matrix(), average),
    f1: () => f1(matrix(), average),
    mcc: () => matthews(matrix()),
    ...(probabilities ? { brier: () => brier(truth, probabilities, classCount) } : {}),
  };
}

/** Of true and predicted numbers in original units. MAPE is left out, with a note, where a true value is 0; RMSLE where one is negative. */
export function regressionMetrics(truth: Float64Array, predicted: Float64Array): MetricSet {
  const zeros = truth.reduce((count, t) => count + (t === 0 ? 1 : 0), 0);
  const set = collect(regressionAhead(truth, predicted));
  if (zeros > 0)
    set.notes.push(phrase('note.mape-zeros', 'MAPE has no value here: {count} true {value is|values are} 0.', { count: zeros }));
  return set;
}

export function regressionAhead(truth: Float64Array, predicted: Float64Array): MetricsAhead {
  const negative = truth.some((t) => t < 0) || predicted.some((p) => p <= -1);
  return {
    rmse: () => rmse(truth, predicted),
    mae: () => mae(truth, predicted),
    normalized_rmse: () => byRange(truth, rmse(truth, predicted)),
    normalized_mae: () => byRange(truth, mae(truth, predicted)),
    r2: () => r2(truth, predicted),
    ...(truth.includes(0) ? {} : { mape: () => mape(truth, predicted) }),
    median_ae: () => medianAbsoluteError(truth, predicted),
    explained_variance: () => explainedVariance(truth, predicted),
    spearman: () => spearman(truth, predicted),
    ...(negative ? {} : { rmsle: () => rmsle(truth, predicted) }),
  };
}
