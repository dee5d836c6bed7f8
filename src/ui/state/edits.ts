/** Builders of edits: what a gesture, a key or a form means, as one named and invertible step. Pure; applied by the document store. */
import { canonical, type Json } from '../../base/json.ts';
import { inEnglish, kindName, labelWords, type Words } from '../../base/words.ts';
import type { DocumentNode, Note, PipelineDocument, Wire } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';
import { nextId } from '../../engine/graph.ts';
import type { Kind } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import { keptWords, wordsText } from '../i18n/words-text.ts';
import { kindOf, portOf } from './kinds.ts';
import type { Point } from './node-geometry.ts';

/** A readable id that is free: `split`, `split-2`, … */
export function freeId(taken: (id: string) => boolean, base: string): string {
  if (!taken(base)) return base;
  for (let n = 2; ; n++) if (!taken(`${base}-${n}`)) return `${base}-${n}`;
}
export const shortName = (kindId: string): string => kindId.slice(kindId.indexOf('.') + 1);

export function nodeWords(node: DocumentNode): Words {
  const kind = kindOf(node.kind);
  return node.title ?? (kind ? kindName(kind) : node.kind);
}
export const nodeTitle = (node: DocumentNode): string => wordsText(nodeWords(node));

export const sameEnds = (a: Pick<Wire, 'from' | 'to'>, b: Pick<Wire, 'from' | 'to'>): boolean =>
  a.from.node === b.from.node && a.from.port === b.from.port && a.to.node === b.to.node && a.to.port === b.to.port;

export const newNode = (id: string, kind: Kind, position: Point, params: ParamValues = {}, title?: string): DocumentNode => ({
  id,
  kind: kind.id,
  version: kind.version,
  ...(title ? { title } : {}),
  params,
  position,
});

export function addNode(
  document: PipelineDocument,
  kind: Kind,
  position: Point,
  params?: ParamValues,
  title?: string,
): { edit: Edit; id: string } {
  const id = freeId((wanted) => wanted in document.nodes, shortName(kind.id));
  const value = newNode(id, kind, position, params, title);
  return { id, edit: { label: keptWords('designer.edit.add', { title: nodeWords(value) }), changes: [{ type: 'node', id, value }] } };
}

/** Removes nodes with their wires, and single wires and notes. */
export function remove(
  document: PipelineDocument,
  ids: { nodes?: readonly string[]; wires?: readonly string[]; notes?: readonly string[] },
): Edit {
  const gone = new Set(ids.nodes ?? []);
  const wires = Object.values(document.wires).filter((w) => ids.wires?.includes(w.id) || gone.has(w.from.node) || gone.has(w.to.node));
  const changes: Change[] = [
    ...wires.map((w): Change => ({ type: 'wire', id: w.id, value: null })),
    ...[...gone].map((id): Change => ({ type: 'node', id, value: null })),
    ...(ids.notes ?? []).map((id): Change => ({ type: 'note', id, value: null })),
  ];
  const [only] = gone;
  const label =
    gone.size === 1
      ? keptWords('designer.edit.delete', { title: nodeWords(document.nodes[only]) })
      : gone.size > 1
        ? keptWords('designer.edit.delete-nodes', { count: gone.size })
        : ids.notes?.length
          ? keptWords('designer.edit.delete-note', { count: ids.notes.length })
          : keptWords('designer.edit.delete-wires', { count: wires.length });
  return { label, changes };
}

/** Adds a wire; `replace` takes out what a single input had. */
export function connect(document: PipelineDocument, from: Wire['from'], to: Wire['to'], replace = false): Edit {
  const made: Wire = { id: nextId('w', Object.keys(document.wires)), from, to };
  const port = portOf(kindOf(document.nodes[to.node]?.kind ?? ''), 'in', to.port);
  const old =
    replace && !port?.many
      ? Object.values(document.wires).filter((w) => w.to.node === to.node && w.to.port === to.port && w.id !== made.id)
      : [];
  return {
    label: keptWords('designer.edit.connect', { from: nodeWords(document.nodes[from.node]), to: nodeWords(document.nodes[to.node]) }),
    changes: [...old.map((w): Change => ({ type: 'wire', id: w.id, value: null })), { type: 'wire', id: made.id, value: made }],
  };
}

export function moveNodes(document: PipelineDocument, places: ReadonlyMap<string, Point>, label?: Words, merge?: string): Edit {
  const changes: Change[] = [];
  for (const [id, position] of places) {
    const node = document.nodes[id];
    const note = document.notes[id];
    if (node && (node.position.x !== position.x || node.position.y !== position.y))
      changes.push({ type: 'node', id, value: { ...node, position } });
    if (note && (note.position.x !== position.x || note.position.y !== position.y))
      changes.push({ type: 'note', id, value: { ...note, position } });
  }
  return { label: label ?? keptWords('designer.edit.move', { count: changes.length }), changes, ...(merge ? { merge } : {}) };
}

export const setParam = (document: PipelineDocument, nodeId: string, param: string, value: Json): Edit =>
  setParams(document, [nodeId], param, value);

/** One parameter of nodes of one kind; the kind's default goes back to "not set", so that documents stay sparse. */
export function setParams(document: PipelineDocument, nodeIds: readonly string[], param: string, value: Json): Edit {
  const kind = kindOf(document.nodes[nodeIds[0]].kind);
  const record = kind?.params[param];
  const isDefault = record !== undefined && canonical(record.default) === canonical(value);
  const label = record ? labelWords(record.label) : param;
  const option = record?.type === 'choice' ? record.options.find((candidate) => candidate.value === value) : undefined;
  const short = option ? labelWords(option.label) : typeof value === 'object' && value !== null ? '' : String(value ?? '');
  const one = isDefault
    ? keptWords('designer.edit.reset', { label })
    : short && inEnglish(short).length < 40
      ? keptWords('designer.edit.set', { label, value: short })
      : keptWords('designer.edit.change', { label });
  return {
    label: nodeIds.length === 1 ? one : keptWords('inspect.edit.in-nodes', { what: one, count: nodeIds.length }),
    changes: nodeIds.map((node): Change => ({ type: 'param', node, param, value: isDefault ? undefined : value })),
    merge: `param:${nodeIds.join(',')}:${param}`,
  };
}

type NodeField = 'title' | 'disabled' | 'cache' | 'pinned' | 'runOn' | 'maxWorkers' | 'comment';

/** A field of the node record itself; `undefined` takes it out. */
export function setNode<F extends NodeField>(
  document: PipelineDocument,
  ids: readonly string[],
  field: F,
  value: DocumentNode[F],
  label: Words,
): Edit {
  const changes = ids.map((id): Change => {
    const next: DocumentNode = { ...document.nodes[id] };
    if (value === undefined) delete next[field];
    else next[field] = value;
    return { type: 'node', id, value: next };
  });
  return { label, changes, merge: `node:${ids.join(',')}:${field}` };
}

export function setNote(document: PipelineDocument, note: Note): Edit {
  const is = document.notes[note.id];
  const label = note.frame
    ? keptWords(is ? 'canvas.edit.frame' : 'canvas.edit.add-frame')
    : keptWords(is ? 'designer.edit.note' : 'designer.edit.add-note');
  return { label, changes: [{ type: 'note', id: note.id, value: note }], merge: `note:${note.id}` };
}

export const rename = (name: string): Edit => ({
  label: keptWords('designer.edit.rename', { name }),
  changes: [{ type: 'field', field: 'name', value: name }],
});
