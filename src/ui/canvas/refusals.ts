/** What to say when a wire is refused, and the repairs that can be offered: insert a step between, replace, or join both. */
import { kindName } from '../../base/words.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { Change } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import type { Kind } from '../../kind/kind.ts';
import { kindText, portText } from '../i18n/kind-text.ts';
import { translate } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { rankNext } from '../palette/next-kinds.ts';
import { addNode, connect, nodeTitle } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { freePlace } from '../state/node-geometry.ts';
import type { Refusal } from '../state/panel-store.ts';
import type { Session } from '../state/session.ts';
import { bridges, type End, fittingPort, type Refused, refusalOf } from './connect-rules.ts';

export function refusalText(document: PipelineDocument, refused: Refused, to: End): string {
  const title = document.nodes[to.node] ? nodeTitle(document.nodes[to.node]) : to.node;
  switch (refused.code) {
    case 'type':
      return translate('designer.refused.type', {
        from: translate(`designer.port-type.${refused.from}`),
        to: translate(`designer.port-type.${refused.to}`),
        title,
      });
    case 'occupied':
      return translate('designer.refused.occupied', { title, from: nodeTitle(document.nodes[refused.wire.from.node]) });
    default:
      return translate(`designer.refused.${refused.code}`, { title });
  }
}

/** Puts `kind` between the two ends: node and both wires in one step. */
function insert(session: Session, kind: Kind, from: End, to: End): void {
  const { document } = session.documents.getState();
  const [a, b] = [document.nodes[from.node], document.nodes[to.node]];
  const middle = { x: (a.position.x + b.position.x) / 2, y: (a.position.y + b.position.y) / 2 };
  const { edit, id } = addNode(
    document,
    kind,
    freePlace(
      Object.values(document.nodes).map((n) => n.position),
      middle,
    ),
  );
  const output = kindOf(a.kind)?.outputs.find((p) => p.id === from.port);
  const input = kindOf(b.kind)?.inputs.find((p) => p.id === to.port);
  const enter = output && fittingPort(kind, output.type, 'out');
  const leave = input && fittingPort(kind, input.type, 'in');
  if (!enter || !leave) return;
  const ids = Object.keys(document.wires);
  const first = nextId('w', ids);
  const second = nextId('w', [...ids, first]);
  const wires: Change[] = [
    { type: 'wire', id: first, value: { id: first, from, to: { node: id, port: enter } } },
    { type: 'wire', id: second, value: { id: second, from: { node: id, port: leave }, to } },
  ];
  session.documents.edit({
    label: keptWords('designer.edit.insert', { title: kindName(kind) }),
    changes: [...edit.changes, ...wires],
  });
  session.selection.getState().select({ nodes: [id] });
}

/** Both tables into one: Concat takes the old wire and the new one. */
function joinBoth(session: Session, kind: Kind, from: End, to: End, old: string): void {
  const { document } = session.documents.getState();
  const before = document.wires[old];
  const b = document.nodes[to.node];
  const { edit, id } = addNode(
    document,
    kind,
    freePlace(
      Object.values(document.nodes).map((n) => n.position),
      { x: b.position.x, y: b.position.y - 100 },
    ),
  );
  const ids = Object.keys(document.wires);
  const names = [0, 1, 2].map(() => {
    const name = nextId('w', ids);
    ids.push(name);
    return name;
  });
  const enter = { node: id, port: kind.inputs[0].id };
  session.documents.edit({
    label: keptWords('designer.edit.insert', { title: kindName(kind) }),
    changes: [
      ...edit.changes,
      { type: 'wire', id: old, value: null },
      { type: 'wire', id: names[0], value: { id: names[0], from: before.from, to: enter } },
      { type: 'wire', id: names[1], value: { id: names[1], from, to: enter } },
      { type: 'wire', id: names[2], value: { id: names[2], from: { node: id, port: kind.outputs[0].id }, to } },
    ],
  });
  session.selection.getState().select({ nodes: [id] });
}

/** The same two nodes by ports that fit: the wrong one was hit, or the right one was not seen. */
function otherPorts(session: Session, document: PipelineDocument, from: End, to: End): Refusal['fixes'] {
  const [a, b] = [document.nodes[from.node], document.nodes[to.node]];
  const wire = (start: End, end: End) => () => void session.documents.edit(connect(session.documents.getState().document, start, end));
  const into = (kindOf(b.kind)?.inputs ?? []).filter((port) => !refusalOf(document, from, { node: to.node, port: port.id }));
  const outOf = (kindOf(a.kind)?.outputs ?? []).filter((port) => !refusalOf(document, { node: from.node, port: port.id }, to));
  return [
    ...into.map((port) => ({
      id: `in ${port.id}`,
      label: translate('canvas.refused.into', { port: portText(port), title: nodeTitle(b) }),
      run: wire(from, { node: to.node, port: port.id }),
    })),
    ...outOf.map((port) => ({
      id: `out ${port.id}`,
      label: translate('canvas.refused.out-of', { port: portText(port), title: nodeTitle(a) }),
      run: wire({ node: from.node, port: port.id }, to),
    })),
  ];
}

export function refuse(session: Session, refused: Refused, from: End, to: End, at: Refusal['at']): Refusal {
  const { document } = session.documents.getState();
  const fixes: Refusal['fixes'][number][] = [];
  if (refused.code === 'occupied') {
    const concat = kindOf('prepare.concat');
    fixes.push({
      id: 'replace',
      label: translate('designer.refused.replace'),
      run: () => session.documents.edit(connect(session.documents.getState().document, from, to, true)),
    });
    const type = kindOf(document.nodes[from.node].kind)?.outputs.find((p) => p.id === from.port)?.type;
    if (concat && type === 'table')
      fixes.push({
        id: 'concat',
        label: translate('designer.refused.insert', { title: kindText(concat, 'title') }),
        run: () => joinBoth(session, concat, from, to, refused.wire.id),
      });
  }
  if (refused.code === 'type') {
    fixes.push(...otherPorts(session, document, from, to));
    const kinds = rankNext(bridges(refused.from, refused.to), [document.nodes[from.node].kind, `out:${refused.from}`], session.storage);
    for (const kind of kinds.slice(0, 2))
      fixes.push({
        id: kind.id,
        label: translate('designer.refused.insert', { title: kindText(kind, 'title') }),
        run: () => insert(session, kind, from, to),
      });
  }
  return { at, message: refusalText(document, refused, to), fixes };
}
