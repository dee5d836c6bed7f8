/** How the model of a race of forecasts opens as nodes that say the same, or why it does not. */
import { phrase } from '../../base/words.ts';
import type { Race } from '../../recipe/results.ts';
import type { FittedPanel, Tried } from '../../series/fit.ts';

/**
 * Of one series the methods with a say, by their weights. Of many, where each series has weights of its own, all methods that ended: they are
 * weighed there as they were here.
 */
export function opensAs(
  { tried, series }: Pick<FittedPanel, 'tried' | 'series'>,
  single: boolean,
  isPinned: (trial: number) => boolean,
): Pick<Race, 'made' | 'closed'> {
  const fitted = tried.filter(({ state, failed, series: own }) => (state === 'complete' || state === 'cut') && failed < own);
  const used = fitted.filter(({ weight }) => weight > 0);
  const members = (of: readonly Tried[]) => of.map(({ id, weight }) => ({ id, weight }));
  if (series.length === 1 && judgedAlike(fitted, used)) return { made: { members: members(used) } };
  if (fitted.some(({ standIn }) => standIn))
    return {
      closed: phrase(
        'race.closed-stand-in',
        'The model does not open as nodes: some series could be forecast by no method of the race, only by their last value. Its methods open one by one.',
      ),
    };
  if (fitted.some(({ id }) => isPinned(id)))
    return {
      closed: phrase(
        'race.closed-kept',
        'The model does not open as nodes: a method was kept by hand, and nodes weigh methods for each series by their errors alone. Its methods open one by one.',
      ),
    };
  return { made: { members: members(fitted), by: single ? 'best' : 'errors' } };
}

/** Whether methods without a say leave the origins as they are at which those with one are compared. */
function judgedAlike(fitted: readonly Tried[], used: readonly Tried[]): boolean {
  const counts = (of: readonly Tried[]) => of.flatMap(({ judged }) => (judged.length > 0 ? [judged.length] : []));
  const own = counts(used);
  return own.length < used.length || Math.min(...own) === Math.min(...counts(fitted));
}
