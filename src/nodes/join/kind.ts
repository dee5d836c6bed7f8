/** Join: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, list, type ParamValues, text } from '../../kind/params.ts';
import { type ColumnSchema, findColumn, type TableSchema } from '../../kind/schema.ts';
import { TYPE_NAMES } from '../../table/type-names.ts';
import { commonType, oneTarget } from '../../table/verbs/concat.ts';
import { keysMatch } from '../../table/verbs/paired-keys.ts';

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

/** A left column after the join: keys of a join that keeps right rows hold the keys of both tables. */
function leftColumn(column: ColumnSchema, right: TableSchema, params: ParamValues): ColumnSchema {
  const key = joinKeys(params).findLast((pair) => pair.left === column.name);
  const other = key && findColumn(right, key.right);
  if (!other || (params.how !== 'right' && params.how !== 'outer')) return column;
  const type = commonType([column.type, other.type]);
  const { categories, ...rest } = column;
  if (type !== 'category' || !categories || !other.categories) return { ...rest, type };
  return { ...rest, type, categories: [...new Set([...categories, ...other.categories])] };
}

function schema({ params, inputs }: SchemaContext) {
  const { left, right } = inputs;
  if (left?.type !== 'table' || right?.type !== 'table') return {};
  const uncounted = ({ rowCount: _unknown, ...rest }: TableSchema) => ({ type: 'table' as const, schema: rest });
  const rest = { 'left-only': uncounted(left.schema), 'right-only': uncounted(right.schema) };
  if (params.how === 'anti') return { table: uncounted(left.schema), ...rest };
  const keyed = joinKeys(params).map((key) => key.left);
  const added = joinedNames(
    left.schema.columns.map((c) => c.name),
    right.schema.columns.map((c) => c.name),
    params,
  ).map(
    ({ from, to }): ColumnSchema => ({ ...(findColumn(right.schema, from) as ColumnSchema), name: to, from: keyed, fromSides: [from] }),
  );
  const columns = oneTarget([...left.schema.columns.map((c) => leftColumn(c, right.schema, params)), ...added]);
  const open = left.schema.open || right.schema.open ? { open: true } : {};
  return { table: { type: 'table' as const, schema: { columns, ...open } }, ...rest };
}

function check({ params, inputs }: SchemaContext): Problem[] {
  const keys = joinKeys(params);
  if (keys.length === 0)
    return [
      problem({
        code: 'join.no-keys',
        at: { param: 'keys' },
        message: 'No columns to match are chosen.',
        hint: 'Add a pair: one column of each table that holds the same key.',
      }),
    ];
  const { left, right } = inputs;
  if (left?.type !== 'table' || right?.type !== 'table') return [];
  return keys.flatMap((key) => {
    const [a, b] = [findColumn(left.schema, key.left), findColumn(right.schema, key.right)];
    if (!a || !b || keysMatch(a.type, b.type)) return [];
    return [
      problem({
        code: 'join.key-types',
        at: { param: 'keys', column: key.left },
        args: { left: a.type, right: b.type },
        message: phrase('join.types', '“{left}” is of the type {one} and “{right}” of the type {other}: no two keys can be equal.', {
          left: key.left,
          one: TYPE_NAMES[a.type],
          right: key.right,
          other: TYPE_NAMES[b.type],
        }),
        hint: 'Make them one type with “Edit metadata” first.',
      }),
    ];
  });
}

const HOW: Readonly<Record<string, Phrase>> = {
  left: phrase('brief.join-left', 'left'),
  inner: phrase('brief.join-inner', 'inner'),
  right: phrase('brief.join-right', 'right'),
  outer: phrase('brief.join-outer', 'outer'),
  anti: phrase('brief.join-anti', 'anti'),
};

export const join: Kind = {
  id: 'prepare.join',
  version: 1,
  title: 'Join',
  group: 'prepare',
  icon: 'join',
  synonyms: [
    'merge',
    'pd.merge',
    'Join Data',
    'Joiner',
    'Merge Data',
    'Value Lookup',
    'lookup',
    'vlookup',
    'inner join',
    'left join',
    'outer join',
    'anti join',
    'enrich',
  ],
  summary: 'Bring in columns of a second table by matching keys.',
  inputs: [
    { id: 'left', title: 'Left table', type: 'table', required: true },
    { id: 'right', title: 'Right table', type: 'table', required: true },
  ],
  outputs: [
    { id: 'table', title: 'Table', type: 'table' },
    { id: 'left-only', title: 'Left rows without a partner', type: 'table' },
    { id: 'right-only', title: 'Right rows without a partner', type: 'table' },
  ],
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
      {
        left: 'All left rows',
        inner: 'Only rows with a partner',
        right: 'All right rows',
        outer: 'All rows of both',
        anti: 'Only left rows without a partner',
      },
      { alias: 'how' },
    ),
    suffix: text('Suffix', '_right', 'Added to right columns whose name is taken.', { advanced: true, alias: 'suffixes' }),
  },
  schema,
  check,
  // The other ways make a new table, from which a model starts afresh.
  exportable: ({ params }) =>
    (params.how === 'left' || params.how === 'inner') && joinKeys(params).length > 1
      ? problem({
          code: 'export.join',
          at: { param: 'keys' },
          message: phrase('export.join-keys', 'A join on several keys cannot be written into an ONNX file; one key can, as a lookup.'),
          hint: phrase('export.join-one', 'Join on one key, or join before the data comes here.'),
        })
      : true,
  brief: (params) =>
    phrase('brief.join', '{how}, {keys}', {
      how: HOW[String(params.how)],
      keys: joinKeys(params)
        .map((key) => (key.left === key.right ? key.left : `${key.left} = ${key.right}`))
        .join(', '),
    }),
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
  effects: ({ how }) => (how === 'anti' ? { rows: 'subset' } : how === 'left' || how === 'inner' ? {} : { rows: 'new' }),
};
