/** Select columns: what the node is called, asks for and gives; the work is in `step.ts`. */
import { columnsOf, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, type ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { TableSchema } from '../../kind/schema.ts';

/** Names that stay, in their new order: the chosen ones in the user's order when keeping, table order when dropping. */
export function keptNames(schema: TableSchema, chosen: readonly string[], params: ParamValues): string[] {
  const named = new Set(chosen);
  if (params.mode === 'keep') return [...named];
  return schema.columns.map((column) => column.name).filter((name) => !named.has(name));
}

export const selectColumns: Kind = {
  id: 'prepare.select-columns',
  version: 1,
  title: 'Select columns',
  group: 'prepare',
  icon: 'columns',
  synonyms: [
    'drop columns',
    'df.drop',
    'Select Columns in Dataset',
    'Select Columns Transform',
    'Select Columns',
    'Column Filter',
    'Column Resorter',
    'ColumnTransformer',
    'remove columns',
    'keep columns',
    'reorder',
    'feature selection',
  ],
  summary: 'Drop columns you do not need, or keep and order the ones you do.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    mode: choice('Do', 'drop', 'Whether the chosen columns go or stay.', {
      drop: 'Drop the chosen columns',
      keep: 'Keep only the chosen columns, in this order',
    }),
    columns: columns('Columns', { names: [] }, 'By name, by type or by a pattern.'),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const byName = new Map(input.schema.columns.map((column) => [column.name, column]));
    const chosen = resolveColumns(params.columns as ColumnPick, input.schema);
    const kept = keptNames(input.schema, chosen, params).flatMap((name) => byName.get(name) ?? []);
    return { table: { ...input, schema: { ...input.schema, columns: kept } } };
  },
  exportable: () => true,
  brief: (params) => {
    const pick = params.columns as ColumnPick;
    const what =
      'names' in pick
        ? pick.names.length > 2
          ? columnsOf(pick.names.length)
          : pick.names.join(', ') || phrase('brief.nothing', 'nothing')
        : phrase('brief.by-rule', 'by rule');
    return params.mode === 'keep' ? phrase('brief.keep', 'keep {what}', { what }) : phrase('brief.drop', 'drop {what}', { what });
  },
  tags: { instant: true },
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
