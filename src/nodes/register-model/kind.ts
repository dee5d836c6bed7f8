/** Register model: keeps a model in this workspace as the next version of its name, with its ONNX file, proved. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { text } from '../../kind/params.ts';
import { tagsParam } from '../tags-param.ts';

export const registerModel: Kind = {
  id: 'deliver.register-model',
  version: 1,
  title: 'Register model',
  group: 'deliver',
  icon: 'box',
  synonyms: [
    'Model registry',
    'Save Model',
    'Model Writer',
    'joblib.dump',
    'log_model',
    'mlflow',
    'publish',
    'version model',
    'Register Trained Model',
  ],
  summary: 'Keep the model in this workspace, with an ONNX file that is proved to answer alike.',
  inputs: [
    { id: 'model', title: 'Model', type: 'model', required: true },
    { id: 'table', title: 'Held-out rows', type: 'table' },
    { id: 'results', title: 'Results', type: 'results' },
  ],
  outputs: [{ id: 'artefact', title: 'Registered model', type: 'artefact' }],
  params: {
    name: text('Name', '', 'The model to add a version to, or a new name. Empty: named after what it predicts.', {
      placeholder: 'named after the target',
      pattern: '[^/\\\\:@]{1,80}',
    }),
    description: text('Description', '', 'What the model is for and what to mind when using it.', { multiline: true }),
    tags: tagsParam,
  },
  schema: () => ({ artefact: { type: 'artefact' } }),
  brief: ({ name }) => String(name).trim() || phrase('brief.named-after-target', 'named after the target'),
  tags: { effect: true, view: 'registered-model' },
};
