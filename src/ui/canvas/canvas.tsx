/** The canvas: React Flow as camera and hit test only. The document, the selection and every gesture's meaning live in our stores. */
import { memo, useCallback, useMemo, useRef } from 'react';
import { Background, BackgroundVariant, type EdgeChange, MiniMap, ReactFlow, SelectionMode } from 'reactflow';
import { useText } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { FloatAt } from '../kit/float-at.tsx';
import { inspectorFloats } from '../state/inspector-floats.ts';
import { kindOf } from '../state/kinds.ts';
import { useDocument, usePanels, useSelection, useSession } from '../state/session.ts';
import { AddMenu } from './add-menu.tsx';
import { CanvasMenu } from './canvas-menu.tsx';
import { CompareBar, CompareLayer } from './compare-layer.tsx';
import { ConnectMenu } from './connect-menu.tsx';
import { emptyCache, type FlowEdge, type FlowNode, flowEdges, flowNodes } from './flow-items.ts';
import { FrameBox } from './frame-box.tsx';
import { MoveHint } from './move-hint.tsx';
import { useMoving } from './moving.ts';
import { NodeFace } from './node-face.tsx';
import { NoteCard } from './note-card.tsx';
import { place } from './place-node.ts';
import { PreviewBar } from './preview-bar.tsx';
import { RefusalCard } from './refusal-card.tsx';
import { countRender } from './render-count.ts';
import { fitOptions, useCanvasPort } from './use-canvas-port.ts';
import { tryConnect, useConnect } from './use-connect.ts';
import { useDrag } from './use-drag.ts';
import { WireEdge } from './wire-edge.tsx';
import { ConnectionHint, WireInHand } from './wire-in-hand.tsx';
import { WirePreview } from './wire-preview.tsx';
import { MINIMAP_FROM, ZoomBar } from './zoom-bar.tsx';
import 'reactflow/dist/style.css';
import './canvas.css';

const NODE_TYPES = { step: NodeFace, note: NoteCard, frame: FrameBox };
const EDGE_TYPES = { wire: WireEdge };
export const KIND_MIME = 'application/x-millrace-kind';
const HOVER_MS = 300;
const FEW = 300;
const coarse = () => matchMedia('(pointer: coarse)').matches;

export const Canvas = memo(function Canvas() {
  countRender('canvas');
  const t = useText();
  const session = useSession();
  const document = useDocument((s) => s.document);
  const chosen = useSelection((s) => s.nodes);
  const chosenNotes = useSelection((s) => s.notes);
  const chosenWires = useSelection((s) => s.wires);
  const active = useSelection((s) => s.active);
  const minimap = usePanels((p) => p.minimap);
  const cache = useRef(emptyCache());
  const root = useRef<HTMLDivElement>(null);
  const drag = useDrag(session);
  const wires = useConnect();
  useCanvasPort(root);
  const selected = useMemo(() => new Set([...chosen, ...chosenNotes]), [chosen, chosenNotes]);
  const places = useMoving((s) => s.places);
  const sizes = useMoving((s) => s.sizes);
  const nodes = useMemo(() => flowNodes(document, selected, places, sizes, cache.current), [document, selected, places, sizes]);
  const edges = useMemo(() => flowEdges(document, new Set(chosenWires), cache.current), [document, chosenWires]);
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const selects = changes.filter((c) => c.type === 'select');
      if (selects.length === 0) return;
      const { nodes: now, notes, wires: before, select } = session.selection.getState();
      const next = new Set(before);
      for (const c of selects) {
        if (c.selected) next.add(c.id);
        else next.delete(c.id);
      }
      select({ nodes: now, notes, wires: [...next] });
    },
    [session],
  );
  const hover = useRef<ReturnType<typeof setTimeout>>(undefined);
  const set = session.panels.getState().set;
  const enterWire = useCallback(
    (event: React.MouseEvent, wire: FlowEdge) => {
      const at = { x: event.clientX + 16, y: event.clientY - 40 };
      clearTimeout(hover.current);
      hover.current = setTimeout(() => {
        if (!session.panels.getState().peek?.sticky) set({ peek: { wire: wire.id, at, sticky: false } });
      }, HOVER_MS);
    },
    [session, set],
  );
  const leaveWire = useCallback(() => {
    clearTimeout(hover.current);
    if (!session.panels.getState().peek?.sticky) set({ peek: undefined });
  }, [session, set]);
  const openMenu = (event: { preventDefault: () => void; clientX: number; clientY: number }, on: { node?: string; wire?: string } = {}) => {
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    if (on.node && !session.selection.getState().nodes.includes(on.node)) session.selection.getState().select({ nodes: [on.node] });
    if (on.wire) session.selection.getState().select({ wires: [on.wire] });
    set({ contextMenu: { at, place: session.canvas.port.toCanvas(at), ...on } });
  };
  const drop = (event: React.DragEvent) => {
    const kind = kindOf(event.dataTransfer.getData(KIND_MIME));
    if (!kind) return;
    event.preventDefault();
    event.stopPropagation();
    const id = place(session, kind, { place: session.canvas.port.toCanvas({ x: event.clientX, y: event.clientY }) });
    if (id) session.canvas.port.reveal(id, true);
  };
  const count = Object.keys(document.nodes).length;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the canvas is a landmark with its own keyboard, not a page section
    <div
      ref={root}
      role="region"
      aria-label={t('designer.canvas.label', { count })}
      data-testid="canvas"
      tabIndex={(active && document.nodes[active]) || chosenNotes.length === 1 ? -1 : 0}
      className="mr-canvas"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(KIND_MIME)) event.preventDefault();
      }}
      onDrop={drop}
      onDoubleClick={(event) => {
        if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
        const at = { x: event.clientX, y: event.clientY };
        set({ quickAdd: { at, place: session.canvas.port.toCanvas(at) } });
      }}
    >
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={drag.onNodesChange}
        onNodeDragStop={drag.onNodeDragStop}
        onSelectionDragStop={drag.onSelectionDragStop}
        onEdgesChange={onEdgesChange}
        onEdgeMouseEnter={enterWire}
        onEdgeMouseLeave={leaveWire}
        onNodeContextMenu={(event, node) => openMenu(event, { node: node.id })}
        onEdgeContextMenu={(event, wire) => openMenu(event, { wire: wire.id })}
        onPaneContextMenu={(event) => openMenu(event)}
        onNodeClick={(event, node) => {
          const { select, nodes: steps, notes } = session.selection.getState();
          if (event.shiftKey || event.metaKey || event.ctrlKey) {
            // React Flow chooses no frame, see flow-items.
            if (node.type === 'frame')
              select({ nodes: steps, notes: notes.includes(node.id) ? notes.filter((id) => id !== node.id) : [...notes, node.id] });
            return;
          }
          // React Flow leaves a selection alone when one of it is clicked: a plain click means that one only.
          select(node.type === 'step' ? { nodes: [node.id] } : { notes: [node.id] });
          if (node.type === 'step' && inspectorFloats()) set({ inspectorOpen: true });
        }}
        onNodeDoubleClick={(_event, node) => node.type === 'step' && set({ inspectorOpen: true, inspectorTab: 'settings' })}
        onReconnect={(old, next) => {
          const from = { node: next.source, port: next.sourceHandle ?? '' };
          const to = { node: next.target, port: next.targetHandle ?? '' };
          session.documents.edit({
            label: keptWords('designer.edit.rewire'),
            changes: [{ type: 'wire', id: old.id, value: { id: old.id, from, to } }],
          });
        }}
        onConnect={(c) =>
          tryConnect(
            session,
            { node: c.source, port: c.sourceHandle ?? '' },
            { node: c.target, port: c.targetHandle ?? '' },
            { x: 0, y: 0 },
          )
        }
        {...wires}
        connectionLineComponent={WireInHand}
        connectionRadius={26}
        connectOnClick={false}
        nodeDragThreshold={4}
        paneClickDistance={4}
        snapGrid={[8, 8]}
        snapToGrid
        panOnScroll
        zoomOnDoubleClick={false}
        panOnDrag={coarse() ? true : [1, 2]}
        selectionOnDrag={!coarse()}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
        selectionKeyCode={null}
        panActivationKeyCode={null}
        deleteKeyCode={null}
        disableKeyboardA11y
        nodesFocusable={false}
        edgesFocusable={false}
        elevateNodesOnSelect={false}
        minZoom={0.2}
        maxZoom={2}
        fitView
        fitViewOptions={fitOptions(count)}
        onlyRenderVisibleElements={count > FEW}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} color="var(--mr-surface-dot)" bgColor="var(--mr-surface-canvas)" />
        <ConnectionHint />
        <CompareLayer />
        {minimap && count >= MINIMAP_FROM ? (
          <MiniMap
            position="top-right"
            pannable
            zoomable
            ariaLabel={t('designer.command.minimap')}
            nodeClassName={(node) =>
              `mr-mini is-${node.type === 'frame' ? 'frame' : (session.views.getState().views[node.id]?.state ?? 'idle')}`
            }
          />
        ) : null}
      </ReactFlow>
      <ZoomBar />
      <CompareBar />
      <PreviewBar />
      <MoveHint />
      <Overlays />
    </div>
  );
});

/** What floats over the canvas at a point. */
function Overlays() {
  const t = useText();
  const session = useSession();
  const set = session.panels.getState().set;
  const quickAdd = usePanels((p) => p.quickAdd);
  const refusal = usePanels((p) => p.refusal);
  const menu = usePanels((p) => p.contextMenu);
  const connectFrom = usePanels((p) => p.connectFrom);
  const peek = usePanels((p) => p.peek);
  const wire = useDocument(({ document }) => (peek ? document.wires[peek.wire] : undefined));
  return (
    <>
      {quickAdd ? <AddMenu wish={quickAdd} onClose={() => set({ quickAdd: undefined })} /> : null}
      {refusal ? <RefusalCard refusal={refusal} onClose={() => set({ refusal: undefined })} /> : null}
      {menu ? <CanvasMenu on={menu} onClose={() => set({ contextMenu: undefined })} /> : null}
      {connectFrom ? <ConnectMenu node={connectFrom} onClose={() => set({ connectFrom: undefined })} /> : null}
      {peek && wire ? (
        <FloatAt
          at={peek.at}
          label={t('designer.preview.label')}
          onClose={() => set({ peek: undefined })}
          takeFocus={peek.sticky}
          className="mr-peek"
        >
          <WirePreview wire={wire} />
        </FloatAt>
      ) : null}
    </>
  );
}
