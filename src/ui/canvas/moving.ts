/** Places of what is being moved, by pointer or by keys: kept outside the document until it stands, then written as one step. */
import { create } from 'zustand';
import type { Note, PipelineDocument } from '../../engine/document.ts';
import { moveNodes } from '../state/edits.ts';
import type { Point } from '../state/node-geometry.ts';
import type { Session } from '../state/session.ts';

export interface Moving {
  places: ReadonlyMap<string, Point> | undefined;
  /** While a note or frame is drawn larger or smaller. */
  sizes: ReadonlyMap<string, Note['size']> | undefined;
  /** Moved by keys: how many things, and how far by now. */
  byKeys: { count: number; by: Point } | undefined;
}
export const useMoving = create<Moving>(() => ({ places: undefined, sizes: undefined, byKeys: undefined }));

/** Nodes and notes of these ids, where they stand. */
export function placesOf(document: PipelineDocument, ids: Iterable<string>): Map<string, Point> {
  const places = new Map<string, Point>();
  for (const id of ids) {
    const item = document.nodes[id] ?? document.notes[id];
    if (item) places.set(id, item.position);
  }
  return places;
}
export const shifted = (places: ReadonlyMap<string, Point>, by: Point): Map<string, Point> =>
  new Map(Array.from(places, ([id, { x, y }]) => [id, { x: x + by.x, y: y + by.y }]));

/** Writes the places as they are: a pointer's are on the grid, and what moves together keeps its distances. */
export function keepPlaces(session: Session): void {
  const { places } = useMoving.getState();
  useMoving.setState({ places: undefined, byKeys: undefined });
  if (places) session.documents.edit(moveNodes(session.documents.getState().document, places));
}
