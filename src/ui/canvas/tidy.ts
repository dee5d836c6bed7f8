/** Lays nodes out in rows, downhill, on the grid, keeping the left-to-right order people gave them. Answers with places only. */
import { Graph, layout } from '@dagrejs/dagre';
import type { PipelineDocument } from '../../engine/document.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Point, snap } from '../state/node-geometry.ts';

/** `inOrder`: groups of nodes that stand from left to right as they are given, though wires cross. */
export function tidy(
  document: PipelineDocument,
  only: readonly string[] = [],
  inOrder: readonly (readonly string[])[] = [],
): Map<string, Point> {
  const chosen = only.length > 1 ? only.filter((id) => document.nodes[id]) : Object.keys(document.nodes);
  const nodes = chosen.map((id) => document.nodes[id]).sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y);
  const places = new Map<string, Point>();
  if (nodes.length === 0) return places;
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 32, ranksep: 40, edgesep: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  const inside = new Set(chosen);
  for (const wire of Object.values(document.wires)) {
    if (inside.has(wire.from.node) && inside.has(wire.to.node)) graph.setEdge(wire.from.node, wire.to.node);
  }
  // Every pair: between neighbours alone some are put elsewhere.
  const constraints = inOrder.flatMap((ids) => ids.flatMap((left, i) => ids.slice(i + 1).map((right) => ({ left, right }))));
  layout(graph, { constraints });
  const placed = nodes.map((node) => ({ id: node.id, ...(graph.node(node.id) as Point) }));
  const left = Math.min(...placed.map((p) => p.x)) - NODE_WIDTH / 2;
  const top = Math.min(...placed.map((p) => p.y)) - NODE_HEIGHT / 2;
  const origin = { x: Math.min(...nodes.map((n) => n.position.x)), y: Math.min(...nodes.map((n) => n.position.y)) };
  for (const { id, x, y } of placed)
    places.set(id, { x: snap(origin.x + x - NODE_WIDTH / 2 - left), y: snap(origin.y + y - NODE_HEIGHT / 2 - top) });
  return places;
}
