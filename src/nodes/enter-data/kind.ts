/** Enter data: a small table typed into a sheet, or pasted as CSV text; it is part of the pipeline itself. */
import { problem } from '../../base/problem.ts';
import { phrase, rowsOf } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, grid, type ParamValues, text } from '../../kind/params.ts';
import { checkTarget, sourceSchema } from '../source-schema.ts';
import { sheetOf } from './sheet.ts';

const EXAMPLE = {
  columns: [
    { name: 'name', type: 'category' },
    { name: 'value', type: 'number' },
  ],
  rows: [
    ['a', '1'],
    ['b', '2'],
  ],
};

const rowCountOf = (params: ParamValues) =>
  params.source === 'sheet'
    ? (sheetOf(params.sheet)?.rows.length ?? 0)
    : String(params.csv)
        .split('\n')
        .filter((line) => line.trim()).length - 1;

export const enterData: Kind = {
  id: 'data.enter',
  version: 1,
  title: 'Enter data',
  group: 'data',
  icon: 'grid',
  synonyms: ['Enter Data Manually', 'Create Instance', 'Table Creator', 'DataFrame', 'type in', 'paste', 'inline data', 'manual'],
  summary: 'Type a small table, or paste it as text.',
  inputs: [],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    source: choice('Enter as', 'sheet', 'A sheet with typed columns, or pasted text whose types are guessed.', {
      sheet: 'Sheet',
      csv: 'CSV text',
    }),
    sheet: grid('Sheet', EXAMPLE, 'Columns have a name and a type; empty cells are missing.', { when: { param: 'source', in: ['sheet'] } }),
    csv: text('CSV text', 'name,value\na,1\nb,2\n', 'Paste rows from a spreadsheet or a CSV file; the first row holds the names.', {
      multiline: true,
      language: 'csv',
      when: { param: 'source', in: ['csv'] },
    }),
    target: columnParam('Target', 'The column to predict later; it can also be chosen in the learner.', { optional: true }),
  },
  schema: ({ params, known }) => {
    const schema = sourceSchema(known, params.target);
    return { table: schema && { type: 'table', schema } };
  },
  check: (context) => {
    const { params } = context;
    if (params.source !== 'sheet') return checkTarget(context);
    const sheet = sheetOf(params.sheet);
    const at = { param: 'sheet' };
    if (!sheet) {
      const message = 'The sheet is not a table of named columns and rows of texts.';
      return [problem({ code: 'enter-data.sheet', at, message, hint: 'Clear the sheet and enter the rows again.' })];
    }
    const names = sheet.columns.map((column) => column.name.trim());
    const twice = names.find((name, i) => name === '' || names.indexOf(name) !== i);
    if (twice === undefined) return checkTarget(context);
    const message =
      twice === ''
        ? phrase('enter-data.unnamed', 'A column of the sheet has no name.')
        : phrase('enter-data.twice', 'Two columns of the sheet are called “{name}”.', { name: twice });
    return [problem({ code: 'enter-data.names', at, args: { name: twice }, message, hint: 'Give every column a name of its own.' })];
  },
  brief: (params) => {
    return rowsOf(Math.max(rowCountOf(params), 0));
  },
};
