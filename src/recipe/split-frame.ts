/** Cuts a frame by row ids (contracts §1 rule 5): both sides recomputed with everything learned on the training ids only. */
import type { ParamValues } from '../kind/params.ts';
import { gatherRows } from '../table/table.ts';
import type { Frame, Step } from './frame.ts';
import { refit } from './refit.ts';
import type { StepLookup } from './step.ts';
import { distinctIds, frameIds, maskOf, placesIn, trackOf } from './track.ts';

export interface SplitBy {
  kind: string;
  version: number;
  params: ParamValues;
  title: string;
}

/** The frame's rows whose ids are given; all rows of an id together. Later refits keep exactly these. */
export function pickRows(frame: Frame, ids: Int32Array, by: SplitBy): Frame {
  const picked = distinctIds(ids);
  const places = placesIn(trackOf(frame), maskOf(picked, frame.sources[frame.rows.source].rowCount));
  const own = frameIds(frame);
  const step: Step = {
    type: 'step',
    ...by,
    main: frame.recipe.entries.length - 1,
    sides: [],
    rows: 'subset',
    learns: false,
    target: 'never',
    picked,
    dropped: frame.table.rowCount - places.length,
  };
  return {
    ...frame,
    table: gatherRows(frame.table, places),
    rows: { source: frame.rows.source, ids: Int32Array.from(places, (place) => own[place]) },
    recipe: { entries: [...frame.recipe.entries, step] },
  };
}

/**
 * One frame per side; `sides[0]` are the training ids. A held-out side that is split again keeps what was learned on the
 * first split's training rows.
 */
export async function splitFrame(frame: Frame, sides: readonly Int32Array[], by: SplitBy, lookup: StepLookup): Promise<Frame[]> {
  const training = distinctIds(sides[0]);
  const heldOut = frame.fittedOn !== undefined && !isWithin(training, frame.fittedOn);
  const fitted = heldOut ? frame : await refit(frame, training, lookup);
  return sides.map((ids) => pickRows(fitted, ids, by));
}

const isWithin = (ids: Int32Array, all: Int32Array): boolean => {
  const held = new Set(all);
  return ids.every((id) => held.has(id));
};
