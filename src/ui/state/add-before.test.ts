/** A step put on the wire into a port: its place, its wires, what moves, and that one undo takes all of it back. */
import { expect, test } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { addBefore, fitsBefore, isBefore } from './add-before.ts';
import { newNode } from './edits.ts';
import { kindOf } from './kinds.ts';

const DROP = { port: 'table', kind: 'prepare.select-columns', params: { columns: { names: ['key'] } } };

function pipeline(y: number): PipelineDocument {
  const document = emptyDocument('p', 'p');
  const node = (id: string, kind: string, at: number) => {
    document.nodes[id] = newNode(id, kindOf(kind)!, { x: 200, y: at });
  };
  node('data', 'data.sample', 100);
  node('automl', 'automl.tables', y);
  node('score', 'evaluate.score', y + 100);
  node('aside', 'data.sample', y + 40);
  document.nodes.aside.position.x = 800;
  document.wires.w1 = { id: 'w1', from: { node: 'data', port: 'table' }, to: { node: 'automl', port: 'table' } };
  document.wires.w2 = { id: 'w2', from: { node: 'automl', port: 'model' }, to: { node: 'score', port: 'model' } };
  document.wires.w3 = { id: 'w3', from: { node: 'data', port: 'table' }, to: { node: 'score', port: 'table' } };
  return document;
}

test('where there is no room, the node and what hangs on it move down a row; other wires of the source stay', () => {
  const start = pipeline(200);
  const { edit, id } = addBefore(start, 'automl', DROP)!;
  const { document, inverse } = applyEdit(start, edit);
  expect(document.nodes[id]).toMatchObject({ kind: DROP.kind, params: DROP.params, position: { y: 200 } });
  expect([document.nodes.automl, document.nodes.score, document.nodes.aside].map(({ position }) => position.y)).toEqual([300, 400, 240]);
  const wires = Object.values(document.wires).map(({ from, to }) => `${from.node} → ${to.node}.${to.port}`);
  expect(wires.sort()).toEqual(['automl → score.model', 'data → score.table', `data → ${id}.table`, `${id} → automl.table`]);
  expect(applyEdit(document, inverse).document).toEqual(start);
});

test('where there is room nothing moves, and a second step stands behind the first', () => {
  const start = pipeline(400);
  const first = addBefore(start, 'automl', DROP)!;
  const once = applyEdit(start, first.edit).document;
  expect(once.nodes[first.id].position.y).toBe(304);
  expect(once.nodes.automl.position.y).toBe(400);
  expect([isBefore(start, 'automl', DROP), isBefore(once, 'automl', DROP)]).toEqual([false, true]);
  const second = addBefore(once, 'automl', { ...DROP, params: { columns: { names: ['other'] } } })!;
  const twice = applyEdit(once, second.edit).document;
  expect(Object.values(twice.wires).find(({ to }) => to.node === second.id)?.from.node).toBe(first.id);
  expect(isBefore(twice, 'automl', DROP)).toBe(true);
  const places = Object.values(twice.nodes).map(({ position: { x, y } }) => `${x},${y}`);
  expect(new Set(places).size).toBe(places.length);
});

test('it is offered only where a wire comes in that the step fits', () => {
  const start = pipeline(200);
  expect(fitsBefore(start, 'automl', DROP)).toBe(true);
  expect(fitsBefore(start, 'gone', DROP)).toBe(false);
  delete start.wires.w1;
  expect(fitsBefore(start, 'automl', DROP)).toBe(false);
  expect(addBefore(start, 'automl', DROP)).toBeUndefined();
});
