/** Replace values: what the node is called, asks for and gives; the work is in `step.ts`. */
import { problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, list, type ParamValues, text } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { categoriesAfter, replacements, typeAfter } from './mapping.ts';

export const textPattern = problem({
  code: 'export.text-pattern',
  at: { param: 'mode' },
  message: 'Replacing part of a text, by a pattern, or without regard to case cannot be written into an ONNX file.',
  hint: 'Match whole values, or prepare the data before it reaches the model.',
});

/** Why a text is no pattern; undefined when it is one. */
function patternFault(source: string): string | undefined {
  try {
    new RegExp(source, 'u');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
const validPatterns = (params: ParamValues) =>
  params.mode !== 'pattern' || replacements(params).every((pair) => patternFault(pair.find) === undefined);

export const replace: Kind = {
  id: 'prepare.replace',
  version: 1,
  title: 'Replace values',
  group: 'prepare',
  icon: 'replace',
  synonyms: [
    'df.replace',
    'map',
    'recode',
    'find and replace',
    'String Replacer',
    'Value Mapper',
    'Rule Engine',
    'Edit Domain',
    'Apply SQL Transformation',
    'substitute',
    'regex',
  ],
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
    if (!validPatterns(params)) return {};
    const changed = input.schema.columns.map((found) => {
      if (!chosen.has(found.name)) return found;
      const labels = found.categories && { categories: categoriesAfter(found.categories, params) };
      return { ...found, type: typeAfter(found.type, params), ...labels };
    });
    return { table: { ...input, schema: { ...input.schema, columns: changed } } };
  },
  check: ({ params }) =>
    params.mode === 'pattern'
      ? replacements(params).flatMap((pair) => {
          const fault = patternFault(pair.find);
          if (fault === undefined) return [];
          return problem({
            code: 'replace.pattern',
            at: { param: 'values' },
            args: { pattern: pair.find },
            message: `“${pair.find}” is not a valid pattern: ${fault}.`,
            hint: 'Correct the pattern, or match the whole value instead.',
          });
        })
      : [],
  exportable: ({ params }) => (params.mode === 'whole' && !params.ignoreCase ? true : textPattern),
  brief: (params) => {
    const pairs = replacements(params);
    if (pairs.length !== 1) return phrase('brief.values', '{count} {value|values}', { count: pairs.length });
    const [{ find, replace: by }] = pairs;
    const missing = phrase('brief.missing', 'missing');
    return phrase('brief.arrow', '{from} → {to}', { from: find || missing, to: by || missing });
  },
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
