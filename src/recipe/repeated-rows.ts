/** Rows that a step made several of: once new rows begin there, a split or fold cannot know that they belong together (contracts §1 rule 6). */
import { type Problem, problem } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import { type Frame, stepName } from './frame.ts';
import { mainChain } from './scoring-path.ts';

/** A warning for what is about to part these rows without regard to groups; undefined where no row was repeated. */
export function repeatedRows(frame: Frame, param: string): Problem | undefined {
  const { origin } = mainChain(frame.recipe).raw;
  if (!origin?.repeats) return undefined;
  return problem({
    code: 'leak.repeated-rows',
    severity: 'warning',
    at: { param },
    message: phrase(
      'leak.repeated',
      '“{step}” made several rows of one where it had several partners, and they may now be on both sides: what is learned from one is then judged on its copy.',
      { step: stepName(origin) },
    ),
    hint: phrase('leak.keep-together', 'Keep the rows of one group together, by a column that names the row that they come from.'),
  });
}
