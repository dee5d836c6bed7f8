/** Concat: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, text } from '../../kind/params.ts';
import { type ColumnSchema, column, freeName, type TableSchema } from '../../kind/schema.ts';
import { commonType, oneTarget, sharedNames } from '../../table/verbs/concat.ts';

const known = (rowCount: number) => (Number.isNaN(rowCount) ? {} : { rowCount });
const labelsOf = (columns: readonly ColumnSchema[]) => [...new Set(columns.flatMap((c) => c.categories ?? []))];

export const concat: Kind = {
  id: 'prepare.concat',
  version: 1,
  title: 'Concatenate',
  group: 'prepare',
  icon: 'concat',
  synonyms: [
    'concat',
    'pd.concat',
    'append',
    'union',
    'Add Rows',
    'Add Columns',
    'Concatenate',
    'bind rows',
    'stack',
    'rbind',
    'cbind',
    'Column Appender',
    'hstack',
    'vstack',
  ],
  summary: 'Put tables one under the other, or side by side.',
  inputs: [{ id: 'tables', title: 'Tables', type: 'table', required: true, many: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    axis: choice(
      'Put tables',
      'rows',
      'Under each other matches columns by name; side by side matches rows by place.',
      { rows: 'Under each other', columns: 'Side by side' },
      { alias: 'axis' },
    ),
    join: choice(
      'Columns',
      'outer',
      'Which columns stay when the tables differ.',
      { outer: 'All; missing where a table lacks one', inner: 'Only those that every table has' },
      { alias: 'join', when: { param: 'axis', in: ['rows'] } },
    ),
    source: text('Source column', '', 'Adds a column with this name that says which table a row came from (table 1, table 2 …).', {
      advanced: true,
      when: { param: 'axis', in: ['rows'] },
    }),
  },
  schema: ({ params, lists }) => {
    const tables = (lists.tables ?? []).flatMap((port) => (port.type === 'table' ? [port.schema] : []));
    if (tables.length === 0) return {};
    const open = tables.some((t) => t.open) ? { open: true } : {};
    const counts = tables.map((t) => t.rowCount ?? Number.NaN);
    if (params.axis === 'columns') {
      const taken = new Set<string>();
      const columns = tables.flatMap((t) => t.columns.map((c) => ({ ...c, name: freeName(c.name, taken) })));
      return { table: { type: 'table', schema: { columns: oneTarget(columns), ...open, ...known(counts[0]) } } };
    }
    const kept = sharedNames(
      tables.map((t) => t.columns),
      params.join as 'outer' | 'inner',
    );
    const columns = kept.map((name): ColumnSchema => {
      const found = tables.flatMap((t) => t.columns.filter((c) => c.name === name));
      const { categories: _levels, ...first } = found[0];
      const type = commonType(found.map((c) => c.type));
      const labels = type === 'category' && found.every((c) => c.categories) ? { categories: labelsOf(found) } : {};
      return { ...first, type, ...labels };
    });
    if (params.source)
      columns.push(
        column(freeName(params.source as string, new Set(kept)), 'category', {
          categories: tables.map((_, i) => `table ${i + 1}`),
          from: [],
        }),
      );
    const schema: TableSchema = { columns: oneTarget(columns), ...open, ...known(counts.reduce((sum, count) => sum + count, 0)) };
    return { table: { type: 'table', schema } };
  },
  brief: (params) => (params.axis === 'rows' ? phrase('brief.under', 'under each other') : phrase('brief.beside', 'side by side')),
  rows: 'new',
  learns: false,
  order: 'free',
  target: 'never',
};
