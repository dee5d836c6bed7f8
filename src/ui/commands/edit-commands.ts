/** Commands that change the document: add, delete, connect, copy, paste, undo. */

import { toProblem } from '../../base/problem.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import { carried, frameAround } from '../canvas/frames.ts';
import { neighbourOf } from '../canvas/navigate.ts';
import { translate } from '../i18n/text.ts';
import { keptWords, problemText, wordsText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { freeId, nodeTitle, remove, setNode, setNote } from '../state/edits.ts';
import { copyFragment, type Fragment, fragmentText, parseFragment, pasteFragment } from '../state/fragment.ts';
import { kindOf } from '../state/kinds.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Point, snap } from '../state/node-geometry.ts';
import type { Session } from '../state/session.ts';
import type { Command } from './command.ts';

const chosenOf = (session: Session) => {
  const { nodes, notes } = session.selection.getState();
  const { document } = session.documents.getState();
  return [...nodes.filter((id) => document.nodes[id]), ...notes.filter((id) => document.notes[id])];
};
/** Where a name or text is written: in the outline when one is there, else on the canvas. */
const whereFocused = () => (document.activeElement?.closest('.mr-outline') ? 'outline' : 'canvas');
const nothingChosen = (session: Session) => {
  const { wires } = session.selection.getState();
  return chosenOf(session).length + wires.length === 0 ? 'nothing-chosen' : undefined;
};
const noNodeChosen = (session: Session) => (chosenOf(session).length === 0 ? 'nothing-chosen' : undefined);
const oneNode = (session: Session) => {
  const { nodes } = session.selection.getState();
  return nodes.length === 1 && session.documents.getState().document.nodes[nodes[0]] ? undefined : 'choose-one';
};

/** Puts text on the system clipboard. */
async function copy(session: Session): Promise<void> {
  const ids = [...carried(session.documents.getState().document, chosenOf(session))];
  await navigator.clipboard.writeText(fragmentText(copyFragment(session.documents.getState().document, ids)));
  announce(translate('designer.say.copied', { count: ids.length }));
}

/** A frame is cut with what it holds, as it is copied. */
async function cut(session: Session): Promise<void> {
  await copy(session);
  const { document } = session.documents.getState();
  const ids = [...carried(document, chosenOf(session))];
  session.selection.getState().select({ nodes: ids.filter((id) => document.nodes[id]), notes: ids.filter((id) => document.notes[id]) });
  deleteChosen(session);
}

/** Pastes a fragment at the pointer (or the middle); answers whether the text was one. What is damaged says so above the canvas. */
export function pasteText(session: Session, text: string, outerWires = false): boolean {
  let fragment: Fragment | undefined;
  try {
    fragment = parseFragment(text);
  } catch (error) {
    const importProblem = toProblem(error);
    session.panels.getState().set({ importProblem });
    announce(problemText(importProblem).message);
    return true;
  }
  if (!fragment) return false;
  const { document } = session.documents.getState();
  const at = session.canvas.port.pointer() ?? session.canvas.port.centre();
  const { edit, ids } = pasteFragment(document, fragment, at, { outerWires });
  session.documents.edit(edit);
  session.selection.getState().select({ nodes: ids.filter((id) => session.documents.getState().document.nodes[id]) });
  announce(wordsText(edit.label));
  return true;
}

function duplicate(session: Session): void {
  const { document } = session.documents.getState();
  const fragment = copyFragment(document, [...carried(document, chosenOf(session))]);
  const corner: Point = {
    x: Math.min(...[...fragment.nodes, ...fragment.notes].map((n) => n.position.x)) + 32,
    y: Math.min(...[...fragment.nodes, ...fragment.notes].map((n) => n.position.y)) + 32,
  };
  const label = keptWords('designer.edit.duplicate', { count: fragment.nodes.length + fragment.notes.length });
  const { edit, ids } = pasteFragment(document, fragment, corner, { outerWires: true, label });
  session.documents.edit(edit);
  session.selection.getState().select({ nodes: ids.filter((id) => session.documents.getState().document.nodes[id]) });
  announce(wordsText(label));
}

function deleteChosen(session: Session): void {
  const { nodes, wires, notes } = session.selection.getState();
  const { document } = session.documents.getState();
  const heir = heirOf(document, nodes);
  const focused = window.document.activeElement?.closest('[data-node], [data-outline]') != null;
  const edit = remove(document, {
    nodes: nodes.filter((id) => document.nodes[id]),
    wires: wires.filter((id) => document.wires[id]),
    notes: notes.filter((id) => document.notes[id]),
  });
  session.documents.edit(edit);
  session.selection.getState().select({});
  announce(wordsText(edit.label));
  if (!heir) return;
  session.selection.setState({ active: heir });
  if (focused) session.canvas.port.reveal(heir, true);
}

/** Where keyboard walking goes on once these nodes are gone: what fed them, else what they fed, else the nearest. */
function heirOf(document: PipelineDocument, gone: readonly string[]): string | undefined {
  const wires = Object.values(document.wires);
  const stays = (id: string) => document.nodes[id] && !gone.includes(id);
  const beside = [
    ...wires.filter((wire) => gone.includes(wire.to.node)).map((wire) => wire.from.node),
    ...wires.filter((wire) => gone.includes(wire.from.node)).map((wire) => wire.to.node),
    ...(['up', 'left', 'right', 'down'] as const).map((direction) => neighbourOf(document, gone[0], direction) ?? ''),
  ];
  return gone.length === 0 ? undefined : beside.find(stays);
}

function toggleDisabled(session: Session): void {
  const { nodes } = session.selection.getState();
  const { document } = session.documents.getState();
  const off = nodes.some((id) => !document.nodes[id]?.disabled);
  session.documents.edit(
    setNode(
      document,
      nodes,
      'disabled',
      off ? true : undefined,
      keptWords(off ? 'designer.edit.disable' : 'designer.edit.enable', { count: nodes.length }),
    ),
  );
}

/** The chosen nodes that have a result to keep. */
const pinnable = (session: Session) => {
  const { document } = session.documents.getState();
  const { steps } = session.runs.getState();
  return session.selection.getState().nodes.filter((id) => document.nodes[id]?.pinned || (document.nodes[id] && steps[id]?.outputs));
};
function togglePinned(session: Session): void {
  const { document } = session.documents.getState();
  const nodes = pinnable(session);
  const on = nodes.some((id) => !document.nodes[id].pinned);
  const label = keptWords(on ? 'canvas.edit.pin' : 'canvas.edit.unpin', {
    title: nodeTitle(document.nodes[nodes[0]]),
    count: nodes.length,
  });
  session.documents.edit(setNode(document, nodes, 'pinned', on ? true : undefined, label));
  announce(wordsText(label));
}

function addNote(session: Session): void {
  const { document } = session.documents.getState();
  const at = session.canvas.port.pointer() ?? session.canvas.port.centre();
  const id = freeId((wanted) => wanted in document.notes || wanted in document.nodes, 'note');
  session.documents.edit(setNote(document, { id, text: '', position: { x: snap(at.x), y: snap(at.y) }, size: { width: 208, height: 96 } }));
  session.selection.getState().select({ notes: [id] });
}

/** A frame round what is chosen, its title to be written at once. */
function addFrame(session: Session): void {
  const { document } = session.documents.getState();
  const area = frameAround(document, chosenOf(session));
  if (!area) return;
  const id = freeId((wanted) => wanted in document.notes || wanted in document.nodes, 'frame');
  session.documents.edit(setNote(document, { id, text: '', ...area, frame: true }));
  session.selection.getState().select({ notes: [id] });
  session.panels.getState().set({ renaming: id, renamingIn: whereFocused() });
}

/** Quick add from whichever of the active node's outputs fits, or free at the pointer. */
function addAfter(session: Session): void {
  const { active } = session.selection.getState();
  const node = active ? session.documents.getState().document.nodes[active] : undefined;
  const open = (kindOf(node?.kind ?? '')?.outputs.length ?? 0) > 0;
  const place = node
    ? { x: node.position.x + NODE_WIDTH / 2, y: node.position.y + NODE_HEIGHT + 12 }
    : (session.canvas.port.pointer() ?? session.canvas.port.centre());
  const at = session.canvas.port.toWindow(place);
  session.panels.getState().set({ quickAdd: node && open ? { at, from: { node: node.id, side: 'out' } } : { at, place } });
}

const travel = (session: Session, way: 'undo' | 'redo') => {
  const label = session.documents[way]();
  if (label) announce(translate(`designer.say.${way}`, { label: wordsText(label) }));
};

export const editCommands: readonly Command[] = [
  {
    id: 'undo',
    group: 'edit',
    icon: 'undo',
    keys: ['Mod+Z'],
    blocked: (s) => (s.documents.getState().history.past.length ? undefined : 'nothing-to-undo'),
    run: (s) => travel(s, 'undo'),
  },
  {
    id: 'redo',
    group: 'edit',
    icon: 'redo',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    blocked: (s) => (s.documents.getState().history.future.length ? undefined : 'nothing-to-redo'),
    run: (s) => travel(s, 'redo'),
  },
  { id: 'cut', group: 'edit', keys: ['Mod+X'], on: 'canvas', blocked: noNodeChosen, run: (s) => void cut(s) },
  { id: 'copy', group: 'edit', keys: ['Mod+C'], on: 'canvas', blocked: noNodeChosen, run: (s) => void copy(s) },
  { id: 'paste', group: 'edit', icon: 'paste', run: (s) => void navigator.clipboard.readText().then((text) => pasteText(s, text)) },
  { id: 'duplicate', group: 'edit', keys: ['Mod+D'], on: 'canvas', blocked: noNodeChosen, run: duplicate },
  { id: 'delete', group: 'edit', icon: 'delete', keys: ['Delete', 'Backspace'], on: 'canvas', blocked: nothingChosen, run: deleteChosen },
  {
    id: 'rename',
    group: 'edit',
    icon: 'edit',
    keys: ['F2'],
    on: 'canvas',
    blocked: (s) => (chosenOf(s).length === 1 ? undefined : 'choose-one'),
    run: (s) => s.panels.getState().set({ renaming: chosenOf(s)[0], renamingIn: whereFocused() }),
  },
  { id: 'disable', group: 'edit', icon: 'disabled', keys: ['D'], on: 'canvas', blocked: noNodeChosen, run: toggleDisabled },
  {
    id: 'pin-result',
    group: 'edit',
    icon: 'pin',
    keys: ['P'],
    on: 'canvas',
    blocked: (s) => noNodeChosen(s) ?? (pinnable(s).length > 0 ? undefined : 'no-result'),
    run: togglePinned,
  },
  { id: 'add', group: 'edit', icon: 'add', keys: ['/'], run: (s) => s.panels.getState().set({ quickAdd: addWish(s) }) },
  { id: 'add-after', group: 'edit', icon: 'add', keys: ['N', 'Tab'], on: 'canvas', blocked: oneNode, run: addAfter },
  {
    id: 'connect',
    group: 'edit',
    icon: 'link',
    keys: ['C'],
    on: 'canvas',
    blocked: oneNode,
    run: (s) => s.panels.getState().set({ connectFrom: s.selection.getState().nodes[0] }),
  },
  { id: 'note', group: 'edit', icon: 'note', keys: ['Shift+N'], on: 'canvas', run: addNote },
  { id: 'frame', group: 'edit', icon: 'fit', keys: ['Mod+G'], on: 'canvas', blocked: noNodeChosen, run: addFrame },
];

const addWish = (session: Session) => {
  const place = session.canvas.port.pointer() ?? session.canvas.port.centre();
  return { place, at: session.canvas.port.toWindow(place) };
};
