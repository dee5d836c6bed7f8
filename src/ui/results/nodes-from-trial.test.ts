/** A trial opened as nodes: the learner with its settings, the race's own steps before it, one edit that can be undone. */
import { expect, test } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument } from '../../engine/document.ts';
import type { Race } from '../../recipe/results.ts';
import { newNode } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { nodesFromTrial } from './nodes-from-trial.ts';

const row: Race['rows'][number] = {
  id: 3,
  name: 'Gradient boosting · small trees 4',
  kind: 'learn.boosting',
  params: { leaves: 8, target: 'y' },
  state: 'complete',
  began: 0,
  ended: 1,
  folds: 5,
  weight: 0.5,
};
const race = { metric: 'auc', deal: { folds: 3, share: 0.2 }, seed: 9 };
const base = () => {
  const document = emptyDocument('p', 'p');
  document.nodes.data = newNode('data', kindOf('data.sample')!, { x: 0, y: 0 }, { sample: 'iris' });
  document.nodes.automl = newNode('automl', kindOf('automl.tables')!, { x: 0, y: 140 });
  return document;
};
const wired = () => {
  const document = base();
  document.wires.w1 = { id: 'w1', from: { node: 'data', port: 'table' }, to: { node: 'automl', port: 'table' } };
  return document;
};

test('learner, steps and Train stand on the same table', () => {
  const steps = [{ kind: 'prepare.date-parts', params: { columns: { names: ['when'] } } }];
  const made = nodesFromTrial(wired(), 'automl', { ...race, steps, rows: [row] }, row)!;
  const { document, inverse } = applyEdit(wired(), made.edit);
  const kinds = Object.values(document.nodes).map(({ kind }) => kind);
  expect(kinds.slice(2).sort()).toEqual(['evaluate.train', 'learn.boosting', 'prepare.date-parts']);
  expect(document.nodes[made.id].params).toEqual(row.params);
  expect(Object.values(document.nodes).find(({ kind }) => kind === 'evaluate.train')!.params).toEqual({ fits: 'folds', folds: 3, seed: 9 });
  const wires = Object.values(document.wires).map(
    ({ from, to }) => `${document.nodes[from.node].kind}.${from.port} → ${document.nodes[to.node].kind}.${to.port}`,
  );
  expect(wires.slice(1).sort()).toEqual([
    'data.sample.table → prepare.date-parts.table',
    'learn.boosting.learner → evaluate.train.learner',
    'prepare.date-parts.table → evaluate.train.table',
  ]);
  expect(applyEdit(document, inverse).document).toEqual(wired());
});

test('without a wired table there is nothing to open', () => {
  expect(nodesFromTrial(base(), 'automl', { ...race, steps: [], rows: [row] }, row)).toBeUndefined();
});
