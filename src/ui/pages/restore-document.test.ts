/** The edit names only what differs, and applied in order gives the stored document. */
import { expect, it } from 'vitest';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import type { Change } from '../../engine/edit.ts';
import { restoreEdit } from './restore-document.ts';

const node = (id: string, params = {}) => ({ id, kind: 'k', version: 1, params, position: { x: 0, y: 0 } });
const wire = (id: string, from: string, to: string) => ({ id, from: { node: from, port: 'o' }, to: { node: to, port: 'i' } });
const then: PipelineDocument = {
  ...emptyDocument('p', 'P'),
  seed: 7,
  nodes: { a: node('a', { x: 1 }), b: node('b') },
  wires: { w: wire('w', 'a', 'b') },
};
const now: PipelineDocument = {
  ...emptyDocument('p', 'P'),
  nodes: { a: node('a', { x: 2 }), b: node('b'), c: node('c') },
  wires: { w: wire('w', 'a', 'c'), v: wire('v', 'c', 'b') },
};

function apply(document: PipelineDocument, changes: readonly Change[]): PipelineDocument {
  const next = structuredClone(document);
  for (const change of changes) {
    if (change.type === 'field') Object.assign(next, { [change.field]: change.value });
    else if (change.type !== 'param') {
      const records = next[`${change.type}s`] as Record<string, unknown>;
      if (change.value) records[change.id] = change.value;
      else delete records[change.id];
    }
  }
  return next;
}

it('makes the document what it was', () => {
  const edit = restoreEdit(now, then, 'Open as it was');
  expect(apply(now, edit.changes)).toEqual(then);
  expect(edit.changes.some((change) => change.type === 'node' && change.id === 'b')).toBe(false);
});

it('changes nothing when nothing differs', () => expect(restoreEdit(then, then, '').changes).toEqual([]));
