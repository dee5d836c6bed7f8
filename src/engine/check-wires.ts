/** Problems of the graph itself: unknown kinds, wires that do not fit, missing inputs, cycles. */
import { type Problem, problem } from '../base/problem.ts';
import { kindName, labelWords, type Phrase, phrase } from '../base/words.ts';
import type { Kind } from '../kind/kind.ts';
import { PORT_STYLES, type Port } from '../kind/ports.ts';
import type { PipelineDocument, Wire } from './document.ts';
import type { Graph } from './graph.ts';
import { type Kinds, nodeWords } from './naming.ts';

const REMOVE_WIRE = phrase('check.remove-wire', 'Remove the wire');
const wireType = (type: Phrase) => phrase('check.wire-type', 'Wire an output of type {type} to it.', { type });

export function checkKind(document: PipelineDocument, id: string, kinds: Kinds): Problem[] {
  const node = document.nodes[id];
  const kind = kinds.get(node.kind);
  if (kind && kind.version >= node.version) return [];
  const args = { kind: node.kind, version: node.version };
  if (kind)
    return [
      problem({
        code: 'check.newer-kind',
        at: { node: id },
        args,
        message: phrase('check.newer', '“{title}” was made by a newer version of this app.', { title: nodeWords(document, kinds, id) }),
        hint: 'Reload the page to get the newest version.',
      }),
    ];
  return [
    problem({
      code: 'check.unknown-kind',
      at: { node: id },
      args,
      message: `There is no kind “${node.kind}” in this version of the app.`,
      hint: 'Replace the node by another one, or open the pipeline with the version that made it.',
    }),
  ];
}

/** Both ends exist, types agree, and a port that takes one wire has one. */
export function checkWires(document: PipelineDocument, graph: Graph, kinds: Kinds): Problem[] {
  const found: Problem[] = [];
  const taken = new Map<string, Wire>();
  for (const wire of Object.values(document.wires)) {
    const loose = wireProblem(document, kinds, wire);
    if (loose) found.push(loose);
  }
  for (const [id, wires] of graph.into) {
    const kind = kinds.get(document.nodes[id].kind);
    for (const wire of wires) {
      const port = kind?.inputs.find((input) => input.id === wire.to.port);
      const place = `${id} ${wire.to.port}`;
      if (port && !port.many && taken.has(place)) found.push(tooMany(document, kinds, wire, port));
      taken.set(place, wire);
    }
  }
  return found;
}

/** Why this wire cannot be, if so. Also asked before an edit adds it. */
export function wireProblem(document: PipelineDocument, kinds: Kinds, wire: Wire): Problem | undefined {
  const end = (node: string, side: 'inputs' | 'outputs', portId: string): Port | Problem | undefined => {
    if (!Object.hasOwn(document.nodes, node))
      return problem({
        code: 'check.loose-wire',
        at: { wire: wire.id },
        args: { node },
        message: `A wire leads to a node that does not exist (“${node}”).`,
        hint: 'Remove the wire.',
        fix: { label: REMOVE_WIRE, command: 'remove-wire', args: { wire: wire.id } },
      });
    const kind = kinds.get(document.nodes[node].kind);
    const port = kind?.[side].find((candidate) => candidate.id === portId);
    if (!kind || port) return port;
    return problem({
      code: 'check.unknown-port',
      at: { node, port: portId, wire: wire.id },
      args: { port: portId },
      message:
        side === 'inputs'
          ? phrase('check.no-such-input', '“{title}” has no input “{port}”.', { title: nodeWords(document, kinds, node), port: portId })
          : phrase('check.no-such-output', '“{title}” has no output “{port}”.', { title: nodeWords(document, kinds, node), port: portId }),
      hint: 'Remove the wire and draw it again.',
      fix: { label: REMOVE_WIRE, command: 'remove-wire', args: { wire: wire.id } },
    });
  };
  const from = end(wire.from.node, 'outputs', wire.from.port);
  if (from && 'code' in from) return from;
  const to = end(wire.to.node, 'inputs', wire.to.port);
  if (to && 'code' in to) return to;
  if (!from || !to || from.type === to.type) return undefined;
  const given = labelWords(PORT_STYLES[from.type].title);
  const wanted = labelWords(PORT_STYLES[to.type].title);
  return problem({
    code: 'check.port-type',
    at: { node: wire.to.node, port: wire.to.port, wire: wire.id },
    args: { given: from.type, wanted: to.type },
    message: phrase('check.takes', '{port} of “{title}” takes the type {wanted}, not {given}.', {
      port: labelWords(to.title),
      title: nodeWords(document, kinds, wire.to.node),
      wanted,
      given,
    }),
    hint: wireType(wanted),
    fix: { label: REMOVE_WIRE, command: 'remove-wire', args: { wire: wire.id } },
  });
}

const tooMany = (document: PipelineDocument, kinds: Kinds, wire: Wire, port: Port): Problem =>
  problem({
    code: 'check.too-many-wires',
    at: { node: wire.to.node, port: port.id, wire: wire.id },
    message: phrase('edit.takes-one', '{port} of “{title}” takes one wire only.', {
      port: labelWords(port.title),
      title: nodeWords(document, kinds, wire.to.node),
    }),
    hint: 'Remove one of the wires.',
    fix: { label: REMOVE_WIRE, command: 'remove-wire', args: { wire: wire.id } },
  });

export function checkInputs(document: PipelineDocument, graph: Graph, id: string, kind: Kind): Problem[] {
  const wired = new Set((graph.into.get(id) ?? []).map((wire) => wire.to.port));
  return kind.inputs
    .filter((port) => port.required && !wired.has(port.id))
    .map((port) =>
      problem({
        code: 'check.missing-input',
        at: { node: id, port: port.id },
        args: { port: port.id, type: port.type },
        message: phrase('check.needs', '“{title}” needs the type {type} on its input “{port}”.', {
          title: document.nodes[id].title || kindName(kind),
          type: labelWords(PORT_STYLES[port.type].title),
          port: labelWords(port.title),
        }),
        hint: wireType(labelWords(PORT_STYLES[port.type].title)),
      }),
    );
}

export function checkCycles(document: PipelineDocument, graph: Graph, kinds: Kinds): Problem[] {
  return graph.cycles.map((cycle) => {
    const nodes = cycle.map((id) => nodeWords(document, kinds, id));
    return problem({
      code: 'check.cycle',
      at: { node: cycle[0] },
      args: { nodes: [...cycle] },
      message:
        nodes.length > 1
          ? phrase('check.circle', '{nodes} feed each other in a circle.', { nodes })
          : phrase('check.feeds-itself', '“{node}” feeds itself.', { node: nodes[0] }),
      hint: 'Remove one of the wires between them.',
    });
  });
}
