/** Replace values: what the node is called, asks for and gives; the work is in `step.ts`. */
import { problem } from '../../base/problem.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, list, type ParamValues, text } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';

export interface Replacement {
  find: string;
  replace: string;
}
export const replacements = (params: ParamValues): Replacement[] => params.values as unknown as Replacement[];

/** The number that a text stands for; undefined when it is none. The empty text stands for missing. */
export const asNumber = (source: string): number | undefined => {
  if (source.trim() === '') return Number.NaN;
  const value = Number(source);
  return Number.isNaN(value) ? undefined : value;
};

export const replace: Kind = {
  id: 'prepare.replace',
  version: 1,
  title: 'Replace values',
  group: 'prepare',
  icon: 'replace',
  synonyms: ['replace', 'map', 'recode', 'find and replace', 'String Replacer', 'Rule Engine', 'Edit Domain', 'substitute', 'regex'],
  summary: 'Write one value in place of another, exactly or by a pattern. Write nothing to make it missing.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Where values are replaced. A pair that a column’s type cannot hold is left alone there.'),
    values: list('Values', [], 'All pairs at once, so two values can swap. An empty “Find” is the missing value.', {
      itemLabel: 'Pair',
      item: {
        find: text('Find', '', 'The whole value, or a pattern.'),
        replace: text('Replace with', '', 'What is written; nothing = missing.'),
      },
    }),
    mode: choice('Match', 'whole', 'How values are found.', {
      whole: 'The whole value',
      part: 'Part of a text',
      pattern: 'A pattern (regular expression)',
    }),
    ignoreCase: flag('Ignore upper and lower case', false, 'For text and categories.', { advanced: true }),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const chosen = new Set(resolveColumns(params.columns as ColumnPick, input.schema));
    const real =
      params.mode === 'whole' &&
      replacements(params).some(
        (pair) => asNumber(pair.find) !== undefined && !Number.isInteger(asNumber(pair.replace) ?? 0) && pair.replace !== '',
      );
    const changed = input.schema.columns.map((found) => {
      if (!chosen.has(found.name)) return found;
      const { categories: _old, ...rest } = found;
      return found.type === 'category' ? { ...rest } : found.type === 'integer' && real ? { ...found, type: 'number' as const } : found;
    });
    return { table: { ...input, schema: { ...input.schema, columns: changed } } };
  },
  check: ({ params }) => {
    if (params.mode !== 'pattern') return [];
    return replacements(params).flatMap((pair) => {
      try {
        new RegExp(pair.find, 'u');
        return [];
      } catch (error) {
        return [
          problem({
            code: 'replace.pattern',
            at: { param: 'values' },
            args: { pattern: pair.find },
            message: `“${pair.find}” is not a valid pattern: ${(error as Error).message}.`,
            hint: 'Correct the pattern, or match the whole value instead.',
          }),
        ];
      }
    });
  },
  exportable: ({ params }) =>
    params.mode === 'whole' && !params.ignoreCase
      ? true
      : problem({
          code: 'export.text-pattern',
          at: { param: 'mode' },
          message: 'Replacing part of a text, or by a pattern, cannot be written into an ONNX file.',
          hint: 'Match whole values, or prepare the data before it reaches the model.',
        }),
  brief: (params) => {
    const pairs = replacements(params);
    return pairs.length === 1 ? `${pairs[0].find || 'missing'} → ${pairs[0].replace || 'missing'}` : `${pairs.length} values`;
  },
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
