/** Edits are exact both ways: any number of them undone gives the same bytes, and redone the bytes after. */
import { describe, expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { applyEdit } from './apply-edit.ts';
import type { Change, Edit } from './edit.ts';
import { emptyHistory, type History, historyFrom, keptHistory, redo, remember, undo } from './history.ts';
import { randomEdit, undoRestores } from './random-edit.fixture.ts';
import { serialise } from './serialise.ts';
import { node, pipeline, randomPipeline, toyKinds, wire } from './toy.fixture.ts';

const edit = (...changes: Change[]): Edit => ({ label: 'Edit', changes });
test('1,000 random edits undone are the same bytes, redone the same again, through JSON', () => undoRestores(1, 1000));

test('bursts with one merge key within half a second are one step, and undo as one', () => {
  const draw = stream('merge', 1);
  let document = randomPipeline('merge', 8);
  const before = serialise(document);
  let history = emptyHistory;
  let accepted = 0;
  for (let at = 0; accepted < 50; at += 5) {
    const next = { ...randomEdit(document, draw), merge: 'same' };
    try {
      const result = applyEdit(document, next);
      history = remember(history, next, result.inverse, at);
      document = result.document;
      accepted++;
    } catch {}
  }
  const after = serialise(document);
  expect(history.past).toHaveLength(1);
  const back = undo(history)!;
  document = applyEdit(document, back.edit).document;
  expect(serialise(document)).toBe(before);
  const forth = redo(back.history)!;
  expect(serialise(applyEdit(document, forth.edit).document)).toBe(after);
});

test('a drag keeps one change; a pause, another key or an undo ends the burst; 500 steps stay', () => {
  let document = pipeline([node('n1', 'add')], []);
  let history = emptyHistory;
  const move = (x: number, at: number, merge: string | null = 'drag') => {
    const next: Edit = {
      label: `Move ${x}`,
      changes: [{ type: 'node', id: 'n1', value: node('n1', 'add', {}, { position: { x, y: 0 } }) }],
      ...(merge ? { merge } : {}),
    };
    const result = applyEdit(document, next);
    history = remember(history, next, result.inverse, at);
    document = result.document;
  };
  for (let x = 1; x <= 60; x++) move(x, x * 16);
  expect(history.past.map((step) => [step.undo.length, step.redo.length])).toEqual([[1, 1]]);
  move(61, 60 * 16 + 501);
  expect(history.past).toHaveLength(2);
  move(62, 60 * 16 + 502, 'other');
  expect(history.past).toHaveLength(3);
  const step = undo(history)!;
  expect(step.edit.label).toBe('Move 62');
  history = step.history;
  document = applyEdit(document, step.edit).document;
  expect(document.nodes.n1.position.x).toBe(61);
  move(63, 60 * 16 + 503);
  expect(history.past).toHaveLength(3);
  expect(history.future).toEqual([]);
  for (let i = 0; i < 600; i++) move(i, 1e6 + i, null);
  expect(history.past).toHaveLength(500);
  expect(undo(emptyHistory)).toBeUndefined();
  expect(redo(history)).toBeUndefined();
});

describe('refused, with the document untouched', () => {
  const document = pipeline([node('a', 'source'), node('b', 'add'), node('c', 'add'), node('s', 'save')], ['a>b', 'b>c']);
  const code = (...changes: Change[]) => {
    try {
      applyEdit(document, edit(...changes), toyKinds);
    } catch (error) {
      return (error as { problem: { code: string } }).problem.code;
    }
  };
  const wired = (path: string): Change => ({ type: 'wire', id: 'w9', value: wire('w9', path) });
  test.each([
    ['edit.cycle', [wired('c>b')]],
    ['edit.cycle', [wired('b>b')]],
    ['edit.double-wire', [wired('a>b')]],
    ['edit.port-taken', [wired('a>c')]],
    ['check.port-type', [{ type: 'wire', id: 'w9', value: wire('w9', 's>c') }]],
    ['check.loose-wire', [wired('a>gone')]],
    ['check.unknown-port', [wired('a.nothing>b')]],
    ['edit.unknown-id', [{ type: 'node', id: 'gone', value: null }]],
    ['edit.unknown-id', [{ type: 'node', id: '__proto__', value: node('__proto__', 'add') }]],
    ['edit.unknown-id', [{ type: 'node', id: 'x', value: node('y', 'add') }]],
    ['edit.unknown-id', [{ type: 'param', node: 'constructor', param: 'by', value: 1 }]],
    ['edit.wrong-field', [{ type: 'field', field: 'seed', value: 'x' }]],
  ] as [string, Change[]][])('%s', (expected, changes) => expect(code(...changes)).toBe(expected));

  test('what an edit mends in the same breath is allowed', () => {
    expect(code({ type: 'wire', id: 'w1', value: null }, wired('c>b'), { type: 'wire', id: 'w2', value: null })).toBeUndefined();
    expect(code(wired('a>c'), { type: 'wire', id: 'w2', value: null })).toBeUndefined();
  });
});

test('an edit that wires a node and then takes it away can be taken back', () => {
  const document = pipeline([node('a', 'source')], []);
  const both = edit(
    { type: 'node', id: 'b', value: node('b', 'add') },
    { type: 'wire', id: 'w9', value: wire('w9', 'a>b') },
    { type: 'node', id: 'a', value: null },
  );
  const { document: after, inverse } = applyEdit(document, both);
  expect(serialise(applyEdit(after, inverse).document)).toBe(serialise(document));
  const added = edit(...both.changes.slice(0, 2));
  const { document: wired, inverse: back } = applyEdit(document, added);
  // The inverse names the wire and its node; in either order both are gone.
  expect(serialise(applyEdit(wired, { ...back, changes: back.changes.toReversed() }).document)).toBe(serialise(document));
});

test('removing a node takes its wires, and undo brings them back', () => {
  const document = pipeline([node('a', 'source'), node('b', 'add'), node('c', 'add')], ['a>b', 'b>c']);
  const { document: after, inverse } = applyEdit(document, edit({ type: 'node', id: 'b', value: null }));
  expect(after.wires).toEqual({});
  expect(serialise(applyEdit(after, inverse).document)).toBe(serialise(document));
});

test('a history kept beside its document loses its oldest steps first when it is too long', () => {
  const step = (label: string, text: string) => {
    const change: Change = { type: 'field', field: 'name', value: text };
    return { label, undo: [change], redo: [change] };
  };
  const history: History = { past: Array.from({ length: 40 }, (_, i) => step(`s${i}`, 'x'.repeat(50_000))), future: [step('next', 'y')] };
  const kept = historyFrom(keptHistory(history));
  expect(kept.past.length).toBeGreaterThan(10);
  expect(kept.past.length).toBeLessThan(40);
  expect(kept.past.at(-1)).toEqual(history.past.at(-1));
  expect(kept.future).toEqual(history.future);
  expect(historyFrom(keptHistory(emptyHistory))).toEqual(emptyHistory);
});
