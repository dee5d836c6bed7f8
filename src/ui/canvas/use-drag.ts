/** Positions while things are dragged: kept here, snapped, and written to the document as one edit when the drag ends. */
import { useCallback, useMemo, useState } from 'react';
import type { NodeChange } from 'reactflow';
import { moveNodes } from '../state/edits.ts';
import { type Point, snap } from '../state/node-geometry.ts';
import type { Session } from '../state/session.ts';
import type { FlowNode } from './flow-items.ts';

export function useDrag(session: Session) {
  const [places, setPlaces] = useState<ReadonlyMap<string, Point>>();
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moved = changes.filter((c) => c.type === 'position' && c.position !== undefined);
      if (moved.length > 0)
        setPlaces((before) => {
          const next = new Map(before);
          for (const c of moved) if (c.type === 'position' && c.position) next.set(c.id, c.position);
          return next;
        });
      const selects = changes.filter((c) => c.type === 'select');
      if (selects.length > 0) {
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
    },
    [session],
  );
  const finish = useCallback(() => {
    setPlaces((held) => {
      if (held) {
        const snapped = new Map([...held].map(([id, p]) => [id, { x: snap(p.x), y: snap(p.y) }]));
        // After this render: an edit must not be dispatched while React updates state.
        queueMicrotask(() => {
          const edit = moveNodes(session.documents.getState().document, snapped);
          session.documents.edit(edit);
          setPlaces(undefined);
        });
      }
      return held;
    });
  }, [session]);
  return useMemo(() => ({ places, onNodesChange, onNodeDragStop: finish, onSelectionDragStop: finish }), [places, onNodesChange, finish]);
}
