/** The outline reads from source to end, each node once, and keys lead as in a tree. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { addNode, connect, setNote } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { moveIn, outlineRows, wiresInto } from './outline-rows.ts';

function pipeline(): PipelineDocument {
  let document = emptyDocument('p', 'P');
  const put = (kind: string, y: number) => {
    document = applyEdit(document, addNode(document, kindOf(kind)!, { x: 0, y }).edit).document;
  };
  const join = (from: string, to: string) => {
    const [a, b] = [from.split('.'), to.split('.')];
    document = applyEdit(document, connect(document, { node: a[0], port: a[1] }, { node: b[0], port: b[1] })).document;
  };
  put('data.file-import', 0);
  put('prepare.split', 100);
  put('learn.boosting', 200);
  put('evaluate.evaluate', 300);
  put('data.sample', 400);
  join('file-import.table', 'split.table');
  join('split.train', 'boosting.table');
  join('split.test', 'evaluate.table');
  join('boosting.model', 'evaluate.model');
  return applyEdit(document, setNote(document, { id: 'note', text: 'x', position: { x: 0, y: 0 }, size: { width: 96, height: 48 } }))
    .document;
}
const shown = (folded: string[] = []) => outlineRows(pipeline(), new Set(folded)).map(({ id, level }) => `${'>'.repeat(level)}${id}`);

describe('rows', () => {
  it('stand under what feeds their first input, each once, notes last', () => {
    const firstInput = wiresInto(pipeline(), 'evaluate')[0].from.node;
    expect(firstInput).toBe('boosting');
    expect(shown()).toEqual(['>file-import', '>>split', '>>>boosting', '>>>>evaluate', '>sample', '>note']);
  });
  it('fold away', () => expect(shown(['split'])).toEqual(['>file-import', '>>split', '>sample', '>note']));
  it('know their place among siblings', () => {
    expect(outlineRows(pipeline(), new Set()).map(({ id, place, of }) => [id, place, of])).toContainEqual(['sample', 2, 2]);
  });
});

it('keys lead as in a tree', () => {
  const rows = outlineRows(pipeline(), new Set(['boosting']));
  const key = (at: string, name: string) => moveIn(rows, at, name);
  expect(key('file-import', 'ArrowDown')).toEqual({ to: 'split' });
  expect(key('file-import', 'ArrowUp')).toBeUndefined();
  expect(key('split', 'ArrowRight')).toEqual({ to: 'boosting' });
  expect(key('boosting', 'ArrowRight')).toEqual({ unfold: 'boosting' });
  expect(key('boosting', 'ArrowLeft')).toEqual({ to: 'split' });
  expect(key('split', 'ArrowLeft')).toEqual({ fold: 'split' });
  expect(key('sample', 'ArrowLeft')).toBeUndefined();
  expect(key('sample', 'Home')).toEqual({ to: 'file-import' });
  expect(key('sample', 'End')).toEqual({ to: 'note' });
  expect(key('sample', 'x')).toBeUndefined();
});
