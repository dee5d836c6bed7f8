/** Toy table kinds with real ports, schemas and effects, for the tests of checks and leak badges. No code behind them. */
import type { Kind, SchemaContext } from '../kind/kind.ts';
import { type ColumnPick, choice, columnParam, columns, flag, list, number } from '../kind/params.ts';
import { resolveColumns } from '../kind/pick.ts';
import { column, type TableSchema } from '../kind/schema.ts';

const base = (id: string, more: Partial<Kind>): [string, Kind] => [
  id,
  {
    id,
    version: 1,
    title: id[0].toUpperCase() + id.slice(1),
    group: 'prepare',
    icon: 'table',
    synonyms: [],
    summary: 'Toy.',
    inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
    outputs: [{ id: 'table', title: 'Table', type: 'table' }],
    params: {},
    schema: (context) => ({ table: context.inputs.table }),
    rows: 'keep',
    ...more,
  },
];
const schemaIn = ({ inputs }: SchemaContext, port = 'table'): TableSchema =>
  inputs[port]?.type === 'table' ? inputs[port].schema : { columns: [] };
const table = (schema: TableSchema) => ({ table: { type: 'table' as const, schema } });
const modelOf = (context: SchemaContext, target: string, pick: ColumnPick) => {
  const schema = schemaIn(context);
  const names = resolveColumns(pick, schema).filter((name) => name !== target);
  return {
    type: 'model' as const,
    inputs: { columns: schema.columns.filter((entry) => names.includes(entry.name)) },
    task: 'classify' as const,
    target,
    exportable: true as const,
  };
};
const modelPort = { id: 'model', title: 'Model', type: 'model' } as const;
const learnerPort = { id: 'learner', title: 'Learner', type: 'learner' } as const;

export const tableKinds: ReadonlyMap<string, Kind> = new Map([
  base('people', {
    inputs: [],
    rows: undefined,
    params: { count: number('Count', 5, 'Rows.', { min: 1 }) },
    schema: ({ known }) =>
      table({
        columns: [
          column('age', 'number'),
          column('fare', 'number'),
          column('survived', 'boolean', { role: 'target' }),
          ...(known ? [column('extra', 'text')] : []),
        ],
      }),
  }),
  base('fill', { learns: true, exportable: () => true, params: { columns: columns('Columns', { all: true }, 'Which.') } }),
  base('cast', { exportable: () => true }),
  base('lag', { order: 'looks-back' }),
  base('drop', { rows: 'subset' }),
  base('rank', { rows: 'new', order: 'whole' }),
  base('group', { rows: 'new', learns: true, order: 'whole' }),
  base('stack', {
    rows: 'new',
    inputs: [{ id: 'table', title: 'Tables', type: 'table', required: true, many: true }],
    schema: ({ lists }) => ({ table: lists.table?.[0] }),
  }),
  base('join', {
    inputs: [
      { id: 'table', title: 'Left', type: 'table', required: true },
      { id: 'right', title: 'Right', type: 'table', required: true },
    ],
  }),
  base('script', {
    rows: 'new',
    params: { rowwise: flag('Rowwise', false, 'x') },
    effects: ({ rowwise }) => (rowwise ? { rows: 'keep' } : { order: 'whole' }),
  }),
  base('formula', {
    params: {
      from: columnParam('From', 'Computed from.'),
      pairs: list('Pairs', [], 'x', { itemLabel: 'Pair', item: { column: columnParam('Column', 'x') } }),
    },
    schema: (context) =>
      table({ columns: [...schemaIn(context).columns, column('made', 'number', { from: [String(context.params.from)] })] }),
    exportable: ({ params }) =>
      params.from === 'fare'
        ? { code: 'toy.no', severity: 'error', at: {}, args: {}, message: 'Cannot be exported.', hint: 'Use age.' }
        : true,
  }),
  base('encode', {
    learns: true,
    target: 'reads',
    schema: (context) => table({ columns: [...schemaIn(context).columns, column('encoded', 'number', { from: ['age', 'survived'] })] }),
  }),
  base('split', {
    rows: 'subset',
    outputs: [
      { id: 'train', title: 'Train', type: 'table' },
      { id: 'test', title: 'Test', type: 'table' },
    ],
    params: { test: number('Test size', 0.3, 'x'), method: choice('How', 'random', 'x', { random: 'Random', time: 'Time' }) },
    schema: ({ inputs }) => ({ train: inputs.table, test: inputs.table }),
    tags: { random: true },
  }),
  base('learn', {
    group: 'learners',
    rows: undefined,
    inputs: [{ id: 'table', title: 'Table', type: 'table' }],
    outputs: [learnerPort, modelPort],
    params: { features: columns('Features', { all: true }, 'x') },
    schema: (context) => ({
      learner: { type: 'learner', kind: 'learn', tasks: ['classify'] },
      model: context.inputs.table && modelOf(context, 'survived', context.params.features as ColumnPick),
    }),
    exportable: () => true,
  }),
  base('score', {
    rows: 'new',
    inputs: [modelPort, { id: 'table', title: 'Table', type: 'table', required: true }],
  }),
  base('evaluate', {
    rows: undefined,
    inputs: [modelPort, { id: 'table', title: 'Table', type: 'table', required: true, many: true }],
    outputs: [{ id: 'results', title: 'Results', type: 'results' }],
    schema: () => ({ results: { type: 'results' } }),
  }),
  base('folds', {
    rows: undefined,
    inputs: [learnerPort, { id: 'table', title: 'Table', type: 'table', required: true }],
    outputs: [{ id: 'results', title: 'Results', type: 'results' }],
    schema: () => ({ results: { type: 'results' } }),
  }),
]);
