/** What is different between an older version of a pipeline and the present one, by nodes, wires, notes and fields; pure. */
import { canonical, type Json } from '../../base/json.ts';
import type { DocumentNode, Note, PipelineDocument, Wire } from '../../engine/document.ts';
import { sameEnds } from '../state/edits.ts';

export type NodeField = 'kind' | 'title' | 'disabled' | 'pinned' | 'cache' | 'runOn' | 'maxWorkers' | 'comment';
/** One thing about a node, then and now; `undefined` = the default. */
export type NodeChange = { before: Json | undefined; now: Json | undefined } & ({ param: string } | { field: NodeField });
export type NodeDiff =
  | { what: 'added'; now: DocumentNode }
  | { what: 'removed'; before: DocumentNode }
  | { what: 'changed'; before: DocumentNode; now: DocumentNode; changes: readonly NodeChange[] };
export type NoteDiff = { what: 'added' | 'removed' | 'changed'; note: Note };
export interface DocumentDiff {
  /** Only nodes that differ by more than their place. */
  nodes: ReadonlyMap<string, NodeDiff>;
  /** Wires of now, by id, that were not there. */
  addedWires: ReadonlyMap<string, Wire>;
  /** Wires that are no longer there. */
  removedWires: readonly Wire[];
  notes: ReadonlyMap<string, NoteDiff>;
  fields: readonly { field: 'name' | 'description' | 'seed'; before: string | number | undefined; now: string | number | undefined }[];
  /** Ids of nodes and notes that stand elsewhere. */
  moved: readonly string[];
}

const FIELDS: readonly NodeField[] = ['kind', 'title', 'disabled', 'pinned', 'cache', 'runOn', 'maxWorkers', 'comment'];
const differ = (a: Json | undefined, b: Json | undefined) => canonical(a ?? null) !== canonical(b ?? null);
const elsewhere = (a: { position: { x: number; y: number } }, b: typeof a) =>
  a.position.x !== b.position.x || a.position.y !== b.position.y;

function changesOf(before: DocumentNode, now: DocumentNode): NodeChange[] {
  const fields = FIELDS.filter((field) => differ(before[field], now[field]));
  // Another kind has other parameters: to list them would say nothing.
  const params = before.kind === now.kind ? [...new Set([...Object.keys(before.params), ...Object.keys(now.params)])] : [];
  return [
    ...fields.map((field): NodeChange => ({ field, before: before[field], now: now[field] })),
    ...params
      .filter((param) => differ(before.params[param], now.params[param]))
      .map((param): NodeChange => ({ param, before: before.params[param], now: now.params[param] })),
  ];
}

export function diffDocuments(before: PipelineDocument, now: PipelineDocument): DocumentDiff {
  const nodes = new Map<string, NodeDiff>();
  const moved: string[] = [];
  for (const node of Object.values(now.nodes)) {
    const old = before.nodes[node.id];
    const changes = old ? changesOf(old, node) : [];
    if (!old) nodes.set(node.id, { what: 'added', now: node });
    else if (changes.length > 0) nodes.set(node.id, { what: 'changed', before: old, now: node, changes });
    if (old && elsewhere(old, node)) moved.push(node.id);
  }
  for (const node of Object.values(before.nodes)) if (!now.nodes[node.id]) nodes.set(node.id, { what: 'removed', before: node });

  const notes = new Map<string, NoteDiff>();
  for (const note of Object.values(now.notes)) {
    const old = before.notes[note.id];
    if (!old) notes.set(note.id, { what: 'added', note });
    else if (old.text !== note.text) notes.set(note.id, { what: 'changed', note });
    if (old && elsewhere(old, note)) moved.push(note.id);
  }
  for (const note of Object.values(before.notes)) if (!now.notes[note.id]) notes.set(note.id, { what: 'removed', note });

  const [old, present] = [Object.values(before.wires), Object.values(now.wires)];
  return {
    nodes,
    addedWires: new Map(present.filter((wire) => !old.some((other) => sameEnds(wire, other))).map((wire) => [wire.id, wire])),
    removedWires: old.filter((wire) => !present.some((other) => sameEnds(wire, other))),
    notes,
    fields: (['name', 'description', 'seed'] as const)
      .filter((field) => before[field] !== now[field])
      .map((field) => ({ field, before: before[field], now: now[field] })),
    moved,
  };
}

export const isSame = ({ nodes, addedWires, removedWires, notes, fields, moved }: DocumentDiff): boolean =>
  nodes.size + addedWires.size + removedWires.length + notes.size + fields.length + moved.length === 0;

export interface DiffCounts {
  added: number;
  removed: number;
  changed: number;
}
/** Nodes, notes, and wires between nodes that stand in both versions. */
export function countsOf(diff: DocumentDiff): DiffCounts {
  const all = [...diff.nodes.values(), ...diff.notes.values()].map(({ what }) => what);
  const own = ownWires(diff);
  return {
    added: all.filter((what) => what === 'added').length + own.added.length,
    removed: all.filter((what) => what === 'removed').length + own.removed.length,
    changed: all.filter((what) => what === 'changed').length + diff.fields.length,
  };
}

/** Wires that came or went by themselves, not with a node. */
export function ownWires({ nodes, addedWires, removedWires }: DocumentDiff): { added: Wire[]; removed: Wire[] } {
  const ends = (wire: Wire, what: 'added' | 'removed') => [wire.from.node, wire.to.node].some((id) => nodes.get(id)?.what === what);
  return {
    added: [...addedWires.values()].filter((wire) => !ends(wire, 'added')),
    removed: removedWires.filter((wire) => !ends(wire, 'removed')),
  };
}
