/** What two versions differ in, in data and in words, and restoring as one step. */
import { expect, it } from 'vitest';
import { canonical } from '../../base/json.ts';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import type { Edit } from '../../engine/edit.ts';
import { addNode, connect, moveNodes, remove, rename, setNode, setNote, setParam } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { differences } from './difference-text.ts';
import { countsOf, diffDocuments, isSame } from './document-diff.ts';
import { restoreVersion } from './restore-version.ts';

const apply = (document: PipelineDocument, ...edits: ((now: PipelineDocument) => Edit)[]) =>
  edits.reduce((now, edit) => applyEdit(now, edit(now)).document, document);
const add = (kind: string, y: number) => (now: PipelineDocument) => addNode(now, kindOf(kind)!, { x: 0, y }).edit;
const wire = (from: string, to: string) => (now: PipelineDocument) => {
  const [a, b] = [from.split('.'), to.split('.')];
  return connect(now, { node: a[0], port: a[1] }, { node: b[0], port: b[1] });
};

const before = apply(
  emptyDocument('p', 'Before'),
  add('data.file-import', 0),
  add('prepare.split', 100),
  add('learn.boosting', 200),
  add('prepare.sort', 300),
  wire('file-import.table', 'split.table'),
  wire('split.train', 'boosting.table'),
  (now) => setNote(now, { id: 'note', text: 'Look here', position: { x: 0, y: 0 }, size: { width: 96, height: 48 } }),
);
const now = apply(
  before,
  (d) => remove(d, { nodes: ['sort'] }),
  (d) => setParam(d, 'split', 'test', 0.4),
  (d) => setNode(d, ['split'], 'disabled', true, ''),
  (d) => remove(d, { wires: ['w2'] }),
  wire('split.test', 'boosting.table'),
  add('evaluate.evaluate', 400),
  wire('boosting.model', 'evaluate.model'),
  (d) => moveNodes(d, new Map([['boosting', { x: 80, y: 200 }]])),
  (d) => remove(d, { notes: ['note'] }),
  () => rename('After'),
);

it('says the same pipeline is the same, whatever order it was written in', () => {
  const reordered = { ...before, nodes: Object.fromEntries(Object.entries(before.nodes).reverse()) };
  expect(isSame(diffDocuments(before, reordered))).toBe(true);
  expect(isSame(diffDocuments(before, now))).toBe(false);
});

it('finds what came, went and changed; a wire of a new node is not told by itself', () => {
  const diff = diffDocuments(before, now);
  expect([...diff.nodes].map(([id, node]) => `${id} ${node.what}`).sort()).toEqual(['evaluate added', 'sort removed', 'split changed']);
  expect(diff.moved).toEqual(['boosting']);
  expect([diff.addedWires.size, diff.removedWires.length]).toEqual([2, 1]);
  expect(countsOf(diff)).toEqual({ added: 2, removed: 3, changed: 2 });
});

it('says it in words', () => {
  expect(differences(diffDocuments(before, now), before, now).map(({ text }) => text)).toEqual([
    'Pipeline name “Before” → “After”',
    'Evaluate added',
    'Split: switched off',
    'Split: Test size 0.3 → 0.4',
    'Sort removed',
    'Split (Test rows) connected to Gradient boosting (Table)',
    'Split (Training rows) no longer connected to Gradient boosting (Table)',
    'Note removed: Look here',
    '1 item moved',
  ]);
});

it('a wire that was only numbered anew is no difference', () => {
  const renumbered = { ...before, wires: { w7: { ...before.wires.w1, id: 'w7' }, w2: before.wires.w2 } };
  expect(isSame(diffDocuments(before, renumbered))).toBe(true);
});

it('restores every byte in one step that one undo takes back', () => {
  for (const [from, to] of [
    [now, before],
    [before, now],
  ]) {
    const { document, inverse } = applyEdit(from, restoreVersion(from, to, 'Restore'));
    expect(canonical(document)).toBe(canonical(to));
    expect(canonical(applyEdit(document, inverse).document)).toBe(canonical(from));
  }
});
