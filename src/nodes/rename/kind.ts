/** Rename columns: what the node is called, asks for and gives; the work is in `step.ts`. */
import { problem } from '../../base/problem.ts';
import type { Kind } from '../../kind/kind.ts';
import { columnParam, list, type ParamValues, text } from '../../kind/params.ts';

/** Old name → new name; pandas semantics: all pairs at once, so two columns can swap names. */
export function renames(names: readonly string[], params: ParamValues): Map<string, string> {
  const pairs = new Map(
    (params.names as { from: string | null; to: string }[])
      .filter((pair) => pair.from && pair.to)
      .map((pair) => [pair.from as string, pair.to]),
  );
  let pattern: RegExp | undefined;
  try {
    pattern = params.find ? new RegExp(params.find as string, 'gu') : undefined;
  } catch {
    pattern = undefined;
  }
  return new Map(
    names.map((name) => {
      const paired = pairs.get(name);
      if (paired !== undefined) return [name, paired];
      const replaced = pattern ? name.replace(pattern, params.replace as string) : name;
      return [name, `${params.prefix}${replaced}${params.suffix}`];
    }),
  );
}

export const rename: Kind = {
  id: 'prepare.rename',
  version: 1,
  title: 'Rename columns',
  group: 'prepare',
  icon: 'rename',
  synonyms: ['rename', 'Edit Metadata', 'Column Rename', 'Column Renamer', 'Edit Domain', 'prefix', 'suffix', 'header'],
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
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const map = renames(
      input.schema.columns.map((column) => column.name),
      params,
    );
    const renamed = input.schema.columns.map((column) => ({ ...column, name: map.get(column.name) ?? column.name, from: [column.name] }));
    return { table: { ...input, schema: { ...input.schema, columns: renamed } } };
  },
  check: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return [];
    const after = [
      ...renames(
        input.schema.columns.map((column) => column.name),
        params,
      ).values(),
    ];
    const twice = after.find((name, i) => after.indexOf(name) !== i);
    if (twice === undefined) return [];
    return [
      problem({
        code: 'rename.duplicate',
        at: { param: 'names' },
        args: { name: twice },
        message: `Two columns would be called “${twice}”.`,
        hint: 'Give one of them another name, or drop it first.',
      }),
    ];
  },
  exportable: () => true,
  brief: (params) => {
    const pairs = params.names as { from: string | null; to: string }[];
    return pairs.length === 1 ? `${pairs[0].from ?? ''} → ${pairs[0].to}` : pairs.length > 1 ? `${pairs.length} columns` : '';
  },
  tags: { instant: true },
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
