/** Applies an edit to a document and gives the edit that undoes it exactly. All or nothing: an edit that does not fit throws. */
import { type Problem, ProblemError } from '../base/problem.ts';
import { labelWords, type Phrase, phrase } from '../base/words.ts';
import { wireProblem } from './check-wires.ts';
import type { PipelineDocument, Wire } from './document.ts';
import { isId } from './document-shape.ts';
import type { Change, Edit } from './edit.ts';
import { graphOf, reach } from './graph.ts';
import { type Kinds, nodeWords } from './naming.ts';

/**
 * Removing a node removes its wires in the same edit. Refused with a ProblemError: unknown or malformed ids, a wire that
 * closes a circle or doubles another, and, where `kinds` are given, a wire between ports that do not fit.
 */
export function applyEdit(document: PipelineDocument, edit: Edit, kinds?: Kinds): { document: PipelineDocument; inverse: Edit } {
  let current = document;
  const undo: Change[] = [];
  const wired = new Set<string>();
  // Wires that went with their node: the inverse of an edit that made both says so of each.
  const gone = new Set<string>();
  for (const change of edit.changes) {
    if (change.type === 'wire' && change.value === null && gone.has(change.id) && !Object.hasOwn(current.wires, change.id)) continue;
    for (const each of withWires(current, change)) {
      const [next, back] = applyChange(current, each);
      current = next;
      undo.unshift(back);
      if (each !== change && each.type === 'wire') gone.add(each.id);
      if (each.type === 'wire' && each.value) wired.add(each.id);
    }
  }
  for (const id of wired) if (Object.hasOwn(current.wires, id)) checkWire(current, current.wires[id], kinds);
  return { document: current, inverse: { label: edit.label, changes: undo } };
}

/** The change itself, after the removal of the wires that would be left hanging. */
function withWires(document: PipelineDocument, change: Change): Change[] {
  if (change.type !== 'node' || change.value !== null) return [change];
  const hanging = Object.values(document.wires).filter((wire) => wire.from.node === change.id || wire.to.node === change.id);
  return [...hanging.map((wire): Change => ({ type: 'wire', id: wire.id, value: null })), change];
}

function applyChange(document: PipelineDocument, change: Change): [PipelineDocument, Change] {
  switch (change.type) {
    case 'node': {
      const [nodes, value] = setRecord(document.nodes, change.id, change.value, 'node');
      return [
        { ...document, nodes },
        { ...change, value },
      ];
    }
    case 'wire': {
      const [wires, value] = setRecord(document.wires, change.id, change.value, 'wire');
      return [
        { ...document, wires },
        { ...change, value },
      ];
    }
    case 'note': {
      const [notes, value] = setRecord(document.notes, change.id, change.value, 'note');
      return [
        { ...document, notes },
        { ...change, value },
      ];
    }
    case 'param': {
      if (!Object.hasOwn(document.nodes, change.node)) throw unknownId(change.node, 'node');
      const node = document.nodes[change.node];
      const before = Object.hasOwn(node.params, change.param) ? node.params[change.param] : undefined;
      const { [change.param]: _old, ...others } = node.params;
      const params = change.value === undefined ? others : { ...others, [change.param]: change.value };
      return [
        { ...document, nodes: { ...document.nodes, [change.node]: { ...node, params } } },
        { ...change, value: before },
      ];
    }
    case 'field': {
      const { field, value } = change;
      const fits =
        field === 'seed' ? Number.isSafeInteger(value) : typeof value === 'string' || (field === 'description' && value === null);
      if (!fits)
        throw refused(
          'edit.wrong-field',
          phrase('edit.field-value', 'The pipeline’s {field} cannot be {value}.', { field, value: JSON.stringify(value) }),
          phrase('edit.another-value', 'Give it another value.'),
        );
      const before = document[field] ?? null;
      const { [field]: _old, ...others } = document;
      return [(value === null ? others : { ...others, [field]: value }) as PipelineDocument, { ...change, value: before }];
    }
  }
}

function setRecord<T extends { id: string }>(
  records: Record<string, T>,
  id: string,
  value: T | null,
  what: string,
): [Record<string, T>, T | null] {
  if (!isId(id)) throw unknownId(String(id), what);
  const before = Object.hasOwn(records, id) ? records[id] : null;
  if (value === null) {
    if (!before) throw unknownId(id, what);
    const { [id]: _old, ...others } = records;
    return [others, before];
  }
  if (value.id !== id) throw unknownId(value.id, what);
  return [{ ...records, [id]: value }, before];
}

function checkWire(document: PipelineDocument, wire: Wire, kinds: Kinds = new Map()): void {
  const found = wireProblem(document, kinds, wire);
  if (found) throw new ProblemError(found);
  const into = Object.values(document.wires).filter((other) => other.to.node === wire.to.node && other.to.port === wire.to.port);
  if (into.some((other) => other.id !== wire.id && other.from.node === wire.from.node && other.from.port === wire.from.port))
    throw refused(
      'edit.double-wire',
      phrase('edit.wired-already', 'These two ports are wired already.'),
      phrase('edit.one-wire', 'One wire is enough.'),
      { wire: wire.id },
    );
  const title = (id: string) => nodeWords(document, kinds, id);
  const { node: from } = wire.from;
  const { node: to } = wire.to;
  if (from === to || reach(to, graphOf(document).children).has(from))
    throw refused(
      'edit.cycle',
      phrase('edit.circle', '“{to}” already feeds “{from}”: this wire would close a circle.', { to: title(to), from: title(from) }),
      phrase('edit.one-way', 'Data flows one way; wire to a node further down.'),
      { wire: wire.id },
    );
  const port = kinds.get(document.nodes[wire.to.node].kind)?.inputs.find((input) => input.id === wire.to.port);
  if (port && !port.many && into.length > 1)
    throw refused(
      'edit.port-taken',
      phrase('edit.takes-one', '{port} of “{title}” takes one wire only.', { port: labelWords(port.title), title: title(wire.to.node) }),
      phrase('edit.remove-other', 'Remove its other wire first.'),
      { node: wire.to.node, port: port.id },
    );
}

const refused = (code: string, message: Phrase, hint: Phrase, at: Problem['at'] = {}) => new ProblemError({ code, message, hint, at });
const unknownId = (id: string, what: string) =>
  new ProblemError({
    code: 'edit.unknown-id',
    args: { id, what },
    message: `There is no ${what} “${id}” in this pipeline.`,
    hint: 'It may have been removed meanwhile; nothing was changed.',
  });
