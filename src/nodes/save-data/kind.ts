/** Save data: the table as a file, downloaded in the browser or written beside the pipeline by the command line. */
import type { Kind } from '../../kind/kind.ts';
import { choice, text } from '../../kind/params.ts';

export const saveData: Kind = {
  id: 'data.save',
  version: 1,
  title: 'Save data',
  group: 'data',
  icon: 'save',
  synonyms: ['Export Data', 'Convert to CSV', 'download', 'to_csv', 'to_json', 'CSV Writer', 'write', 'export table'],
  summary: 'Save the table as a CSV or JSON file.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'artefact', title: 'File', type: 'artefact' }],
  params: {
    name: text('File name', 'table', 'Without the extension; it follows from the format.', { pattern: '[^/\\\\:*?"<>|]{1,120}' }),
    format: choice('Format', 'csv', 'CSV opens in every spreadsheet; JSON keeps numbers and texts apart.', {
      csv: 'CSV (commas, UTF-8)',
      json: 'JSON (a list of rows)',
    }),
  },
  schema: () => ({ artefact: { type: 'artefact' } }),
  brief: ({ name, format }) => `${String(name).trim() || 'table'}.${String(format)}`,
  tags: { effect: true },
};
