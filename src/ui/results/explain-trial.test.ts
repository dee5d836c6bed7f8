/** "Explain" on a leaderboard: a copy of the node with the trial, and the steps that explain it; pressed again nothing is put down twice. */
import { expect, test } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { newNode } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { explainTrial } from './explain-trial.ts';

const base = () => {
  const document = emptyDocument('p', 'p');
  document.nodes.data = newNode('data', kindOf('data.sample')!, { x: 0, y: 0 }, { sample: 'iris' });
  document.nodes.automl = newNode('automl', kindOf('automl.tables')!, { x: 0, y: 104 }, { seconds: 20, final: 'all' });
  document.wires.w1 = { id: 'w1', from: { node: 'data', port: 'table' }, to: { node: 'automl', port: 'table' } };
  document.wires.w2 = { id: 'w2', from: { node: 'data', port: 'table' }, to: { node: 'automl', port: 'test' } };
  return document;
};
const wiresOf = ({ nodes, wires }: PipelineDocument) =>
  Object.values(wires)
    .slice(2)
    .map(({ from, to }) => `${from.node}.${from.port} → ${nodes[to.node].kind}.${to.port}`)
    .sort();

test('another trial than the winner, without a word to the node itself', () => {
  const made = explainTrial(base(), 'automl', { name: 'Forest 3', id: 2 })!;
  const { document } = applyEdit(base(), made.edit!);
  expect(document.nodes.automl).toEqual(base().nodes.automl);
  expect(document.nodes.tables).toMatchObject({ kind: 'automl.tables', title: 'Forest 3', params: { seconds: 20, pick: '3' } });
  expect(document.nodes.tables.params).not.toHaveProperty('final');
  expect(wiresOf(document)).toEqual([
    'data.table → automl.tables.table',
    'data.table → automl.tables.test',
    'data.table → evaluate.effects.table',
    'data.table → evaluate.explain.table',
    'tables.model → evaluate.effects.model',
    'tables.model → evaluate.explain.model',
  ]);
  expect(made.ids.map((id) => document.nodes[id].kind)).toEqual(['evaluate.effects', 'evaluate.explain']);
  expect(explainTrial(document, 'automl', { name: 'Forest 3', id: 2 })).toEqual({ ids: made.ids });
  const places = Object.values(document.nodes).map(({ position: { x, y } }) => `${x} ${y}`);
  expect(new Set(places).size).toBe(places.length);
});

test('the node’s own model needs no copy', () => {
  const made = explainTrial(base(), 'automl', { name: 'Ensemble' })!;
  const { document } = applyEdit(base(), made.edit!);
  expect(wiresOf(document)).toContain('automl.model → evaluate.explain.model');
  expect(Object.keys(document.nodes)).toHaveLength(4);
});
