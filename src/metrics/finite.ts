/** The guard of all metrics: a metric is a finite number or a Problem that says why it has no value. */
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';

/** A metric that these rows cannot have. */
export function undefinedMetric(metric: string | Phrase, because: Phrase, hint: Phrase): ProblemError {
  return new ProblemError({
    code: 'metric.undefined',
    args: { metric },
    message: phrase('metric.no-value', '{metric} has no value here: {because}.', { metric, because }),
    hint,
  });
}

export const ONE_CLASS = phrase('metric.one-class', 'all rows have the same class');

/** Throws unless both lists are equally long, not empty, and finite throughout. */
export function requireFinite(metric: string, ...lists: readonly Float64Array[]): void {
  if (lists[0].length === 0)
    throw undefinedMetric(
      metric,
      phrase('metric.no-rows', 'there are no rows'),
      phrase('metric.give-rows', 'Give it rows whose target is known.'),
    );
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      if (!Number.isFinite(list[i])) {
        throw undefinedMetric(
          metric,
          phrase('metric.not-finite', 'row {row} holds {value}', { row: i + 1, value: String(list[i]) }),
          phrase('metric.drop-missing', 'Drop rows whose target is missing and check the model for overflow.'),
        );
      }
    }
  }
}

/** The value, or a Problem when large but finite inputs overflowed. */
export function finite(metric: string, value: number): number {
  if (!Number.isFinite(value))
    throw undefinedMetric(
      metric,
      phrase('metric.too-large', 'the numbers are too large to sum'),
      phrase('metric.scale-target', 'Scale the target to smaller numbers.'),
    );
  return value;
}
