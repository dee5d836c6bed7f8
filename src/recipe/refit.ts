/** Refits a frame's recipe on some of its rows (contracts §1 rule 4): the one function that Split, folds and tuning call. */

import { evaluate } from './evaluate.ts';
import type { Frame, Recipe, Step } from './frame.ts';
import type { StepLookup } from './step.ts';
import { distinctIds, maskOf } from './track.ts';

/** A step may keep something of its rows that changes none of its answers (the labels a cast met): that too is of the learning rows. */
const learnsAnything = (recipe: Recipe): boolean =>
  recipe.entries.some((entry) => entry.type === 'step' && (entry.learns || entry.fitted !== undefined));

/**
 * The frame as it is when every learning step has seen only the rows whose ids are in `learnIds` (ids of the frame's
 * source; equal ids stay together, -1 is never learned from). All rows come out, the learning ones and the others; a
 * subset step may keep other rows than before when what it learned decides.
 */
export async function refit(frame: Frame, learnIds: Int32Array, lookup: StepLookup): Promise<Frame> {
  const ids = distinctIds(learnIds);
  if (!learnsAnything(frame.recipe)) return { ...frame, fittedOn: ids };
  const source = frame.rows.source;
  const learn = maskOf(ids, frame.sources[source].rowCount);
  const { state, recipe } = await evaluate(frame.recipe, { source, sources: frame.sources, learn, refit: true, lookup });
  return { ...frame, table: state.rows.table, rows: { source, ids: state.rows.ids }, recipe, fittedOn: ids };
}

/** The learning steps in a recipe, for notes and badges. */
export const learningSteps = (recipe: Recipe): Step[] =>
  recipe.entries.filter((entry): entry is Step => entry.type === 'step' && entry.learns);
