/** What React Flow reports of dragging, resizing and selecting, folded into our stores; the document changes once, when a drag ends. */
import { useMemo } from 'react';
import type { NodeChange } from 'reactflow';
import type { Session } from '../state/session.ts';
import type { FlowNode } from './flow-items.ts';
import { carried } from './frames.ts';
import { keepPlaces, placesOf, shifted, useMoving } from './moving.ts';

type Change = NodeChange<FlowNode>;

/** What is dragged goes where the pointer says; what stands in a dragged frame goes the same way. */
function follow(session: Session, changes: readonly Change[]): void {
  const moved = changes.flatMap((c) => (c.type === 'position' && c.position ? [[c.id, c.position] as const] : []));
  if (moved.length === 0) return;
  const { document } = session.documents.getState();
  const { sizes } = useMoving.getState();
  const next = new Map(useMoving.getState().places);
  for (const [id, place] of moved) {
    // A frame whose edge is drawn carries nothing.
    const frame = sizes ? undefined : document.notes[id];
    if (frame?.frame) {
      const inside = [...carried(document, [id])].filter((other) => other !== id);
      const by = { x: place.x - frame.position.x, y: place.y - frame.position.y };
      for (const [other, to] of shifted(placesOf(document, inside), by)) next.set(other, to);
    }
  }
  for (const [id, place] of moved) next.set(id, place);
  useMoving.setState({ places: next });
}

function resize(changes: readonly Change[]): void {
  const sized = changes.flatMap((c) => (c.type === 'dimensions' && c.resizing && c.dimensions ? [[c.id, c.dimensions] as const] : []));
  if (sized.length > 0) useMoving.setState({ sizes: new Map(sized) });
}

function choose(session: Session, changes: readonly Change[]): void {
  const selects = changes.filter((c) => c.type === 'select');
  if (selects.length === 0) return;
  const { nodes, notes, wires, select } = session.selection.getState();
  const { document } = session.documents.getState();
  const chosen = new Set([...nodes, ...notes]);
  for (const c of selects) {
    if (c.selected) chosen.add(c.id);
    else chosen.delete(c.id);
  }
  const ids = [...chosen];
  select({
    nodes: ids.filter((id) => id in document.nodes),
    notes: ids.filter((id) => id in document.notes),
    wires: selects.some((c) => c.selected) ? [] : wires,
  });
}

export function useDrag(session: Session) {
  return useMemo(
    () => ({
      onNodesChange: (changes: Change[]) => {
        resize(changes);
        follow(session, changes);
        choose(session, changes);
      },
      onNodeDragStop: () => keepPlaces(session),
      onSelectionDragStop: () => keepPlaces(session),
    }),
    [session],
  );
}
