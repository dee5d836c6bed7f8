/** Concat: what the node is called, asks for and gives; the work is in `step.ts`. */
import type { Kind } from '../../kind/kind.ts';
import { choice, text } from '../../kind/params.ts';
import { type ColumnSchema, column, type TableSchema } from '../../kind/schema.ts';
import { commonType } from '../../table/verbs/concat.ts';

export const concat: Kind = {
  id: 'prepare.concat',
  version: 1,
  title: 'Concatenate',
  group: 'prepare',
  icon: 'concat',
  synonyms: ['concat', 'append', 'union', 'Add Rows', 'Add Columns', 'bind rows', 'stack', 'rbind', 'cbind', 'Column Appender'],
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
    if (params.axis === 'columns') {
      const taken = new Set<string>();
      const columns = tables.flatMap((t) => t.columns.map((c) => ({ ...c, name: freeName(c.name, taken) })));
      return { table: { type: 'table', schema: { columns, ...open } } };
    }
    const names = [...new Set(tables.flatMap((t) => t.columns.map((c) => c.name)))];
    const kept = params.join === 'inner' ? names.filter((name) => tables.every((t) => t.columns.some((c) => c.name === name))) : names;
    const columns = kept.map((name): ColumnSchema => {
      const found = tables.flatMap((t) => t.columns.filter((c) => c.name === name));
      const { categories: _levels, ...first } = found[0];
      return { ...first, type: commonType(found.map((c) => c.type)) };
    });
    if (params.source) columns.push(column(params.source as string, 'category'));
    const schema: TableSchema = { columns, ...open };
    return { table: { type: 'table', schema } };
  },
  brief: (params) => (params.axis === 'rows' ? 'under each other' : 'side by side'),
  rows: 'new',
  learns: false,
  order: 'free',
  target: 'never',
};

/** The name, or with _2, _3 … where it is taken. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}
