/** Offers camera and focus of the mounted canvas to commands, and keeps the pointer's last place for pasting. */
import { type RefObject, useEffect } from 'react';
import { useReactFlow } from 'reactflow';
import { noCanvas } from '../state/canvas-port.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '../state/node-geometry.ts';
import { useSession } from '../state/session.ts';

const MOVE_MS = 160;

export function useCanvasPort(root: RefObject<HTMLDivElement | null>): void {
  const session = useSession();
  const flow = useReactFlow();
  useEffect(() => {
    let pointer: Point | undefined;
    const element = root.current;
    const onMove = (event: PointerEvent) => {
      pointer = { x: event.clientX, y: event.clientY };
    };
    const onLeave = () => {
      pointer = undefined;
    };
    element?.addEventListener('pointermove', onMove);
    element?.addEventListener('pointerleave', onLeave);
    const middle = () => {
      const box = element?.getBoundingClientRect();
      return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 0, y: 0 };
    };
    session.canvas.port = {
      fit: (nodes) => void flow.fitView({ nodes: nodes?.map((id) => ({ id })), duration: MOVE_MS, maxZoom: 1, padding: 0.15 }),
      zoom: (by) =>
        void (by === 'in'
          ? flow.zoomIn({ duration: 120 })
          : by === 'out'
            ? flow.zoomOut({ duration: 120 })
            : flow.zoomTo(1, { duration: 120 })),
      reveal: (id, focus) => {
        const node = session.documents.getState().document.nodes[id];
        const box = element?.getBoundingClientRect();
        if (!node || !box) return;
        const at = flow.flowToScreenPosition(node.position);
        const { zoom } = flow.getViewport();
        const inside =
          at.x > box.left + 8 &&
          at.y > box.top + 8 &&
          at.x + NODE_WIDTH * zoom < box.right - 8 &&
          at.y + NODE_HEIGHT * zoom < box.bottom - 8;
        if (!inside) void flow.setCenter(node.position.x + NODE_WIDTH / 2, node.position.y + NODE_HEIGHT / 2, { zoom, duration: MOVE_MS });
        if (focus)
          requestAnimationFrame(() =>
            element?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
          );
      },
      toCanvas: (at) => flow.screenToFlowPosition(at, { snapToGrid: false }),
      toWindow: (at) => flow.flowToScreenPosition(at),
      centre: () => flow.screenToFlowPosition(middle()),
      pointer: () => pointer && flow.screenToFlowPosition(pointer),
    };
    return () => {
      element?.removeEventListener('pointermove', onMove);
      element?.removeEventListener('pointerleave', onLeave);
      session.canvas.port = noCanvas;
    };
  }, [flow, session, root]);
}
