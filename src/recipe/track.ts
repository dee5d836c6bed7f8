/** A table with the raw-row ids of its rows, and the id arithmetic that steps, refits and splits share. */

import type { Digest } from '../base/hash.ts';
import { indices } from '../base/indices.ts';
import { gatherRows, type Table } from '../table/table.ts';
import type { Frame, Recipe } from './frame.ts';

/** Rows of one source; `ids` null = rows 0 … n-1 of the source itself. */
export interface Track {
  readonly table: Table;
  readonly ids: Int32Array | null;
}
export const trackOf = (frame: Frame): Track => ({ table: frame.table, ids: frame.rows.ids });

/** The id of each row as an array. */
export const idsOf = (ids: Int32Array | null, rowCount: number): Int32Array => ids ?? indices(rowCount);
export const frameIds = (frame: Frame): Int32Array => idsOf(frame.rows.ids, frame.table.rowCount);

/** Rows at `places`, in that order; -1 is a row of missing cells without an id. */
export function gatherTrack(track: Track, places: Int32Array): Track {
  const { ids } = track;
  return {
    table: gatherRows(track.table, places),
    ids: ids === null ? places : places.map((place) => (place < 0 ? -1 : ids[place])),
  };
}

/** One byte per raw row: 1 where its id is in `ids`. Ids outside the source (-1) are in no mask. */
export function maskOf(ids: Int32Array, rowCount: number): Uint8Array {
  const mask = new Uint8Array(rowCount);
  for (const id of ids) if (id >= 0 && id < rowCount) mask[id] = 1;
  return mask;
}

/** Places of the rows whose id the mask holds (all rows that carry the id, so repeats stay together). */
export function placesIn(track: Track, mask: Uint8Array, wanted = 1): Int32Array {
  const { ids, table } = track;
  const places = new Int32Array(table.rowCount);
  let count = 0;
  for (let i = 0; i < table.rowCount; i++) {
    const id = ids === null ? i : ids[i];
    const inside = id >= 0 && mask[id] === 1 ? 1 : 0;
    if (inside === wanted) places[count++] = i;
  }
  return places.slice(0, count);
}

/** Distinct ids in ascending order; rows without an id (-1) left out. */
export function distinctIds(ids: Int32Array): Int32Array {
  const sorted = ids.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++)
    if (sorted[i] >= 0 && (count === 0 || sorted[i] !== sorted[count - 1])) sorted[count++] = sorted[i];
  return sorted.slice(0, count);
}

/** Indices that `places` leaves out, ascending. */
export function complementOf(places: Int32Array, rowCount: number): Int32Array {
  const mask = maskOf(places, rowCount);
  const rest = new Int32Array(rowCount);
  let count = 0;
  for (let i = 0; i < rowCount; i++) if (mask[i] === 0) rest[count++] = i;
  return rest.slice(0, count);
}

/** Whether the recipe starts, directly or through what a barrier remembers, at the raw table `source` (rule 3). */
export const reaches = (recipe: Recipe, source: Digest): boolean =>
  recipe.entries.some(
    (entry) => entry.type === 'raw' && (entry.digest === source || entry.origin?.inputs.some((input) => reaches(input, source))),
  );
