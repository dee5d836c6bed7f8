/** Each kind of output opens on what people want to see of it. */
import { expect, it } from 'vitest';
import type { Results } from '../../recipe/results.ts';
import { barsOf } from './bars-view.tsx';
import { viewsFor } from './views.ts';

const value = (type: string) => ({ type, digest: type, bytes: 0, headline: '' });
const judged = (more: Partial<Results['models'][number]> = {}) => ({
  name: 'm',
  ids: new Int32Array(),
  truth: new Float64Array(),
  predicted: new Float64Array(),
  metrics: {},
  notes: [],
  ...more,
});
const results = (task: Results['task'], classes: string[] | undefined, ...models: Results['models']): Results => ({
  task,
  target: 't',
  classes,
  primary: 'auc',
  models,
});

it('shows tables, models and files', () => {
  expect(viewsFor({ table: value('table') }, undefined)).toEqual(['table', 'profile', 'log']);
  expect(viewsFor({ table: value('table') }, undefined, 'profile')).toEqual(['profile', 'table', 'log']);
  const two = { table: value('table'), clusters: value('table') };
  expect(viewsFor(two, undefined, 'bars')).toEqual(['bars', 'table', 'profile', 'log']);
  expect(viewsFor({ table: value('table') }, undefined, 'bars')).toEqual(['table', 'profile', 'log']);
  expect(viewsFor({ learner: value('learner'), model: value('model') }, undefined)).toEqual([
    'model',
    'inside',
    'signature',
    'learner',
    'log',
  ]);
  expect(viewsFor({}, undefined)).toEqual(['log']);
});

it('offers thresholds for two classes only', () => {
  const probabilities = new Float64Array();
  const outputs = { results: value('results') };
  expect(viewsFor(outputs, results('classify', ['a', 'b'], judged({ probabilities })))).toEqual([
    'overview',
    'curves',
    'threshold',
    'calibration',
    'log',
  ]);
  expect(viewsFor(outputs, results('classify', ['a', 'b', 'c'], judged()))).toEqual(['overview', 'log']);
  expect(viewsFor(outputs, results('regress', undefined, judged({ foldMetrics: [{}, {}] }), judged()))).toEqual([
    'overview',
    'models',
    'residuals',
    'folds',
    'log',
  ]);
});

it('draws the numbers of a small table as bars with the names of its first column', () => {
  const column = (name: string, type: 'category' | 'number' | 'boolean') => ({ name, type, role: 'feature' as const });
  const schema = { columns: [column('c', 'category'), column('kept', 'boolean'), column('a', 'number'), column('b', 'number')] };
  const rows = [
    ['C1', true, 3, null],
    ['C2', false, -1, 2],
  ];
  expect(barsOf({ schema, rows })).toEqual([
    {
      title: 'a',
      items: [
        { name: 'C1', value: 3 },
        { name: 'C2', value: -1 },
      ],
    },
    { title: 'b', items: [{ name: 'C2', value: 2 }] },
  ]);
});
