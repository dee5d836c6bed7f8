/** Commands of walking, selecting, arranging and looking on the canvas. */

import { carried } from '../canvas/frames.ts';
import { startMoving } from '../canvas/move-mode.ts';
import { type Direction, extend, neighbourOf } from '../canvas/navigate.ts';
import { tidy } from '../canvas/tidy.ts';
import { translate } from '../i18n/text.ts';
import { keptWords } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { moveNodes } from '../state/edits.ts';
import { NODE_WIDTH, type Point } from '../state/node-geometry.ts';
import type { Session } from '../state/session.ts';
import type { Command } from './command.ts';

const empty = (session: Session) => (Object.keys(session.documents.getState().document.nodes).length === 0 ? 'no-nodes' : undefined);
const bare = (session: Session) => (Object.keys(session.documents.getState().document.notes).length === 0 ? empty(session) : undefined);
const noneChosen = (session: Session) =>
  session.selection.getState().nodes.length + session.selection.getState().notes.length === 0 ? 'nothing-chosen' : undefined;

function walk(session: Session, direction: Direction): void {
  const { document } = session.documents.getState();
  const { active, notes, select } = session.selection.getState();
  const next = neighbourOf(document, active ?? notes.at(-1), direction, document.notes);
  if (!next) return;
  select(next in document.nodes ? { nodes: [next] } : { notes: [next] });
  session.canvas.port.reveal(next, true);
}

function extendTo(session: Session, direction: Direction): void {
  const { nodes, select } = session.selection.getState();
  const { document } = session.documents.getState();
  if (direction === 'up' || direction === 'down') select({ nodes: extend(document, nodes, direction) });
  announce(translate('designer.say.chosen', { count: session.selection.getState().nodes.length }));
}

const STEPS: Record<Direction, Point> = { up: { x: 0, y: -8 }, down: { x: 0, y: 8 }, left: { x: -8, y: 0 }, right: { x: 8, y: 0 } };
function nudge(session: Session, direction: Direction, times: number): void {
  const { nodes, notes } = session.selection.getState();
  const { document } = session.documents.getState();
  const by = STEPS[direction];
  const places = new Map<string, Point>();
  for (const id of carried(document, [...nodes, ...notes])) {
    const item = document.nodes[id] ?? document.notes[id];
    if (item) places.set(id, { x: item.position.x + by.x * times, y: item.position.y + by.y * times });
  }
  session.documents.edit(moveNodes(document, places, undefined, `nudge:${[...places.keys()].join(',')}`));
  const [first] = places.values();
  if (first) announce(translate('designer.say.moved', { x: first.x, y: first.y }));
}

function tidyUp(session: Session): void {
  const { nodes } = session.selection.getState();
  const { document } = session.documents.getState();
  session.documents.edit(moveNodes(document, tidy(document, nodes), keptWords('designer.edit.tidy')));
  announce(translate('designer.edit.tidy'));
  if (nodes.length < 2) session.canvas.port.fit();
}

/** The wire into the active node (its first), else the first one out of it. */
function peek(session: Session): void {
  const { active, wires } = session.selection.getState();
  const { document } = session.documents.getState();
  const all = Object.values(document.wires);
  const wire =
    wires.length === 1 ? document.wires[wires[0]] : (all.find((w) => w.from.node === active) ?? all.find((w) => w.to.node === active));
  const node = wire && document.nodes[wire.from.node];
  if (!wire || !node) return;
  const at = session.canvas.port.toWindow({ x: node.position.x + NODE_WIDTH + 16, y: node.position.y });
  session.panels.getState().set({ peek: { wire: wire.id, at, sticky: true } });
}

function back(session: Session): void {
  const { peek: open, set, contextMenu, quickAdd } = session.panels.getState();
  if (open || contextMenu || quickAdd) set({ peek: undefined, contextMenu: undefined, quickAdd: undefined });
  else session.selection.getState().select({});
}

const directions: readonly Direction[] = ['up', 'down', 'left', 'right'];
const arrow: Record<Direction, string> = { up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight' };

export const canvasCommands: readonly Command[] = [
  ...directions.map(
    (d): Command => ({ id: `walk-${d}`, group: 'canvas', keys: [arrow[d]], on: 'canvas', blocked: bare, run: (s) => walk(s, d) }),
  ),
  ...(['up', 'down'] as const).map(
    (d): Command => ({
      id: `extend-${d}`,
      group: 'canvas',
      keys: [`Shift+${arrow[d]}`],
      on: 'canvas',
      blocked: noneChosen,
      run: (s) => extendTo(s, d),
    }),
  ),
  ...directions.map(
    (d): Command => ({
      id: `nudge-${d}`,
      group: 'canvas',
      keys: [`Alt+${arrow[d]}`],
      on: 'canvas',
      blocked: noneChosen,
      run: (s) => nudge(s, d, 1),
    }),
  ),
  ...directions.map(
    (d): Command => ({
      id: `leap-${d}`,
      group: 'canvas',
      keys: [`Alt+Shift+${arrow[d]}`],
      on: 'canvas',
      blocked: noneChosen,
      run: (s) => nudge(s, d, 8),
    }),
  ),
  { id: 'move', group: 'canvas', keys: ['M'], on: 'canvas', blocked: noneChosen, run: startMoving },
  {
    id: 'select-all',
    group: 'canvas',
    keys: ['Mod+A'],
    on: 'canvas',
    blocked: empty,
    run: (s) =>
      s.selection
        .getState()
        .select({ nodes: Object.keys(s.documents.getState().document.nodes), notes: Object.keys(s.documents.getState().document.notes) }),
  },
  { id: 'peek', group: 'canvas', keys: ['Space'], on: 'canvas', blocked: empty, run: peek },
  { id: 'back', group: 'canvas', keys: ['Escape'], on: 'canvas', run: back },
  { id: 'tidy', group: 'canvas', icon: 'template', keys: ['Shift+T'], on: 'canvas', blocked: empty, run: tidyUp },
  { id: 'zoom-in', group: 'view', keys: ['+'], on: 'canvas', run: (s) => s.canvas.port.zoom('in') },
  { id: 'zoom-out', group: 'view', keys: ['-'], on: 'canvas', run: (s) => s.canvas.port.zoom('out') },
  { id: 'zoom-actual', group: 'view', keys: ['0'], on: 'canvas', run: (s) => s.canvas.port.zoom('actual') },
  { id: 'zoom-fit', group: 'view', icon: 'fit', keys: ['1'], on: 'canvas', run: (s) => s.canvas.port.fit() },
  {
    id: 'zoom-chosen',
    group: 'view',
    keys: ['2'],
    on: 'canvas',
    blocked: noneChosen,
    run: (s) => s.canvas.port.fit(s.selection.getState().nodes),
  },
  {
    id: 'outline',
    group: 'view',
    icon: 'outline',
    keys: ['O'],
    on: 'canvas',
    blocked: empty,
    run: (s) => s.panels.getState().set({ outlineOpen: !s.panels.getState().outlineOpen }),
  },
  {
    id: 'minimap',
    group: 'view',
    icon: 'map',
    keys: ['Shift+M'],
    on: 'canvas',
    run: (s) => s.panels.getState().set({ minimap: !s.panels.getState().minimap }),
  },
];
