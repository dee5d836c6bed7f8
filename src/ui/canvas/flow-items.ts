/** The document as React Flow wants it. Objects are kept while nothing about them changed, so that only touched nodes render. */
import { type Edge, type Node, Position } from 'reactflow';
import type { DocumentNode, Note, PipelineDocument, Wire } from '../../engine/document.ts';
import type { PortType } from '../../kind/ports.ts';
import { translate } from '../i18n/text.ts';
import { nodeTitle } from '../state/edits.ts';
import { kindOf, portOf } from '../state/kinds.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Point, portXs } from '../state/node-geometry.ts';

export type FlowNode = Node<Record<string, never>, 'step' | 'note' | 'frame'>;
export type FlowEdge = Edge<{ type: PortType | undefined }, 'wire'>;
export const PORT_HIT = 24;
const NOTHING: Record<string, never> = {};

interface Kept<Source, Item> {
  source: Source;
  selected: boolean;
  place: Point | undefined;
  size?: Note['size'];
  item: Item;
}
export interface FlowCache {
  nodes: Map<string, Kept<DocumentNode | Note, FlowNode>>;
  edges: Map<string, Kept<Wire, FlowEdge>>;
}
export const emptyCache = (): FlowCache => ({ nodes: new Map(), edges: new Map() });

const handlesOf = (node: DocumentNode): FlowNode['handles'] => {
  const kind = kindOf(node.kind);
  const side = (ports: readonly { id: string }[], type: 'source' | 'target') =>
    portXs(ports.length).map((x, i) => ({
      id: ports[i].id,
      type,
      position: type === 'target' ? Position.Top : Position.Bottom,
      x: x - PORT_HIT / 2,
      y: (type === 'target' ? 0 : NODE_HEIGHT) - PORT_HIT / 2,
      width: PORT_HIT,
      height: PORT_HIT,
    }));
  return kind ? [...side(kind.inputs, 'target'), ...side(kind.outputs, 'source')] : [];
};

/** `places` and `sizes` are of what is in the hand; they reach the document when it stands. */
export function flowNodes(
  document: PipelineDocument,
  selected: ReadonlySet<string>,
  places: ReadonlyMap<string, Point> | undefined,
  sizes: ReadonlyMap<string, Note['size']> | undefined,
  cache: FlowCache,
): FlowNode[] {
  const take = (source: DocumentNode | Note, make: (position: Point, chosen: boolean) => FlowNode) => {
    const place = places?.get(source.id);
    const chosen = selected.has(source.id);
    const size = sizes?.get(source.id);
    const kept = cache.nodes.get(source.id);
    if (kept && kept.source === source && kept.selected === chosen && kept.place === place && kept.size === size) return kept.item;
    const item = make(place ?? source.position, chosen);
    cache.nodes.set(source.id, { source, selected: chosen, place, size, item });
    return item;
  };
  const steps = Object.values(document.nodes).map((node) =>
    take(node, (position, chosen) => ({
      id: node.id,
      type: 'step',
      position,
      data: NOTHING,
      selected: chosen,
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      measured: { width: NODE_WIDTH, height: NODE_HEIGHT },
      handles: handlesOf(node),
    })),
  );
  const notes = Object.values(document.notes).map((note) =>
    take(note, (position, chosen) => {
      const { width, height } = sizes?.get(note.id) ?? note.size;
      return {
        id: note.id,
        type: note.frame ? 'frame' : 'note',
        position,
        data: NOTHING,
        selected: chosen,
        zIndex: note.frame ? 0 : -1,
        // A frame is taken by its title, above wires, and a marquee drawn in it is about what stands there.
        ...(note.frame ? { dragHandle: '.mr-frame-title', selectable: false } : {}),
        width,
        height,
        measured: { width, height },
        handles: [],
      };
    }),
  );
  return [...notes, ...steps];
}

export function flowEdges(document: PipelineDocument, selected: ReadonlySet<string>, cache: FlowCache): FlowEdge[] {
  return Object.values(document.wires)
    .filter((wire) => document.nodes[wire.from.node] && document.nodes[wire.to.node])
    .map((wire) => {
      const chosen = selected.has(wire.id);
      const [from, to] = [document.nodes[wire.from.node], document.nodes[wire.to.node]].map(nodeTitle);
      const ariaLabel = translate('designer.wire', { from, to });
      const kept = cache.edges.get(wire.id);
      if (kept && kept.source === wire && kept.selected === chosen && kept.item.ariaLabel === ariaLabel) return kept.item;
      const item: FlowEdge = {
        id: wire.id,
        type: 'wire',
        source: wire.from.node,
        sourceHandle: wire.from.port,
        target: wire.to.node,
        targetHandle: wire.to.port,
        selected: chosen,
        ariaLabel,
        data: { type: portOf(kindOf(document.nodes[wire.from.node].kind), 'out', wire.from.port)?.type },
      };
      cache.edges.set(wire.id, { source: wire, selected: chosen, place: undefined, item });
      return item;
    });
}
