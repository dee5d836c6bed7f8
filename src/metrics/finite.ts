/** The guard of all metrics: a metric is a finite number or a Problem that says why it has no value. */
import { ProblemError } from '../base/problem.ts';

/** A metric that these rows cannot have. */
export function undefinedMetric(metric: string, because: string, hint: string): ProblemError {
  return new ProblemError({
    code: 'metric.undefined',
    args: { metric },
    message: `${metric} has no value here: ${because}.`,
    hint,
  });
}

/** Throws unless both lists are equally long, not empty, and finite throughout. */
export function requireFinite(metric: string, ...lists: readonly Float64Array[]): void {
  if (lists[0].length === 0) throw undefinedMetric(metric, 'there are no rows', 'Give it rows whose target is known.');
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      if (!Number.isFinite(list[i])) {
        throw undefinedMetric(
          metric,
          `row ${i + 1} holds ${list[i]}`,
          'Drop rows whose target is missing and check the model for overflow.',
        );
      }
    }
  }
}

/** The value, or a Problem when large but finite inputs overflowed. */
export function finite(metric: string, value: number): number {
  if (!Number.isFinite(value)) throw undefinedMetric(metric, 'the numbers are too large to sum', 'Scale the target to smaller numbers.');
  return value;
}
