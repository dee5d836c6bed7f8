/** Offers camera and focus of the mounted canvas to commands, and keeps the pointer's last place for pasting. */
import { type RefObject, useEffect } from 'react';
import { type FitViewOptions, useReactFlow, type Viewport } from 'reactflow';
import type { DocumentNode, Note } from '../../engine/document.ts';
import { noCanvas } from '../state/canvas-port.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '../state/node-geometry.ts';
import { useSession } from '../state/session.ts';

const MOVE_MS = 160;

/** Everything in view with a margin; a first node alone stands at the top, where the pipeline will begin. */
export const fitOptions = (count: number): FitViewOptions => ({
  maxZoom: 1,
  padding:
    count <= 1 ? { top: '32px', bottom: '80%', left: '10%', right: '10%' } : { top: '24px', bottom: '56px', left: '24px', right: '24px' },
});

const sameView = (a: Viewport, b: Viewport) => Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && a.zoom === b.zoom;

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
      fit: (nodes) =>
        void flow.fitView({
          ...fitOptions(Object.keys(session.documents.getState().document.nodes).length),
          nodes: nodes?.map((id) => ({ id })),
          duration: MOVE_MS,
        }),
      zoom: (by) =>
        void (by === 'in'
          ? flow.zoomIn({ duration: 120 })
          : by === 'out'
            ? flow.zoomOut({ duration: 120 })
            : flow.zoomTo(1, { duration: 120 })),
      reveal: (id, focus) => {
        const { document: pipeline } = session.documents.getState();
        const note: Note | undefined = pipeline.notes[id];
        const node: DocumentNode | Note | undefined = pipeline.nodes[id] ?? note;
        const box = element?.getBoundingClientRect();
        if (!node || !box) return;
        const size = note ? note.size : { width: NODE_WIDTH, height: NODE_HEIGHT };
        const at = flow.flowToScreenPosition(node.position);
        const { zoom } = flow.getViewport();
        const inside =
          at.x > box.left + 8 &&
          at.y > box.top + 8 &&
          at.x + Math.min(size.width * zoom, box.width - 32) < box.right - 8 &&
          at.y + Math.min(size.height * zoom, box.height - 32) < box.bottom - 8;
        if (!inside) void flow.setCenter(node.position.x + size.width / 2, node.position.y + size.height / 2, { zoom, duration: MOVE_MS });
        if (focus)
          requestAnimationFrame(() => {
            // Who works in the outline stays there.
            const outline = document.activeElement
              ?.closest('.mr-outline')
              ?.querySelector<HTMLElement>(`[data-outline="${CSS.escape(id)}"]`);
            const face = element?.querySelector<HTMLElement>(`[data-${id in pipeline.nodes ? 'node' : 'note'}="${CSS.escape(id)}"]`);
            (outline ?? face)?.focus({ preventScroll: outline === undefined || outline === null });
          });
      },
      toCanvas: (at) => flow.screenToFlowPosition(at, { snapToGrid: false }),
      toWindow: (at) => flow.flowToScreenPosition(at),
      centre: () => flow.screenToFlowPosition(middle()),
      pointer: () => pointer && flow.screenToFlowPosition(pointer),
    };
    // The first node takes the place of the empty page: the focus, which went with that page, goes to the node.
    const { active } = session.selection.getState();
    if (active && document.activeElement === document.body) session.canvas.port.reveal(active, true);
    // When the results or the outline open, a pipeline that was in view stays in view; when they close, it stands as before.
    let size = element ? { width: element.clientWidth, height: element.clientHeight } : { width: 0, height: 0 };
    /** The view before it was made to fit, and after, while nobody has moved it since. */
    let held: { size: typeof size; view: Viewport; after?: Viewport } | undefined;
    const fits = (view: typeof size) => {
      const { x, y, zoom } = flow.getViewport();
      return Object.values(session.documents.getState().document.nodes).every(({ position: p }) => {
        const left = p.x * zoom + x;
        const top = p.y * zoom + y;
        return left >= 0 && top >= 0 && left + NODE_WIDTH * zoom <= view.width && top + NODE_HEIGHT * zoom <= view.height;
      });
    };
    const watch = new ResizeObserver(() => {
      if (!element) return;
      const next = { width: element.clientWidth, height: element.clientHeight };
      const shrank = next.width < size.width || next.height < size.height;
      const moved = held?.after && !sameView(held.after, flow.getViewport());
      if (moved) held = undefined;
      if (held?.after && next.width >= held.size.width && next.height >= held.size.height) {
        void flow.setViewport(held.view, { duration: MOVE_MS });
        held = undefined;
      } else if (shrank && fits(size) && !fits(next)) {
        const now = (held ??= { size, view: flow.getViewport() });
        session.canvas.port.fit();
        setTimeout(() => {
          now.after = flow.getViewport();
        }, 2 * MOVE_MS);
      }
      size = next;
    });
    if (element) watch.observe(element);
    return () => {
      watch.disconnect();
      element?.removeEventListener('pointermove', onMove);
      element?.removeEventListener('pointerleave', onLeave);
      session.canvas.port = noCanvas;
    };
  }, [flow, session, root]);
}
