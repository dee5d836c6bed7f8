/** Remove duplicates: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns } from '../../kind/params.ts';

const isWhole = (pick: ColumnPick): boolean => 'all' in pick && (pick.except ?? []).length === 0;

export const removeDuplicates: Kind = {
  id: 'prepare.remove-duplicates',
  version: 1,
  title: 'Remove duplicates',
  group: 'prepare',
  icon: 'distinct',
  synonyms: ['drop_duplicates', 'distinct', 'Unique', 'Remove Duplicate Rows', 'Duplicate Row Filter', 'deduplicate', 'dedupe'],
  summary: 'Keep one row of each set of equal rows.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'table', title: 'Table', type: 'table' },
    { id: 'duplicates', title: 'Duplicates', type: 'table' },
  ],
  params: {
    columns: columns('Compare', { all: true }, 'Rows are equal when these columns are; missing equals missing.', { alias: 'subset' }),
    keep: choice(
      'Keep',
      'first',
      'Which of the equal rows stays.',
      { first: 'The first', last: 'The last', none: 'None of them' },
      { alias: 'keep' },
    ),
  },
  schema: ({ inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const { rowCount: _unknown, ...schema } = input.schema;
    return { table: { ...input, schema }, duplicates: { ...input, schema } };
  },
  exportable: () => true,
  brief: (params) => {
    const pick = params.columns as ColumnPick;
    if ('names' in pick) return phrase('brief.by', 'by {columns}', { columns: pick.names.join(', ') });
    if (params.keep === 'first') return '';
    return params.keep === 'last' ? phrase('brief.keep-last', 'keep the last') : phrase('brief.keep-none', 'keep none');
  },
  rows: 'subset',
  learns: false,
  order: 'free',
  target: 'never',
  // Of rows that are equal throughout it is all one which stays; else the others of a set tell.
  effects: ({ columns: pick, keep }) => (isWhole(pick as ColumnPick) && keep !== 'none' ? {} : { order: 'whole' }),
};
