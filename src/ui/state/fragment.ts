/** A piece of a pipeline as readable JSON for the clipboard, and pasting it with new ids as one step. */
import type { Json } from '../../base/json.ts';
import type { Words } from '../../base/words.ts';
import type { DocumentNode, Note, PipelineDocument, Wire } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import { parseDocument } from '../../engine/parse-document.ts';
import { keptWords } from '../i18n/words-text.ts';
import { freeId, shortName } from './edits.ts';
import { kindOf, kindsById, portOf } from './kinds.ts';
import { type Point, snap } from './node-geometry.ts';

export interface Fragment {
  millrace: 'fragment';
  format: 1;
  nodes: DocumentNode[];
  wires: Wire[];
  notes: Note[];
}

/** The chosen nodes and notes, wires among them, and wires that come in from outside (kept when pasted with Shift). */
export function copyFragment(document: PipelineDocument, ids: readonly string[]): Fragment {
  const chosen = new Set(ids);
  return {
    millrace: 'fragment',
    format: 1,
    nodes: Object.values(document.nodes).filter((node) => chosen.has(node.id)),
    wires: Object.values(document.wires).filter((w) => chosen.has(w.to.node)),
    notes: Object.values(document.notes).filter((note) => chosen.has(note.id)),
  };
}

export const fragmentText = (fragment: Fragment): string => JSON.stringify(fragment, null, 2);

const byId = (items: unknown): Record<string, Json> =>
  Array.isArray(items)
    ? Object.fromEntries(items.map((item: Json) => [(item as { id?: string } | null)?.id ?? '', item]))
    : (items as never);

/**
 * Reads a fragment, or a whole pipeline document, out of pasted text; `undefined` when it is neither. One that is damaged, or
 * from a newer version, throws the Problem that a pipeline file would.
 */
export function parseFragment(text: string): Fragment | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { millrace, format, nodes, wires, notes } = value as Record<string, unknown>;
  if (millrace !== 'fragment' && !(typeof format === 'number' && nodes && wires)) return undefined;
  const parts = { format: (format ?? 1) as Json, id: 'fragment', name: '', seed: 0 };
  const whole = parseDocument({ ...parts, nodes: byId(nodes), wires: byId(wires), notes: byId(notes ?? []) }, kindsById);
  const fragment = { nodes: Object.values(whole.nodes), wires: Object.values(whole.wires), notes: Object.values(whole.notes) };
  return fragment.nodes.length + fragment.notes.length === 0 ? undefined : { millrace: 'fragment', format: 1, ...fragment };
}

/** One edit that adds the fragment with its top left corner at `at`; answers with the new ids. */
export function pasteFragment(
  document: PipelineDocument,
  fragment: Fragment,
  at: Point,
  options: { outerWires?: boolean; label?: Words } = {},
): { edit: Edit; ids: string[] } {
  const places = [...fragment.nodes, ...fragment.notes].map((item) => item.position);
  const left = Math.min(...places.map((p) => p.x));
  const top = Math.min(...places.map((p) => p.y));
  const by = { x: snap(at.x - left), y: snap(at.y - top) };
  const move = (p: Point): Point => ({ x: p.x + by.x, y: p.y + by.y });
  const used = new Set([...Object.keys(document.nodes), ...Object.keys(document.notes)]);
  const names = new Map<string, string>();
  const name = (old: string, base: string) => {
    const id = freeId((wanted) => used.has(wanted), base);
    used.add(id);
    names.set(old, id);
    return id;
  };
  const changes: Change[] = [];
  for (const node of fragment.nodes) {
    const id = name(node.id, shortName(node.kind));
    changes.push({
      type: 'node',
      id,
      value: { ...structuredClone(node), id, params: structuredClone(node.params), position: move(node.position) },
    });
  }
  for (const note of fragment.notes) {
    const id = name(note.id, 'note');
    changes.push({ type: 'note', id, value: { ...note, id, position: move(note.position) } });
  }
  const wireIds = Object.keys(document.wires);
  for (const w of fragment.wires) {
    const to = names.get(w.to.node);
    const inside = names.get(w.from.node);
    const outer = options.outerWires && document.nodes[w.from.node] && portOf(kindOf(document.nodes[w.from.node].kind), 'out', w.from.port);
    const from = inside ?? (outer ? w.from.node : undefined);
    if (!to || !from) continue;
    const id = nextId('w', wireIds);
    wireIds.push(id);
    changes.push({ type: 'wire', id, value: { id, from: { node: from, port: w.from.port }, to: { node: to, port: w.to.port } } });
  }
  const label = options.label ?? keptWords('designer.edit.paste', { count: fragment.nodes.length + fragment.notes.length });
  return { edit: { label, changes }, ids: [...names.values()] };
}
