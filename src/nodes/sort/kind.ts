/** Sort: what the node is called, asks for and gives; the work is in `step.ts`. */
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, flag, integer, list } from '../../kind/params.ts';

export const sort: Kind = {
  id: 'prepare.sort',
  version: 1,
  title: 'Sort',
  group: 'prepare',
  icon: 'sort',
  synonyms: ['order by', 'sort_values', 'Sorter', 'Top k Row Filter', 'Sort & Top-N', 'top n', 'nlargest', 'nsmallest', 'rank', 'head'],
  summary: 'Order rows by one or more columns; keep all of them or the first n.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    by: list('Order by', [], 'The first column decides; the next ones decide among equals.', {
      itemLabel: 'Column',
      item: {
        column: columnParam('Column', 'The column to order by.'),
        direction: choice('Direction', 'ascending', 'Smallest or largest first.', {
          ascending: 'Smallest first',
          descending: 'Largest first',
        }),
      },
    }),
    first: integer('Rows to keep', null, 'Only the first n rows after sorting.', { min: 1, auto: 'All', alias: 'n' }),
    missingFirst: flag('Missing first', false, 'Rows with no value come first instead of last.', { advanced: true, alias: 'na_position' }),
  },
  schema: ({ inputs, params }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const { rowCount, ...schema } = input.schema;
    const count = rowCount === undefined ? {} : { rowCount: Math.min(rowCount, (params.first as number | null) ?? rowCount) };
    return { table: { ...input, schema: { ...schema, ...count } } };
  },
  exportable: () => true,
  brief: (params) =>
    (params.by as { column: string | null; direction: string }[])
      .map((key) => `${key.column ?? '?'}${key.direction === 'descending' ? ' ↓' : ' ↑'}`)
      .join(', '),
  rows: 'subset',
  learns: false,
  order: 'free',
  target: 'never',
  // The first n of all rows are told by comparing them; an order by itself leaves every row.
  effects: ({ first }) => (first === null ? {} : { order: 'whole' }),
};
