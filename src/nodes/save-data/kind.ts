/** Save data: the table as a file, downloaded in the browser or written beside the pipeline by the command line. */
import type { Kind } from '../../kind/kind.ts';
import { choice, flag, text } from '../../kind/params.ts';

export const saveData: Kind = {
  id: 'data.save',
  version: 1,
  title: 'Save data',
  group: 'data',
  icon: 'save',
  synonyms: [
    'Export Data',
    'Convert to CSV',
    'download',
    'to_csv',
    'to_json',
    'CSV Writer',
    'to_parquet',
    'to_excel',
    'Excel Writer',
    'Parquet Writer',
    'xlsx',
    'write',
    'export table',
  ],
  summary: 'Save the table as a CSV, JSON, Parquet or Excel file.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'artefact', title: 'File', type: 'artefact' }],
  params: {
    name: text('File name', 'table', 'Without the extension; it follows from the format.', { pattern: '[^/\\\\:*?"<>|]{1,120}' }),
    format: choice(
      'Format',
      'csv',
      'CSV opens in every spreadsheet; JSON and Parquet keep numbers and texts apart; Parquet is the smallest.',
      {
        csv: 'CSV (commas, UTF-8)',
        json: 'JSON (a list of rows)',
        parquet: 'Parquet (columns, Snappy)',
        xlsx: 'Excel (one sheet)',
      },
    ),
    gzip: flag('Compress', false, 'Packs the file with gzip; pandas, R and Millrace read it as it is.', {
      when: { param: 'format', in: ['csv', 'json'] },
    }),
  },
  schema: () => ({ artefact: { type: 'artefact' } }),
  brief: ({ name, format, gzip }) =>
    `${String(name).trim() || 'table'}.${format}${gzip === true && (format === 'csv' || format === 'json') ? '.gz' : ''}`,
  tags: { effect: true },
};
