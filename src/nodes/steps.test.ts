/** Every table step of the registries through the contract suite: one line per folder. */
import { expect, it } from 'vitest';
import { type StepCase, sampleTable, stepContract } from '../recipe/step.contract.ts';
import { columnOf } from '../table/column.ts';
import { type Table, tableOf } from '../table/table.ts';
import { transforms } from '../transforms/index.ts';
import { steps } from './steps.ts';

const keyed = tableOf({
  c: ['category', ['red', 'green', 'ünï']],
  extra: ['number', [1.5, null, 3]],
  word: ['category', ['a', null, 'b']],
});
const repeated = tableOf({ c: ['category', ['red', 'red']], extra: ['number', [1, 2]] });
const byC = { keys: [{ left: 'c', right: 'c' }] };

/** Texts in several scripts, empty ones, and signs without words. */
const SAID = [
  'The quick brown fox',
  'the QUICK fox, the fox!',
  null,
  'Größe über ALLES: Äpfel_2 и Ёлка',
  'ΣΊΣΥΦΟΣ ΟΔΟΣ naïve café',
  '… — !!! ???',
  '数据 科学 ２０２６',
  "don't stop; don't",
];
const worded: Table = (() => {
  const plain = sampleTable();
  const said = columnOf(
    'text',
    Array.from({ length: plain.rowCount }, (_, row) => SAID[row % SAID.length]),
  );
  return { ...plain, fields: [...plain.fields, { name: 'said', role: 'feature' }], columns: [...plain.columns, said] };
})();
const CASES: Record<string, StepCase[]> = {
  'prepare.select-columns': [
    { params: { columns: { names: ['t', 'n'] } } },
    { params: { mode: 'keep', columns: { names: ['y', 'c', 'n'] } } },
  ],
  'prepare.drop-missing': [{ params: {} }, { params: { axis: 'columns' } }, { params: { how: 'atLeast', thresh: 7 } }],
  'prepare.replace': [
    {
      params: {
        values: [
          { find: 'red', replace: 'blue' },
          { find: '2', replace: '3' },
        ],
      },
    },
    { params: { mode: 'part', values: [{ find: 'e', replace: 'E' }] } },
  ],
  'prepare.rename': [
    {
      params: {
        names: [
          { from: 'n', to: 'i' },
          { from: 'i', to: 'n' },
        ],
        prefix: 'p_',
      },
    },
  ],
  'prepare.sort': [
    {
      params: {
        by: [
          { column: 'c', direction: 'descending' },
          { column: 'n', direction: 'ascending' },
        ],
        first: 10,
      },
    },
  ],
  'prepare.filter-rows': [
    { params: { conditions: [{ column: 'n', test: '>', value: '0' }] } },
    { params: { formula: '[i] > 1 or [c] = "red"' } },
  ],
  'prepare.formula': [
    {
      params: {
        formulas: [
          { name: 'sum', formula: '[n] * 2 + [i]' },
          { name: 'n', formula: 'abs([n])' },
        ],
      },
    },
  ],
  'prepare.edit-metadata': [
    {
      params: {
        columns: [
          { column: 'i', type: 'number', role: 'same', name: '' },
          { column: 'c', type: 'same', role: 'meta', name: 'colour' },
        ],
      },
    },
  ],
  'prepare.concat': [
    { params: {}, tables: [sampleTable(), sampleTable(8)] },
    { params: { axis: 'columns' }, tables: [sampleTable(), sampleTable()] },
  ],
  'prepare.join': [
    { params: byC, tables: [sampleTable(), keyed] },
    { params: { ...byC, how: 'inner' }, tables: [sampleTable(), keyed] },
    { params: { ...byC, how: 'outer' }, tables: [sampleTable(), keyed] },
    { params: byC, tables: [sampleTable(), repeated] },
  ],
  'prepare.group-by': [{ params: { keys: { names: ['c'] }, values: [{ column: 'n', how: 'mean', name: '' }] } }],
  'prepare.aggregate': [{ params: {} }, { params: { axis: 'across', how: 'mean' } }],
  'prepare.transpose': [{ params: {} }],
  'series.lags': [
    { params: { columns: { names: ['n', 'i'] }, lags: [{ lag: 1 }, { lag: 3 }] } },
    {
      params: {
        ids: { names: ['c'] },
        windows: [
          { size: 3, how: 'mean' },
          { size: 4, how: 'std' },
        ],
        least: 2,
      },
    },
  ],
  'prepare.date-parts': [{ params: {} }, { params: { cyclic: true, keep: true } }],
  'prepare.remove-duplicates': [{ params: {} }, { params: { columns: { names: ['c', 'b'] }, keep: 'last' } }],
  'prepare.fill-missing': [
    { params: {} },
    { params: { numbers: 'mean', labels: 'constant', indicator: true } },
    { params: { numbers: 'ffill', labels: 'ffill', time: 'd' } },
    { params: { numbers: 'bfill', labels: 'leave' } },
  ],
  'features.normalise': ['zscore', 'minmax', 'maxabs', 'robust', 'log1p', 'power', 'tanh', 'logistic'].map((method) => ({
    params: { method, columns: { names: ['n', 'i', 'k'] } },
    tolerance: 1e-9,
  })),
  'features.encode': [
    { params: {} },
    { params: { maxLevels: 2, dropFirst: true } },
    { params: { method: 'ordinal' } },
    { params: { method: 'frequency' } },
  ],
  'features.target-encode': [
    { params: {} },
    { params: { target: 'n', keep: true, smoothing: 0 } },
    { params: { target: 'c', columns: { names: ['t', 'b'] } } },
  ],
  'features.text': [
    { params: {} },
    { params: {}, tables: [worded] },
    { params: { method: 'counts', pairs: true, terms: 30, rows: 1, keep: true }, tables: [worded] },
    { params: { method: 'flags', columns: { names: ['c', 'said'] }, rows: 2 }, tables: [worded] },
    { params: { rows: 1000 }, tables: [worded] },
    { params: { terms: 3, others: 4, rows: 1 }, tables: [worded] },
    { params: { method: 'counts', pairs: true, terms: 5, others: 3, rows: 1 }, tables: [worded] },
    { params: { method: 'flags', terms: 2, others: 2, rows: 1 }, tables: [worded] },
  ],
  'features.polynomial': [
    { params: {} },
    { params: { degree: '3', interactions: true } },
    { params: { columns: { names: ['n'] }, degree: '3' } },
  ],
  'features.components': [
    { params: {}, tolerance: 1e-9 },
    { params: { by: 'count', count: 2, columns: { names: ['n', 'i', 'b'] }, whiten: true, keep: true }, tolerance: 1e-9 },
    { params: { by: 'share', share: 1, standardise: false }, tolerance: 1e-9 },
  ],
  'unsupervised.anomalies': [
    { params: {} },
    { params: { contamination: 0.1, trees: 20, sample: 16, columns: { names: ['n', 'i', 'c'] } } },
  ],
  'unsupervised.clusters': [
    { params: {} },
    { params: { k: 4, standardise: false, distance: false, columns: { names: ['n', 'i', 'b'] } } },
    { params: { k: 3, method: 'batches', columns: { names: ['c', 'n'] } } },
  ],
  'features.bin': [
    { params: { columns: { names: ['n'] } } },
    { params: { columns: { names: ['n', 'i'] }, method: 'width', asNumber: true } },
    { params: { columns: { names: ['n'] }, method: 'custom', edges: '-10, 0, 10' } },
    { params: { columns: { names: ['n', 'i'] }, method: 'entropy', target: 'c' } },
  ],
};

const all = [...steps, ...transforms];
it('every step has cases', () => {
  expect(all.map((entry) => entry.kind.id).filter((id) => !CASES[id])).toEqual([]);
});
for (const entry of all) stepContract(entry, CASES[entry.kind.id] ?? []);
