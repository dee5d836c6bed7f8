/** Data table: a place to look at the rows; the table passes through unchanged. */
import type { Kind } from '../../kind/kind.ts';

export const dataTable: Kind = {
  id: 'look.table',
  version: 1,
  title: 'Data table',
  group: 'look',
  icon: 'table',
  synonyms: ['view', 'show', 'head', 'print', 'Visualize', 'Interactive Table', 'Table View', 'inspect', 'preview'],
  summary: 'Look at the rows: sort, filter and scroll; nothing is changed.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {},
  schema: ({ inputs }) => ({ table: inputs.table }),
  exportable: () => true,
  tags: { instant: true, view: 'table' },
};
