/** May this output feed that input, and if not, why and what helps; pure. The one place where wires are judged at the canvas. */
import type { PipelineDocument, Wire } from '../../engine/document.ts';
import type { Kind } from '../../kind/kind.ts';
import type { PortType } from '../../kind/ports.ts';
import { sameEnds } from '../state/edits.ts';
import { allKinds, kindOf, portOf } from '../state/kinds.ts';

export type End = Wire['from'];
export type Side = 'in' | 'out';
export type Refused =
  | { code: 'type'; from: PortType; to: PortType }
  | { code: 'self' }
  | { code: 'cycle' }
  | { code: 'duplicate' }
  | { code: 'occupied'; wire: Wire }
  | { code: 'unknown' };

/** Every node that `start` feeds, itself included. */
export function downstream(document: PipelineDocument, start: string): Set<string> {
  return reach(document, start, (w) => [w.from.node, w.to.node]);
}
/** Every node that feeds `start`, itself included. */
export function upstream(document: PipelineDocument, start: string): Set<string> {
  return reach(document, start, (w) => [w.to.node, w.from.node]);
}
function reach(document: PipelineDocument, start: string, ends: (w: Wire) => [string, string]): Set<string> {
  const next = new Map<string, string[]>();
  for (const w of Object.values(document.wires)) {
    const [here, there] = ends(w);
    next.set(here, [...(next.get(here) ?? []), there]);
  }
  const seen = new Set([start]);
  const open = [start];
  while (open.length > 0) {
    for (const id of next.get(open.pop() as string) ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      open.push(id);
    }
  }
  return seen;
}

/** A judge for wires that start (or end) at one port: what is refused and why, `undefined` = fits. Cheap to ask many times. */
export function judge(document: PipelineDocument, fixed: End, side: Side): (other: End) => Refused | undefined {
  const fixedPort = portOf(kindOf(document.nodes[fixed.node]?.kind ?? ''), side, fixed.port);
  const looped = side === 'out' ? upstream(document, fixed.node) : downstream(document, fixed.node);
  const wires = Object.values(document.wires);
  return (other) => {
    const otherPort = portOf(kindOf(document.nodes[other.node]?.kind ?? ''), side === 'out' ? 'in' : 'out', other.port);
    if (!fixedPort || !otherPort) return { code: 'unknown' };
    if (other.node === fixed.node) return { code: 'self' };
    const [from, to] = side === 'out' ? [fixed, other] : [other, fixed];
    const [fromPort, toPort] = side === 'out' ? [fixedPort, otherPort] : [otherPort, fixedPort];
    if (fromPort.type !== toPort.type) return { code: 'type', from: fromPort.type, to: toPort.type };
    if (looped.has(other.node)) return { code: 'cycle' };
    if (wires.some((w) => sameEnds(w, { from, to }))) return { code: 'duplicate' };
    const there = toPort.many ? undefined : wires.find((w) => w.to.node === to.node && w.to.port === to.port);
    return there ? { code: 'occupied', wire: there } : undefined;
  };
}

export const refusalOf = (document: PipelineDocument, from: End, to: End): Refused | undefined => judge(document, from, 'out')(to);

/** Ports of a kind that would take a wire from (or give one to) a port of this type. */
export function fittingPort(kind: Kind, type: PortType, side: Side): string | undefined {
  const ports = side === 'out' ? kind.inputs : kind.outputs;
  return (ports.find((port) => port.type === type && port.required) ?? ports.find((port) => port.type === type))?.id;
}

/** Kinds that turn one type into the other: what to insert when a drop was refused for its type. */
export function bridges(from: PortType, to: PortType): readonly Kind[] {
  return allKinds().filter(
    (kind) =>
      kind.inputs.some((p) => p.type === from && (p.required || kind.inputs.length === 1)) && kind.outputs.some((p) => p.type === to),
  );
}
