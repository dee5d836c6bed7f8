/** Load model: a registered model of this workspace, ready to score. */
import type { Kind, PortSchema } from '../../kind/kind.ts';
import { catalogue } from '../../kind/params.ts';
import { versionBrief, versionParam } from '../version-param.ts';

export const loadModel: Kind = {
  id: 'deliver.load-model',
  version: 1,
  title: 'Load model',
  group: 'deliver',
  icon: 'box-open',
  synonyms: ['registered model', 'Model Reader', 'import model', 'joblib.load', 'pickle', 'trained model', 'registry'],
  summary: 'Read a registered model by version or alias, to score tables with it.',
  inputs: [],
  outputs: [{ id: 'model', title: 'Model', type: 'model' }],
  params: {
    name: catalogue('Model', 'model', '', 'Which model of this workspace to load.'),
    version: versionParam('one', ', or an alias such as champion'),
  },
  schema: ({ known }) => {
    const head = known !== null && typeof known === 'object' && !Array.isArray(known) ? known.head : undefined;
    return { model: head ? ({ type: 'model', ...(head as object) } as PortSchema) : undefined };
  },
  brief: ({ name, version }) => versionBrief(name, version),
};
