/** Join: what the node is called, asks for and gives; the work is in `step.ts`. */
import { problem } from '../../base/problem.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, list, type ParamValues, text } from '../../kind/params.ts';
import type { ColumnSchema } from '../../kind/schema.ts';

export interface JoinKey {
  left: string;
  right: string;
}
/** Complete key pairs. */
export const joinKeys = (params: ParamValues): JoinKey[] => (params.keys as unknown as JoinKey[]).filter((key) => key.left && key.right);

/** Right columns that come along, with their new names: keys stay away, equal names get the suffix. */
export function joinedNames(left: readonly string[], right: readonly string[], params: ParamValues): { from: string; to: string }[] {
  const keys = new Set(joinKeys(params).map((key) => key.right));
  const taken = new Set(left);
  return right
    .filter((name) => !keys.has(name))
    .map((from) => {
      let to = from;
      while (taken.has(to)) to += (params.suffix as string) || '_right';
      taken.add(to);
      return { from, to };
    });
}

export const join: Kind = {
  id: 'prepare.join',
  version: 1,
  title: 'Join',
  group: 'prepare',
  icon: 'join',
  synonyms: ['merge', 'Join Data', 'Joiner', 'Merge Data', 'lookup', 'vlookup', 'inner join', 'left join'],
  summary: 'Bring in columns of a second table by matching keys.',
  inputs: [
    { id: 'left', title: 'Left table', type: 'table', required: true },
    { id: 'right', title: 'Right table', type: 'table', required: true },
  ],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    keys: list('Match', [], 'Rows belong together when all pairs are equal; a missing key matches nothing.', {
      itemLabel: 'Pair',
      item: {
        left: columnParam('Left column', 'Key in the left table.', { filter: { port: 'left' } }),
        right: columnParam('Right column', 'Key in the right table.', { filter: { port: 'right' } }),
      },
    }),
    how: choice(
      'Keep',
      'left',
      'Which rows stay when they have no partner.',
      { left: 'All left rows', inner: 'Only rows with a partner', right: 'All right rows', outer: 'All rows of both' },
      { alias: 'how' },
    ),
    suffix: text('Suffix', '_right', 'Added to right columns whose name is taken.', { advanced: true, alias: 'suffixes' }),
  },
  schema: ({ params, inputs }) => {
    const { left, right } = inputs;
    if (left?.type !== 'table' || right?.type !== 'table') return {};
    const names = joinedNames(
      left.schema.columns.map((c) => c.name),
      right.schema.columns.map((c) => c.name),
      params,
    );
    const keyed = joinKeys(params).map((key) => key.left);
    const added = names.map(
      ({ from, to }): ColumnSchema => ({ ...(right.schema.columns.find((c) => c.name === from) as ColumnSchema), name: to, from: keyed }),
    );
    return { table: { type: 'table', schema: { columns: [...left.schema.columns, ...added] } } };
  },
  check: ({ params }) =>
    joinKeys(params).length > 0
      ? []
      : [
          problem({
            code: 'join.no-keys',
            at: { param: 'keys' },
            message: 'No columns to match are chosen.',
            hint: 'Add a pair: one column of each table that holds the same key.',
          }),
        ],
  exportable: ({ params }) =>
    joinKeys(params).length === 1 && (params.how === 'left' || params.how === 'inner')
      ? true
      : problem({
          code: 'export.join',
          at: { param: 'keys' },
          message: 'Only a left or inner join on one key can be written into an ONNX file, as a lookup.',
          hint: 'Join on one key, or join before the data comes here.',
        }),
  brief: (params) =>
    `${params.how}, ${joinKeys(params)
      .map((key) => (key.left === key.right ? key.left : `${key.left} = ${key.right}`))
      .join(', ')}`,
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
  effects: (params) => (params.how === 'left' || params.how === 'inner' ? {} : { rows: 'new' }),
};
