/** The pipeline as a tree to read: each node under the one that feeds its first input, in reading order; notes and frames last. Pure. */
import type { PipelineDocument, Wire } from '../../engine/document.ts';
import { kindOf } from '../state/kinds.ts';

export interface OutlineRow {
  id: string;
  type: 'node' | 'note';
  /** From 1. */
  level: number;
  /** The row that this one stands under. */
  parent: string | undefined;
  /** Whether rows stand under it; `false` open while it is folded. */
  open: boolean | undefined;
  /** Place among its siblings, from 1, and how many they are. */
  place: number;
  of: number;
}

/** Wires into a node: in the order of its inputs. */
export function wiresInto(document: PipelineDocument, id: string): Wire[] {
  const inputs = kindOf(document.nodes[id]?.kind ?? '')?.inputs.map((port) => port.id) ?? [];
  const place = (wire: Wire) => {
    const at = inputs.indexOf(wire.to.port);
    return at < 0 ? inputs.length : at;
  };
  return Object.values(document.wires)
    .filter((wire) => wire.to.node === id && document.nodes[wire.from.node])
    .sort((a, b) => place(a) - place(b));
}

export function outlineRows(document: PipelineDocument, folded: ReadonlySet<string>): OutlineRow[] {
  const below = new Map<string | undefined, string[]>();
  const before = (a: string, b: string) => {
    const [p, q] = [document.nodes[a].position, document.nodes[b].position];
    return p.y - q.y || p.x - q.x || (a < b ? -1 : 1);
  };
  for (const id of Object.keys(document.nodes).sort(before)) {
    const parent = wiresInto(document, id)[0]?.from.node;
    below.set(parent, [...(below.get(parent) ?? []), id]);
  }
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();
  const walk = (parent: string | undefined, level: number) => {
    const siblings = (below.get(parent) ?? []).filter((id) => !seen.has(id));
    for (const [i, id] of siblings.entries()) {
      seen.add(id);
      const open = below.has(id) ? !folded.has(id) : undefined;
      rows.push({ id, type: 'node', level, parent, open, place: i + 1, of: siblings.length });
      if (open) walk(id, level + 1);
    }
  };
  walk(undefined, 1);
  const notes = Object.keys(document.notes).sort((a, b) => document.notes[a].position.y - document.notes[b].position.y);
  for (const [i, id] of notes.entries())
    rows.push({ id, type: 'note', level: 1, parent: undefined, open: undefined, place: i + 1, of: notes.length });
  return rows;
}

export type OutlineMove = { to: string } | { fold: string } | { unfold: string } | undefined;

/** Where a key leads in the tree; pure. */
export function moveIn(rows: readonly OutlineRow[], at: string | undefined, key: string): OutlineMove {
  const i = rows.findIndex((row) => row.id === at);
  const row = rows[i];
  const to = (index: number) => (rows[index] ? { to: rows[index].id } : undefined);
  switch (key) {
    case 'ArrowDown':
      return to(i + 1);
    case 'ArrowUp':
      return i > 0 ? to(i - 1) : undefined;
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      return row?.open === false ? { unfold: row.id } : row?.open ? to(i + 1) : undefined;
    case 'ArrowLeft':
      return row?.open ? { fold: row.id } : row?.parent ? { to: row.parent } : undefined;
    default:
      return undefined;
  }
}
