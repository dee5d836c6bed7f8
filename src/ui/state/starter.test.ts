/** The starter pipeline is one edit, wired by ports that exist, with ports standing over ports. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument } from '../../engine/document.ts';
import { addNode } from './edits.ts';
import { kindOf, kindsById, portOf } from './kinds.ts';
import { portX } from './node-geometry.ts';
import { modelName, type StarterAim, type StarterTarget, starter } from './starter.ts';

function build(target: StarterTarget = { column: 'survived' }, source = 'data.file-import', aim: StarterAim = 'train', time?: string) {
  const empty = emptyDocument('p', 'P');
  const made = addNode(empty, kindOf(source)!, { x: 400, y: 40 }, {}, 'titanic.csv');
  const document = applyEdit(empty, made.edit, kindsById).document;
  const { edit, ids } = starter(document, made.id, target, 'titanic.csv', aim, time);
  return { before: document, after: applyEdit(document, edit, kindsById).document, edit, ids };
}

describe('starter', () => {
  it('adds split, learner, evaluate, register and export with the target set', () => {
    const { after, ids } = build();
    expect(Object.keys(ids).sort()).toEqual(['evaluate', 'learner', 'onnx', 'register', 'source', 'split']);
    expect([ids.split, ids.learner].map((id) => after.nodes[id].params)).toEqual([{}, {}]);
    expect(after.nodes[ids.source].params.target).toBe('survived');
    expect(after.nodes[ids.register].params).toEqual({ name: 'titanic' });
    expect(after.nodes[ids.onnx].params).toEqual({ name: 'titanic' });
  });

  it('stops boosting early for classes', () => {
    const { after, ids } = build({ column: 'survived', task: 'classify' });
    expect(after.nodes[ids.learner].params).toEqual({ early_stopping: true });
    const fare = build({ column: 'fare', task: 'regress' });
    expect(fare.after.nodes[fare.ids.learner].params).toEqual({});
  });

  it('names the target in split and learner where the source cannot hold it', () => {
    const { after, ids } = build(undefined, 'data.registered-dataset');
    expect(after.nodes[ids.source].params).toEqual({});
    expect(after.nodes[ids.split].params).toEqual({ stratify: 'survived' });
    expect(after.nodes[ids.learner].params).toEqual({ target: 'survived' });
  });

  it('races models where that is asked for', () => {
    const { after, ids } = build({ column: 'survived', task: 'classify' }, 'data.file-import', 'race');
    expect(after.nodes[ids.learner]).toMatchObject({ kind: 'automl.tables', params: { seconds: 20 } });
  });

  it('forecasts without a split', () => {
    const { after, ids } = build({ column: 'sales', task: 'regress' }, 'data.file-import', 'forecast');
    expect(Object.keys(ids).sort()).toEqual(['forecast', 'learner', 'onnx', 'register', 'source']);
    expect(after.nodes[ids.learner]).toMatchObject({ kind: 'automl.forecast', params: { seconds: 20 } });
    expect(after.nodes[ids.source].params.target).toBe('sales');
    const quarters = build({ column: 'sales', task: 'regress' }, 'data.file-import', 'forecast', 'q');
    expect(quarters.after.nodes[quarters.ids.learner].params).toEqual({ seconds: 20, time: 'q' });
  });

  it.each([
    ['train', 9],
    ['race', 9],
    ['forecast', 5],
  ] as const)('wires only ports that exist and have one type: %s', (aim, wires) => {
    const { after } = build(undefined, undefined, aim);
    expect(Object.keys(after.wires).length).toBe(wires);
    for (const wire of Object.values(after.wires)) {
      const from = portOf(kindOf(after.nodes[wire.from.node].kind), 'out', wire.from.port);
      const to = portOf(kindOf(after.nodes[wire.to.node].kind), 'in', wire.to.port);
      expect([wire.id, from?.type]).toEqual([wire.id, to?.type ?? 'missing']);
    }
  });

  it('is taken back by one undo', () => {
    const { before, edit } = build();
    const { document, inverse } = applyEdit(before, edit, kindsById);
    expect(applyEdit(document, inverse, kindsById).document).toEqual(before);
  });

  it.each(['train', 'race'] as const)('puts training rows straight above the learner and its model above Evaluate: %s', (aim) => {
    const { after, ids } = build(undefined, undefined, aim);
    const x = (role: string, side: 'in' | 'out', port: string) => {
      const { kind, position } = after.nodes[ids[role]];
      return position.x + portX(kindOf(kind), side, port);
    };
    expect(x('split', 'out', 'train')).toBe(x('learner', 'in', 'table'));
    expect(x('learner', 'out', 'model')).toBe(x('evaluate', 'in', 'model'));
  });

  it('names the model after the file', () => {
    expect(modelName('Telco Churn (2024).csv')).toBe('telco-churn-2024');
    expect(modelName('…')).toBe('model');
  });
});
