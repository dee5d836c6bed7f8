/** Register dataset: keeps a table in this workspace as the next version of a named dataset. */
import { problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { text } from '../../kind/params.ts';
import { tagsParam } from '../tags-param.ts';

export const registerDataset: Kind = {
  id: 'data.register-dataset',
  version: 1,
  title: 'Register dataset',
  group: 'data',
  icon: 'database-plus',
  synonyms: ['Convert to Dataset', 'create data asset', 'save dataset', 'Table Writer', 'to_sql', 'store', 'version data'],
  summary: 'Keep the table in this workspace as the next version of a dataset.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'artefact', title: 'Registered dataset', type: 'artefact' }],
  params: {
    name: text('Name', '', 'The dataset to add a version to, or a new name.', { placeholder: 'customers', pattern: '[^/\\\\:@]{1,80}' }),
    description: text('Description', '', 'What the rows are and where they come from.', { multiline: true }),
    tags: tagsParam,
  },
  schema: () => ({ artefact: { type: 'artefact' } }),
  check: ({ params }) =>
    String(params.name).trim() === ''
      ? [
          problem({
            code: 'register-dataset.no-name',
            at: { param: 'name' },
            message: 'The dataset has no name yet.',
            hint: 'Type the name to register it under.',
          }),
        ]
      : [],
  brief: ({ name }) => String(name).trim() || phrase('brief.no-name', 'no name yet'),
  tags: { effect: true },
};
