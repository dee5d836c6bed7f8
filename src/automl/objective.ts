/** What a search tries to make better: one metric of the task, turned so that less is better. */
import { type Problem, ProblemError } from '../base/problem.ts';
import { metricInfo } from '../metrics/metric-info.ts';
import { auc, logLoss } from '../metrics/probability.ts';
import { rmse } from '../metrics/regression.ts';
import type { FoldTally, Goal } from '../recipe/fold.ts';
import { metricsAhead } from '../recipe/judge.ts';
import { argMax } from '../recipe/predict.ts';

export interface Objective {
  goal: Goal;
  metric: string;
  /** Turns a value of the metric into a loss. */
  sign: 1 | -1;
  /** A loss that nothing can better. */
  perfect: number;
  /**
   * Of values [n], or of class shares row-major [n, classes]. Infinite where the answers have no value of the metric; not a number where no
   * answers could, as all rows are alike in what is true.
   */
  loss: (truth: Float64Array, answers: Float64Array) => number;
  /** Why answers have no value, where the metric says so. */
  lack: (truth: Float64Array, answers: Float64Array) => Problem | undefined;
}

/** Class shares row-major where the learner gives any, else values. */
export const saidOf = ({ probabilities, predicted }: FoldTally): Float64Array => (probabilities.length > 0 ? probabilities : predicted);

/** `metric`: a name that `metricInfo` knows. Answers that have no value are a loss, not an error. */
export function objectiveOf(goal: Goal, metric: string): Objective {
  const classes = goal.classes?.length ?? 0;
  const positive = goal.classes ? goal.classes.indexOf(goal.positive ?? '') : -1;
  const sign = metricInfo(metric).higherIsBetter ? -1 : 1;
  const value = (truth: Float64Array, answers: Float64Array): number => {
    // The three that the greedy ensemble asks thousands of times go the short way.
    if (metric === 'log_loss') return logLoss(truth, answers, classes);
    if (metric === 'auc') return auc(truth, answers, classes, positive);
    if (metric === 'rmse') return rmse(truth, answers);
    const predicted = classes > 0 ? argMax(answers, truth.length, classes) : answers;
    const ahead = metricsAhead(goal.task, truth, predicted, classes > 0 ? answers : undefined, goal.classes, goal.positive);
    return ahead[metric]?.() ?? Number.NaN;
  };
  const tried = (truth: Float64Array, answers: Float64Array): number | Problem => {
    try {
      return value(truth, answers);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'metric.undefined') return error.problem;
      throw error;
    }
  };
  return {
    goal,
    metric,
    sign,
    perfect: (sign === 1 ? 0 : -1) + 1e-9,
    loss: (truth, answers) => {
      const found = tried(truth, answers);
      if (typeof found === 'number' && !Number.isNaN(found)) return sign * found;
      const alike = truth.every((y) => y === truth[0]) && answers.every(Number.isFinite);
      return alike ? Number.NaN : Number.POSITIVE_INFINITY;
    },
    lack: (truth, answers) => {
      const found = tried(truth, answers);
      return typeof found === 'number' ? undefined : found;
    },
  };
}
