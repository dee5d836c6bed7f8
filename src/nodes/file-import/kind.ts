/** File import: a CSV, JSON, Parquet or Excel file as a table; how it is read is guessed, shown and overridable. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, type FileRef, file, integer, list, text } from '../../kind/params.ts';
import { checkTarget, sourceSchema } from '../source-schema.ts';

const csvOnly = { when: { param: 'format', in: ['auto', 'csv'] }, advanced: true };

export const fileImport: Kind = {
  id: 'data.file-import',
  version: 1,
  title: 'File import',
  group: 'data',
  icon: 'csv',
  synonyms: [
    'Import Data',
    'CSV',
    'CSV File Import',
    'read_csv',
    'load',
    'open',
    'upload',
    'Excel',
    'Parquet',
    'JSON',
    'TSV',
    'File Reader',
  ],
  summary: 'Read a CSV, JSON, Parquet or Excel file into a table.',
  inputs: [],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    file: file('File', 'Drop a file here or browse. It stays on this machine.', {
      accept: ['.csv', '.tsv', '.txt', '.tab', '.dat', '.json', '.ndjson', '.jsonl', '.parquet', '.xlsx', '.gz'],
    }),
    target: columnParam('Target', 'The column to predict later; it can also be chosen in the learner.', { optional: true }),
    types: list(
      'Column types',
      [],
      'Set a type where the guess is not what you want. Cells that do not fit become missing and are counted.',
      {
        item: {
          column: columnParam('Column', 'Which column.'),
          type: choice('Type', 'category', 'What its cells are.', {
            number: 'Number',
            integer: 'Whole number',
            boolean: 'True or false',
            category: 'Category',
            text: 'Text',
            datetime: 'Date and time',
          }),
        },
        itemLabel: 'column type',
      },
    ),
    format: choice(
      'Format',
      'auto',
      'What kind of file it is.',
      { auto: 'Guess', csv: 'CSV or other text', json: 'JSON', parquet: 'Parquet', excel: 'Excel (.xlsx)' },
      { advanced: true },
    ),
    sheet: text('Sheet', '', 'Name of the sheet to read; empty = the first.', {
      when: { param: 'format', in: ['auto', 'excel'] },
      advanced: true,
      placeholder: 'first sheet',
    }),
    delimiter: choice(
      'Delimiter',
      'auto',
      'What stands between cells.',
      { auto: 'Guess', comma: 'Comma ,', semicolon: 'Semicolon ;', tab: 'Tab', pipe: 'Pipe |', space: 'Spaces, as many as it takes' },
      { ...csvOnly, alias: 'sep' },
    ),
    quote: choice(
      'Quote sign',
      'auto',
      'What stands around cells that hold the delimiter or a line break.',
      { auto: 'Guess', double: 'Double "', single: "Single '", none: 'None' },
      csvOnly,
    ),
    decimal: choice(
      'Decimal sign',
      'auto',
      'How 1.5 is written; the other sign may separate thousands.',
      { auto: 'Guess', point: 'Point 1.5', comma: 'Comma 1,5' },
      csvOnly,
    ),
    encoding: choice(
      'Encoding',
      'auto',
      'How letters are stored. Change it when accents or Chinese look wrong.',
      {
        auto: 'Guess',
        'utf-8': 'UTF-8',
        'windows-1252': 'Western (Windows-1252)',
        'utf-16le': 'UTF-16 LE',
        'utf-16be': 'UTF-16 BE',
        gb18030: 'Chinese (GB 18030)',
        big5: 'Chinese (Big5)',
        shift_jis: 'Japanese (Shift JIS)',
        'euc-kr': 'Korean (EUC-KR)',
        'windows-1251': 'Cyrillic (Windows-1251)',
        'iso-8859-2': 'Central European (ISO 8859-2)',
      },
      csvOnly,
    ),
    header: choice(
      'First row holds names',
      'auto',
      'Whether the first row names the columns.',
      { auto: 'Guess', yes: 'Yes', no: 'No' },
      { ...csvOnly, alias: 'header' },
    ),
    skipLines: integer('Skip lines', null, 'Lines to leave out before the table.', {
      ...csvOnly,
      min: 0,
      auto: 'Guess',
      alias: 'skiprows',
    }),
    comment: text('Comment sign', '', 'Lines that begin with this character are left out.', {
      ...csvOnly,
      placeholder: 'none',
      pattern: '^.?$',
    }),
    missing: text(
      'Missing-value texts',
      '',
      'Cell texts that mean “missing”, with commas between. Empty = the usual ones (NA, null, ? …).',
      {
        ...csvOnly,
        placeholder: 'NA, N/A, null, ?',
        alias: 'na_values',
      },
    ),
    dateOrder: choice(
      'Date order',
      'auto',
      'How 01/02/2023 is read.',
      { auto: 'Guess', 'month-first': 'Month first (2 January)', 'day-first': 'Day first (1 February)' },
      csvOnly,
    ),
  },
  schema: ({ params, known }) => {
    const schema = sourceSchema(known, params.target);
    return { table: schema && { type: 'table', schema } };
  },
  check: checkTarget,
  brief: (params) => (params.file as unknown as FileRef | null)?.name ?? phrase('brief.no-file', 'no file yet'),
};
