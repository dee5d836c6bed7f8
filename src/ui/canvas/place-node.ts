/** Adds a node where it was wished: at a place, or beside a port with a straight wire; one step each. */
import type { PipelineDocument, Wire } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import type { Kind } from '../../kind/kind.ts';
import { wordsText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { learnHabit } from '../palette/next-kinds.ts';
import { addNode } from '../state/edits.ts';
import { kindOf, portOf } from '../state/kinds.ts';
import { freePlace, NODE_HEIGHT, NODE_WIDTH, PITCH_Y, type Point, portX } from '../state/node-geometry.ts';
import type { Session } from '../state/session.ts';
import { type End, fittingPort, type Side } from './connect-rules.ts';

const places = (document: PipelineDocument, except?: string): Point[] =>
  Object.values(document.nodes)
    .filter((node) => node.id !== except)
    .map((node) => node.position);

/** The node and the wire from `fixed` to it. Its place makes the wire straight where nothing is in the way. */
export function addBeside(
  document: PipelineDocument,
  kind: Kind,
  fixed: End,
  side: Side,
  at?: Point,
): { edit: Edit; id: string } | undefined {
  const neighbour = document.nodes[fixed.node];
  const type = portOf(kindOf(neighbour.kind), side, fixed.port)?.type;
  const port = type && fittingPort(kind, type, side);
  if (!port) return undefined;
  const line = neighbour.position.x + portX(kindOf(neighbour.kind), side, fixed.port);
  const straight = {
    x: line - portX(kind, side === 'out' ? 'in' : 'out', port),
    y: neighbour.position.y + (side === 'out' ? PITCH_Y : -PITCH_Y),
  };
  // Dropped within a node's width of the port it came from, a straight wire was meant.
  const upright = at === undefined || Math.abs(at.x - line) <= NODE_WIDTH / 2;
  const wanted = at
    ? { x: upright ? straight.x : at.x - portX(kind, side === 'out' ? 'in' : 'out', port), y: side === 'out' ? at.y : at.y - NODE_HEIGHT }
    : straight;
  const { edit, id } = addNode(document, kind, freePlace(places(document), wanted, upright));
  const made = { node: id, port };
  const [from, to] = side === 'out' ? [fixed, made] : [made, fixed];
  const wire: Wire = { id: nextId('w', Object.keys(document.wires)), from, to };
  return { id, edit: { label: edit.label, changes: [...edit.changes, { type: 'wire', id: wire.id, value: wire } satisfies Change] } };
}

/** Adds and selects; answers with the new node's id. */
export function place(session: Session, kind: Kind, wish: { place?: Point; from?: End & { side: Side } } = {}): string | undefined {
  const { document } = session.documents.getState();
  if (wish.from) {
    const { side, ...end } = wish.from;
    const beside = addBeside(document, kind, end, side, wish.place);
    if (!beside) return undefined;
    const neighbour = document.nodes[end.node];
    const type = portOf(kindOf(neighbour.kind), side, end.port)?.type;
    learnHabit(session.storage, [`${side === 'out' ? '' : 'before:'}${neighbour.kind}`, `${side}:${type}`], kind.id);
    session.documents.edit(beside.edit);
    announce(wordsText(beside.edit.label));
    session.selection.getState().select({ nodes: [beside.id] });
    return beside.id;
  }
  const centre = wish.place ?? middleOf(session);
  const { edit, id } = addNode(
    document,
    kind,
    freePlace(places(document), { x: centre.x - NODE_WIDTH / 2, y: centre.y - NODE_HEIGHT / 2 }),
  );
  session.documents.edit(edit);
  announce(wordsText(edit.label));
  session.selection.getState().select({ nodes: [id] });
  return id;
}

/** Click in the palette: below the chosen node when there is one, else the middle of the screen. */
function middleOf(session: Session): Point {
  const active = session.selection.getState().active;
  const node = active ? session.documents.getState().document.nodes[active] : undefined;
  return node ? { x: node.position.x + NODE_WIDTH / 2, y: node.position.y + PITCH_Y + NODE_HEIGHT / 2 } : session.canvas.port.centre();
}

/** Click in the palette: wired to the chosen node when exactly one of its outputs fits, else free. */
export function placeAfterActive(session: Session, kind: Kind): string | undefined {
  const { document } = session.documents.getState();
  const active = session.selection.getState().active;
  const node = active ? document.nodes[active] : undefined;
  const free = kindOf(node?.kind ?? '')?.outputs.filter((port) => fittingPort(kind, port.type, 'out')) ?? [];
  if (node && free.length > 0) return place(session, kind, { from: { node: node.id, port: free[0].id, side: 'out' } });
  return place(session, kind);
}
