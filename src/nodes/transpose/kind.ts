/** Transpose: what the node is called, asks for and gives; the work is in `step.ts`. */
import type { Kind } from '../../kind/kind.ts';
import { columnParam, text } from '../../kind/params.ts';

export const MAX_ROWS = 5000;

export const transpose: Kind = {
  id: 'prepare.transpose',
  version: 1,
  title: 'Transpose',
  group: 'prepare',
  icon: 'transpose',
  synonyms: ['T', 'transpose', 'Table Transposer', 'swap rows and columns', 'flip'],
  summary: 'Turn rows into columns and columns into rows.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    header: columnParam('Names from', 'The column whose values name the new columns.', { optional: true, auto: 'Number them' }),
    prefix: text('Prefix', 'row_', 'Written before the number when columns are numbered from 0.'),
    nameColumn: text('Name column', 'column', 'The new first column, which holds the old column names.', { advanced: true }),
  },
  // The new columns are the old rows, which only a run knows.
  schema: ({ params, inputs }) =>
    inputs.table?.type === 'table'
      ? { table: { type: 'table', schema: { columns: [{ name: params.nameColumn as string, type: 'text', role: 'meta' }], open: true } } }
      : {},
  rows: 'new',
  learns: false,
  order: 'whole',
  target: 'never',
};
