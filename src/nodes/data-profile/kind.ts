/** Data profile: statistics of each column, as a view and as a table of their own. */
import type { Kind } from '../../kind/kind.ts';
import { column } from '../../kind/schema.ts';
import { PROFILE_COLUMNS } from './columns.ts';

export const dataProfile: Kind = {
  id: 'look.profile',
  version: 1,
  title: 'Data profile',
  group: 'look',
  icon: 'profile',
  synonyms: [
    'Summarize Data',
    'describe',
    'info',
    'Feature Statistics',
    'Column Statistics',
    'Statistics',
    'Data Explorer',
    'value_counts',
    'histogram',
    'Data Info',
  ],
  summary: 'Show type, missing, distinct, spread and histogram of every column.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Statistics', type: 'table' }],
  params: {},
  schema: ({ inputs }) => {
    const rowCount = inputs.table?.type === 'table' && !inputs.table.schema.open ? { rowCount: inputs.table.schema.columns.length } : {};
    const columns = PROFILE_COLUMNS.map(({ name, type }) => column(name, type, { role: 'meta' }));
    return { table: { type: 'table', schema: { columns, ...rowCount } } };
  },
  tags: { view: 'profile' },
  rows: 'new',
  learns: false,
  order: 'whole',
  target: 'never',
};
