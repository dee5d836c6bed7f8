/** Export ONNX: the model and its preparation as one file that onnxruntime answers from, proved before it is given out. */
import type { Kind } from '../../kind/kind.ts';
import { flag, text } from '../../kind/params.ts';

export const exportOnnx: Kind = {
  id: 'deliver.export-onnx',
  version: 1,
  title: 'Export ONNX',
  group: 'deliver',
  icon: 'onnx',
  synonyms: [
    'Save Model',
    'skl2onnx',
    'to_onnx',
    'onnxruntime',
    'Convert to ONNX',
    'Export Model',
    'PMML Writer',
    'deploy',
    'download model',
    'pickle',
    'joblib.dump',
  ],
  summary: 'Write the model with its preparation as one ONNX file, proved row by row against this app.',
  inputs: [
    { id: 'model', title: 'Model', type: 'model', required: true },
    { id: 'table', title: 'Held-out rows', type: 'table' },
  ],
  outputs: [{ id: 'artefact', title: 'ONNX file', type: 'artefact' }],
  params: {
    name: text('File name', 'model', 'Without the extension .onnx.', { pattern: '[^/\\\\:*?"<>|]{1,120}' }),
    download: flag(
      'Save the file',
      true,
      'Hands the file over when it is proved: a download here, a file beside the pipeline in the command line.',
      {
        effect: 'result',
      },
    ),
  },
  schema: () => ({ artefact: { type: 'artefact' } }),
  check: ({ inputs }) => {
    const { model } = inputs;
    if (model?.type !== 'model' || model.exportable === true) return [];
    return [{ ...model.exportable, at: { ...model.exportable.at, port: 'model' } }];
  },
  exportable: ({ inputs }) => (inputs.model?.type === 'model' ? inputs.model.exportable : true),
  brief: ({ name }) => `${String(name).trim() || 'model'}.onnx`,
  tags: { effect: true },
};
