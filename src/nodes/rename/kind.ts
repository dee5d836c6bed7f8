/** Rename columns: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem } from '../../base/problem.ts';
import { columnsOf, phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { columnParam, list, type ParamValues, text } from '../../kind/params.ts';

interface Pair {
  from: string | null;
  to: string;
}
export const pairs = (params: ParamValues): { from: string; to: string }[] =>
  (params.names as unknown as Pair[]).flatMap(({ from, to }) => (from && to ? [{ from, to }] : []));

/** Old name → new name; pandas semantics: all pairs at once, so two columns can swap names. Throws on an invalid pattern. */
export function renames(names: readonly string[], params: ParamValues): Map<string, string> {
  const chosen = new Map(pairs(params).map((pair) => [pair.from, pair.to]));
  const pattern = params.find ? new RegExp(params.find as string, 'gu') : undefined;
  return new Map(
    names.map((name) => {
      const replaced = pattern ? name.replace(pattern, params.replace as string) : name;
      return [name, chosen.get(name) ?? `${params.prefix}${replaced}${params.suffix}`];
    }),
  );
}

/** What is wrong with a table's column names: two alike, or one without letters. */
export function nameProblem(names: readonly string[], param: string): Problem | undefined {
  if (names.includes(''))
    return problem({
      code: 'rename.empty',
      at: { param },
      message: 'A column would be left without a name.',
      hint: 'Write a name, or a pattern that leaves some of the old one.',
    });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return undefined;
  return problem({
    code: 'rename.duplicate',
    at: { param },
    args: { name: twice },
    message: `Two columns would be called “${twice}”.`,
    hint: 'Give one of them another name, or drop it first.',
  });
}

/** The renaming of a schema's columns, or why there is none. */
function renamed({ params, inputs }: SchemaContext): Map<string, string> | Problem {
  const names = inputs.table?.type === 'table' ? inputs.table.schema.columns.map((column) => column.name) : [];
  try {
    const map = renames(names, params);
    return nameProblem([...map.values()], 'names') ?? map;
  } catch (error) {
    return problem({
      code: 'rename.pattern',
      at: { param: 'find' },
      args: { pattern: params.find },
      message: `“${params.find}” is not a valid pattern: ${(error as Error).message}.`,
      hint: 'Correct the pattern, or rename the columns one by one.',
    });
  }
}

export const rename: Kind = {
  id: 'prepare.rename',
  version: 1,
  title: 'Rename columns',
  group: 'prepare',
  icon: 'rename',
  synonyms: [
    'rename',
    'df.rename',
    'Edit Metadata',
    'Column Rename',
    'Column Renamer',
    'Edit Domain',
    'prefix',
    'suffix',
    'add_prefix',
    'header',
  ],
  summary: 'Give columns new names, one by one, by a pattern, or with a prefix.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    names: list('New names', [], 'All at once, so two columns can swap names.', {
      itemLabel: 'Name',
      item: { from: columnParam('Column', 'The column to rename.'), to: text('New name', '', 'What it is called from here on.') },
    }),
    find: text('Find in names', '', 'A pattern (regular expression) looked for in every other name.', { advanced: true }),
    replace: text('Replace with', '', 'What is written instead; $1 is the first group.', { advanced: true }),
    prefix: text('Prefix', '', 'Written before every other name.', { advanced: true }),
    suffix: text('Suffix', '', 'Written after every other name.', { advanced: true }),
  },
  schema: (context) => {
    const input = context.inputs.table;
    const map = renamed(context);
    if (input?.type !== 'table' || !(map instanceof Map)) return {};
    const columns = input.schema.columns.map((column) => ({ ...column, name: map.get(column.name) as string, from: [column.name] }));
    return { table: { ...input, schema: { ...input.schema, columns } } };
  },
  check: (context) => {
    const map = renamed(context);
    return map instanceof Map ? [] : [map];
  },
  exportable: () => true,
  brief: (params) => {
    const list = pairs(params);
    if (list.length === 1) return `${list[0].from} → ${list[0].to}`;
    if (list.length > 1) return columnsOf(list.length);
    return params.find ? phrase('brief.by-pattern', 'by pattern {pattern}', { pattern: String(params.find) }) : '';
  },
  tags: { instant: true },
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
