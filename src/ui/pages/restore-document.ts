/** "Open as it was" as one invertible edit: what must change in the open document to make it the stored one; pure. */
import { canonical } from '../../base/json.ts';
import type { Words } from '../../base/words.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { Change, Edit } from '../../engine/edit.ts';

const differs = (a: unknown, b: unknown) => a === undefined || canonical(a) !== canonical(b);

/** Wires leave before their nodes do and come after them, so that every state in between holds together. */
export function restoreEdit(now: PipelineDocument, then: PipelineDocument, label: Words): Edit {
  const removed = <T extends { id: string }>(type: 'node' | 'wire' | 'note', from: Record<string, T>, to: Record<string, T>) =>
    Object.keys(from)
      .filter((id) => !(id in to))
      .map((id): Change => ({ type, id, value: null }));
  const nodes = Object.values(then.nodes)
    .filter((node) => differs(now.nodes[node.id], node))
    .map((node): Change => ({ type: 'node', id: node.id, value: node }));
  const wires = Object.values(then.wires)
    .filter((wire) => differs(now.wires[wire.id], wire))
    .map((wire): Change => ({ type: 'wire', id: wire.id, value: wire }));
  const notes = Object.values(then.notes)
    .filter((note) => differs(now.notes[note.id], note))
    .map((note): Change => ({ type: 'note', id: note.id, value: note }));
  const replaced = wires
    .filter((change) => change.type === 'wire' && change.id in now.wires)
    .map((change): Change => ({ type: 'wire', id: (change as { id: string }).id, value: null }));
  return {
    label,
    changes: [
      ...removed('wire', now.wires, then.wires),
      ...replaced,
      ...removed('node', now.nodes, then.nodes),
      ...removed('note', now.notes, then.notes),
      ...nodes,
      ...wires,
      ...notes,
      ...(now.seed === then.seed ? [] : [{ type: 'field', field: 'seed', value: then.seed } satisfies Change]),
    ],
  };
}
