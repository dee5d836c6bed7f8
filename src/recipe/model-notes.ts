/** What a model card says of how the model came to be: rows left out and why, barriers, leaks (contracts §1 rules 1, 2, 6). */
import { isPhrase, type Phrase, phrase, rowsOf, type Words } from '../base/words.ts';
import { stepName } from './frame.ts';
import type { ScoringPath } from './scoring-path.ts';

export const isLeakNote = (note: Words): note is Phrase => isPhrase(note) && note.code === 'note.leak';

export function modelNotes(
  path: ScoringPath,
  left: { target: string; noTarget: number; noWeight: number },
  targetChanged: boolean,
): Phrase[] {
  const notes: Phrase[] = [];
  for (const entry of path.recipe.entries) {
    if (entry.type === 'step' && entry.rows === 'subset' && entry.dropped) {
      notes.push(
        phrase('note.rows-dropped', 'Trained without the {rows} that “{step}” left out; scoring does not leave them out.', {
          rows: rowsOf(entry.dropped),
          step: stepName(entry),
        }),
      );
    }
  }
  const { target, noTarget, noWeight } = left;
  if (noTarget > 0)
    notes.push(phrase('note.no-target', 'Trained without {rows} where “{target}” is missing.', { rows: rowsOf(noTarget), target }));
  if (noWeight > 0)
    notes.push(phrase('note.no-weight', 'Trained without {rows} whose weight is missing or negative.', { rows: rowsOf(noWeight) }));
  if (targetChanged)
    notes.push(
      phrase('note.target-back', 'The target “{target}” was changed by {steps}; predictions are turned back to its original units.', {
        target,
        steps: path.targetSteps.map(({ step }) => stepName(step)),
      }),
    );
  if (path.raw.origin) {
    const step = stepName(path.raw.origin);
    notes.push(
      phrase('note.made-by', 'Its inputs are the columns made by “{step}”: scoring needs a table that has been through that step.', {
        step,
      }),
    );
  }
  for (const { column, how, step } of path.leaks)
    notes.push(
      how === 'made'
        ? phrase('note.leak', 'Leak: the feature “{column}” is computed from the target by “{step}”.', { column, step })
        : phrase('note.leak-source', 'Leak: the target is computed from the feature “{column}” by “{step}”.', { column, step }),
    );
  return notes;
}
