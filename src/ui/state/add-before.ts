/** The edit behind a fix that is a step of its own: a node on the wire into a port, what lies below moved down where there is no room. */
import { canonical, type Json } from '../../base/json.ts';
import type { PipelineDocument, Wire } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import { keptWords } from '../i18n/words-text.ts';
import { freeId, newNode, nodeWords, shortName } from './edits.ts';
import { kindOf, portOf } from './kinds.ts';
import { freePlace, PITCH_Y, type Point, portX } from './node-geometry.ts';

export interface StepBefore {
  /** Of the node that the step goes before. */
  port: string;
  kind: string;
  params: Record<string, Json>;
}

const wireInto = (document: PipelineDocument, node: string, port: string): Wire | undefined =>
  Object.values(document.wires).find(({ to }) => to.node === node && to.port === port);

/** Whether such a step stands somewhere above the port already. */
export function isBefore(document: PipelineDocument, node: string, { port, kind, params }: StepBefore): boolean {
  const wanted = canonical(params);
  const seen = new Set<string>();
  const above = (wires: readonly Wire[]): boolean =>
    wires.some(({ from }) => {
      if (seen.has(from.node)) return false;
      seen.add(from.node);
      const found = document.nodes[from.node];
      if (found?.kind === kind && found.disabled !== true && canonical(found.params) === wanted) return true;
      return above(Object.values(document.wires).filter(({ to }) => to.node === from.node));
    });
  return above(Object.values(document.wires).filter(({ to }) => to.node === node && to.port === port));
}

/** One step of the history: the node, its two wires, and the moves; undefined where the port has no wire. */
export function addBefore(document: PipelineDocument, node: string, step: StepBefore): { edit: Edit; id: string } | undefined {
  const wire = wireInto(document, node, step.port);
  const kind = kindOf(step.kind);
  const into = kind?.inputs[0];
  const out = kind?.outputs[0];
  if (!wire || !kind || !into || !out) return undefined;
  const [source, target] = [document.nodes[wire.from.node], document.nodes[node]];
  const id = freeId((wanted) => wanted in document.nodes, shortName(kind.id));
  const line = target.position.x + portX(kindOf(target.kind), 'in', step.port);
  const x = line - portX(kind, 'in', into.id);
  const wanted: Point = { x, y: Math.max(source.position.y + PITCH_Y, target.position.y - PITCH_Y) };
  // From the place of the new node to the old one there has to be a row.
  const by = Math.max(0, wanted.y + PITCH_Y - target.position.y);
  const moved = by > 0 ? below(document, node) : new Set<string>();
  const places = Object.values(document.nodes).map((other) =>
    moved.has(other.id) ? { x: other.position.x, y: other.position.y + by } : other.position,
  );
  const value = newNode(id, kind, freePlace(places, wanted, true), step.params);
  const wires = Object.keys(document.wires);
  const onward = nextId('w', wires);
  const changes: Change[] = [
    ...[...moved].map((name): Change => {
      const { position, ...rest } = document.nodes[name];
      return { type: 'node', id: name, value: { ...rest, position: { x: position.x, y: position.y + by } } };
    }),
    { type: 'node', id, value },
    { type: 'wire', id: wire.id, value: { ...wire, to: { node: id, port: into.id } } },
    { type: 'wire', id: onward, value: { id: onward, from: { node: id, port: out.id }, to: wire.to } },
  ];
  return { id, edit: { label: keptWords('designer.edit.add', { title: nodeWords(value) }), changes } };
}

/** The node and all that hangs on it. */
function below(document: PipelineDocument, node: string): Set<string> {
  const found = new Set([node]);
  for (const id of found) for (const { from, to } of Object.values(document.wires)) if (from.node === id) found.add(to.node);
  return found;
}

/** Whether an output of the kind goes on into a port: what a fix needs to be offered. */
export const fitsBefore = (document: PipelineDocument, node: string, { port, kind }: StepBefore): boolean => {
  const into = portOf(kindOf(document.nodes[node]?.kind ?? ''), 'in', port);
  return into !== undefined && kindOf(kind)?.outputs[0]?.type === into.type && wireInto(document, node, port) !== undefined;
};
