/** JavaScript script: the user's own code on tables, in a sandbox. */
import { problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { flag, number, text } from '../../kind/params.ts';
import type { ColumnSchema } from '../../kind/schema.ts';

const EXAMPLE = `// df is the first table as a danfojs DataFrame; tables[0] has its columns as plain lists.
// Return a DataFrame, a list of rows such as [{a: 1}], or columns such as {a: [1, 2]}.
return df;
`;

export const oneTable = problem({
  code: 'script.one-table',
  at: { param: 'oneToOne' },
  message: '“One row in, one row out” needs exactly one table.',
  hint: 'Untick it, or wire one table only.',
});

const notInOnnx = problem({
  code: 'export.script',
  at: { param: 'oneToOne' },
  message: 'Scripts cannot be in an ONNX file, and with “One row in, one row out” the script is part of the model.',
  hint: 'Write it as a Formula, or untick it: the model then starts at the columns that the script gives. In the app the model works as it is.',
});

export const script: Kind = {
  id: 'script.javascript',
  version: 1,
  title: 'JavaScript script',
  group: 'script',
  icon: 'code',
  synonyms: [
    'Execute Python Script',
    'Python Script',
    'custom code',
    'danfojs',
    'DataFrame',
    'pandas',
    'apply',
    'map',
    'Java Snippet',
    'Execute R Script',
  ],
  summary: 'Run your own JavaScript on the tables, with danfojs at hand.',
  inputs: [{ id: 'table', title: 'Tables', type: 'table', many: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    source: text('Code', EXAMPLE, 'Names you have: df, dfd, tables, params and log. In the browser it can reach no site and no storage.', {
      multiline: true,
      language: 'javascript',
    }),
    oneToOne: flag(
      'One row in, one row out',
      false,
      'Tick when each row is computed from itself alone: a model then runs the script again on the rows that it scores. The script does not see the target, and such a model cannot be an ONNX file.',
    ),
    deadline: number('Time limit', 60, 'The script is stopped after this long.', { unit: 's', min: 1, max: 3600, advanced: true }),
  },
  // Before the first run nobody knows the columns; after it they are likely, never certain.
  schema: ({ known }) => ({
    table: { type: 'table', schema: { columns: (known as unknown as ColumnSchema[] | undefined) ?? [], open: true } },
  }),
  check: ({ params, lists, wired }) => [
    ...(String(params.source).trim() === ''
      ? [
          problem({
            code: 'script.empty',
            at: { param: 'source' },
            message: 'There is no code yet.',
            hint: 'Write a script that returns a table, for example: return df;',
          }),
        ]
      : []),
    ...(params.oneToOne && ((lists.table ?? []).length > 1 || wired?.includes('table') === false) ? [oneTable] : []),
  ],
  exportable: ({ params }) => (params.oneToOne ? notInOnnx : true),
  brief: ({ source }) => phrase('brief.lines', '{count} {line|lines}', { count: String(source).trimEnd().split('\n').length }),
  tags: { sandbox: true },
  rows: 'new',
  effects: ({ oneToOne }) => (oneToOne ? { rows: 'keep', learns: false, order: 'free' } : { learns: true, order: 'whole' }),
};
