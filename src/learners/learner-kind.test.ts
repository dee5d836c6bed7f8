/** What learners say before they run: the model to come, and targets that do not fit. */
import { describe, expect, it } from 'vitest';
import type { SchemaContext } from '../kind/kind.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import { column, type TableSchema } from '../kind/schema.ts';
import { boosting } from './boosting/kind.ts';
import { learners } from './index.ts';
import { linear } from './linear/kind.ts';
import { logistic } from './logistic/kind.ts';
import { tree } from './tree/kind.ts';

const schema: TableSchema = {
  columns: [
    column('id', 'integer', { role: 'id' }),
    column('age', 'number'),
    column('sex', 'category', { categories: ['female', 'male'] }),
    column('rooms', 'integer'),
    column('when', 'datetime'),
    column('survived', 'category', { role: 'target', categories: ['no', 'yes'] }),
  ],
};
const context = (kind: typeof linear, params: ParamValues): SchemaContext => ({
  params: { ...defaults(kind.params), ...params },
  inputs: { table: { type: 'table', schema } },
  lists: {},
});
const modelOf = (kind: typeof linear, params: ParamValues = {}) => kind.schema(context(kind, params)).model;
const codes = (kind: typeof linear, params: ParamValues = {}) => (kind.check?.(context(kind, params)) ?? []).map((found) => found.code);

describe('a learner’s schema', () => {
  it('gives task, inputs and classes of the model to come', () => {
    expect(modelOf(boosting)).toEqual({
      type: 'model',
      inputs: { columns: schema.columns.filter((c) => ['age', 'sex', 'rooms', 'when'].includes(c.name)) },
      task: 'classify',
      target: 'survived',
      classes: ['no', 'yes'],
      exportable: true,
    });
    expect(modelOf(boosting, { target: 'age', features: { names: ['sex', 'id', 'age'] } })).toMatchObject({
      task: 'regress',
      inputs: { columns: [{ name: 'id' }, { name: 'sex' }] },
    });
  });
  it('leaves open what only the values can tell', () => {
    expect(modelOf(tree, { target: 'rooms' })).toMatchObject({ type: 'model', target: 'rooms' });
    expect(modelOf(tree, { target: 'rooms' })).not.toHaveProperty('task');
    expect(modelOf(tree, { target: 'rooms', task: 'regress' })).toMatchObject({ task: 'regress' });
    expect(modelOf(tree, { target: 'gone' })).toBeUndefined();
    expect(modelOf(linear)).toBeUndefined();
    expect(linear.schema({ params: {}, inputs: {}, lists: {} })).toEqual({
      learner: { type: 'learner', kind: 'learn.linear', tasks: ['regress'], params: {} },
      model: undefined,
    });
  });
});

describe('a learner’s check', () => {
  it('says where a target went that was encoded on the way', () => {
    const encoded: TableSchema = { columns: [column('age', 'number'), column('sex=male', 'integer', { from: ['sex'] })], open: true };
    const found = boosting.check!({ ...context(boosting, { target: 'sex' }), inputs: { table: { type: 'table', schema: encoded } } });
    expect(found.map(({ code, at }) => [code, at])).toEqual([['model.target-gone', { param: 'target', column: 'sex' }]]);
  });
  it('names a target of the wrong type, with the learner to take instead', () => {
    const [found] = linear.check?.(context(linear, {})) ?? [];
    expect(found).toMatchObject({
      code: 'learner.target-is-category',
      at: { param: 'target', column: 'survived' },
      fix: { command: 'change-kind', args: { kind: 'learn.logistic' } },
    });
    expect(codes(logistic, { target: 'age' })).toEqual(['learner.target-is-number']);
    expect(codes(linear, { target: 'when' })).toEqual(['learner.target-is-time']);
    expect(codes(tree, { task: 'regress' })).toEqual(['learner.target-is-category']);
  });
  it('is quiet where the target fits', () => {
    expect([
      codes(linear, { target: 'age' }),
      codes(linear, { target: 'rooms' }),
      codes(logistic),
      codes(logistic, { target: 'rooms' }),
    ]).toEqual([[], [], [], []]);
    for (const { kind } of learners) expect(kind.check?.({ params: defaults(kind.params), inputs: {}, lists: {} }) ?? []).toEqual([]);
  });
});
