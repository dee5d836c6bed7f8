/** Import ONNX: a file from elsewhere as a model, with its inputs mapped to columns and its classes named. */
import { phrase } from '../../base/words.ts';
import type { Kind, PortSchema } from '../../kind/kind.ts';
import { type FileRef, file, list, text } from '../../kind/params.ts';
import { type ColumnType, column } from '../../kind/schema.ts';

/** What `probe` finds in the file. */
interface Known {
  inputs: { name: string; type: ColumnType; categories?: string[] }[];
  task: 'classify' | 'regress';
  target?: string;
  classes?: string[];
}

function modelSchema(known: Known): PortSchema {
  return {
    type: 'model',
    inputs: { columns: known.inputs.map(({ name, type, categories }) => column(name, type, categories ? { categories } : {})) },
    task: known.task,
    ...(known.target === undefined ? {} : { target: known.target }),
    ...(known.classes ? { classes: known.classes } : {}),
    exportable: {
      code: 'onnx.foreign',
      severity: 'error',
      at: {},
      args: {},
      message: 'This model came from an ONNX file, so there is nothing to export.',
      hint: 'Use the file that it was imported from.',
    },
  };
}

export const importOnnx: Kind = {
  id: 'deliver.import-onnx',
  version: 1,
  title: 'Import ONNX',
  group: 'deliver',
  icon: 'onnx',
  synonyms: ['Load Model', 'onnxruntime', 'skl2onnx', 'Open model', 'ONNX Model Reader', 'foreign model', 'pretrained', 'InferenceSession'],
  summary: 'Open an ONNX file made elsewhere as a model that scores and is evaluated here; checked before it runs.',
  inputs: [],
  outputs: [{ id: 'model', title: 'Model', type: 'model' }],
  params: {
    file: file('File', 'Drop an .onnx file here or browse. It stays on this machine.', { accept: ['.onnx'] }),
    columns: list(
      'Columns',
      [],
      'Which column feeds which input, where the names differ. An input that takes several columns at once is listed once for each, in order.',
      {
        item: {
          input: text('Input', '', 'Name of the input in the file.'),
          column: text('Column', '', 'Name of the column in your tables.'),
        },
        itemLabel: 'column',
      },
    ),
    classes: text(
      'Classes',
      '',
      'The class names in the order of the file’s scores, one a line; leave empty where the file says so itself, or for a model that answers with a number.',
      {
        multiline: true,
        placeholder: 'no\nyes',
      },
    ),
    target: text('Target', '', 'The column that it predicts, so that Evaluate can compare.', { placeholder: 'none' }),
    label: text('Label output', '', 'Name of the output with the label; empty: found by its type.', { advanced: true }),
    scores: text('Score output', '', 'Name of the output with probabilities or values; empty: found by its type.', { advanced: true }),
  },
  schema: ({ known }) => ({ model: known ? modelSchema(known as unknown as Known) : undefined }),
  brief: ({ file: ref }) => (ref as unknown as FileRef | null)?.name ?? phrase('brief.no-file', 'no file yet'),
};
