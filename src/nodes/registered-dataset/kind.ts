/** Registered dataset: a version of a dataset in this workspace as a table. */
import type { Kind } from '../../kind/kind.ts';
import { catalogue } from '../../kind/params.ts';
import { sourceSchema } from '../source-schema.ts';
import { versionBrief, versionParam } from '../version-param.ts';

export const registeredDataset: Kind = {
  id: 'data.registered-dataset',
  version: 1,
  title: 'Registered dataset',
  group: 'data',
  icon: 'database',
  synonyms: ['dataset', 'datastore', 'data asset', 'Import Data', 'read_table', 'Table Reader', 'catalogue'],
  summary: 'Read a dataset that was registered in this workspace.',
  inputs: [],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    name: catalogue('Dataset', 'dataset', '', 'Which dataset of this workspace to read.'),
    version: versionParam('one'),
  },
  schema: ({ known }) => {
    const schema = sourceSchema(known);
    return { table: schema && { type: 'table', schema } };
  },
  brief: ({ name, version }) => versionBrief(name, version),
};
