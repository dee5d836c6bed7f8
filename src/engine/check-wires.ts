/** Problems of the graph itself: unknown kinds, wires that do not fit, missing inputs, cycles. */
import { type Problem, problem } from '../base/problem.ts';
import type { Kind } from '../kind/kind.ts';
import { PORT_STYLES, type Port } from '../kind/ports.ts';
import type { PipelineDocument, Wire } from './document.ts';
import type { Graph } from './graph.ts';
import { type Kinds, listNames, nodeTitle } from './naming.ts';

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
        message: `“${nodeTitle(document, kinds, id)}” was made by a newer version of this app.`,
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
        fix: { label: 'Remove the wire', command: 'remove-wire', args: { wire: wire.id } },
      });
    const kind = kinds.get(document.nodes[node].kind);
    const port = kind?.[side].find((candidate) => candidate.id === portId);
    if (!kind || port) return port;
    return problem({
      code: 'check.unknown-port',
      at: { node, port: portId, wire: wire.id },
      args: { port: portId },
      message: `“${nodeTitle(document, kinds, node)}” has no ${side === 'inputs' ? 'input' : 'output'} “${portId}”.`,
      hint: 'Remove the wire and draw it again.',
      fix: { label: 'Remove the wire', command: 'remove-wire', args: { wire: wire.id } },
    });
  };
  const from = end(wire.from.node, 'outputs', wire.from.port);
  if (from && 'code' in from) return from;
  const to = end(wire.to.node, 'inputs', wire.to.port);
  if (to && 'code' in to) return to;
  if (!from || !to || from.type === to.type) return undefined;
  const given = PORT_STYLES[from.type].title;
  const wanted = PORT_STYLES[to.type].title;
  return problem({
    code: 'check.port-type',
    at: { node: wire.to.node, port: wire.to.port, wire: wire.id },
    args: { given: from.type, wanted: to.type },
    message: `${to.title} of “${nodeTitle(document, kinds, wire.to.node)}” takes a ${wanted}, not a ${given}.`,
    hint: `Wire an output of type ${wanted} to it.`,
    fix: { label: 'Remove the wire', command: 'remove-wire', args: { wire: wire.id } },
  });
}

const tooMany = (document: PipelineDocument, kinds: Kinds, wire: Wire, port: Port): Problem =>
  problem({
    code: 'check.too-many-wires',
    at: { node: wire.to.node, port: port.id, wire: wire.id },
    message: `${port.title} of “${nodeTitle(document, kinds, wire.to.node)}” takes one wire only.`,
    hint: 'Remove one of the wires.',
    fix: { label: 'Remove the wire', command: 'remove-wire', args: { wire: wire.id } },
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
        message: `“${document.nodes[id].title || kind.title}” needs a ${PORT_STYLES[port.type].title} on its input “${port.title}”.`,
        hint: `Wire an output of type ${PORT_STYLES[port.type].title} to it.`,
      }),
    );
}

export function checkCycles(document: PipelineDocument, graph: Graph, kinds: Kinds): Problem[] {
  return graph.cycles.map((cycle) => {
    const names = cycle.map((id) => nodeTitle(document, kinds, id));
    return problem({
      code: 'check.cycle',
      at: { node: cycle[0] },
      args: { nodes: [...cycle] },
      message: cycle.length > 1 ? `${listNames(names)} feed each other in a circle.` : `“${names[0]}” feeds itself.`,
      hint: 'Remove one of the wires between them.',
    });
  });
}
