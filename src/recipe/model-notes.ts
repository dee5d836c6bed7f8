/** What a model card says of how the model came to be: rows left out and why, barriers, leaks (contracts §1 rules 1, 2, 6). */
import type { ScoringPath } from './scoring-path.ts';

const rows = (count: number): string => (count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`);

export function modelNotes(path: ScoringPath, left: { target: string; noTarget: number; noWeight: number }): string[] {
  const notes: string[] = [];
  for (const entry of path.recipe.entries) {
    if (entry.type === 'step' && entry.rows === 'subset' && entry.dropped) {
      notes.push(
        `Trained without the ${rows(entry.dropped)} that “${entry.title ?? entry.kind}” left out; scoring does not leave them out.`,
      );
    }
  }
  if (left.noTarget > 0) notes.push(`Trained without ${rows(left.noTarget)} where “${left.target}” is missing.`);
  if (left.noWeight > 0) notes.push(`Trained without ${rows(left.noWeight)} whose weight is missing or negative.`);
  if (path.raw.origin) {
    const maker = path.raw.origin.title ?? path.raw.origin.kind;
    notes.push(`Its inputs are the columns made by “${maker}”: scoring needs a table that has been through that step.`);
  }
  for (const { column, step } of path.leaks) notes.push(`Leak: the feature “${column}” is computed from the target by “${step}”.`);
  return notes;
}
