/** Explain: what the node is called, asks for and gives. */
import type { Kind } from '../../kind/kind.ts';
import { integer, text } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import { checkRows } from '../../recipe/series-model.ts';

export const explain: Kind = {
  id: 'evaluate.explain',
  version: 1,
  title: 'Explain',
  group: 'evaluate',
  icon: 'explain',
  synonyms: [
    'SHAP',
    'Explain Model',
    'Explain Prediction',
    'Explain Predictions',
    'TreeExplainer',
    'feature contributions',
    'Shapley values',
    'why',
  ],
  summary:
    'Show what each column adds to the score of each row (SHAP values: exact for trees and linear models, measured by sampling for all others), and how much it adds on average.',
  inputs: [
    { id: 'model', title: 'Model', type: 'model', required: true },
    { id: 'table', title: 'Rows to explain', type: 'table', required: true },
  ],
  outputs: [
    { id: 'table', title: 'Explained rows', type: 'table' },
    { id: 'columns', title: 'Effect by column', type: 'table' },
  ],
  params: {
    rows: integer('Most rows', 200, 'So many rows, evenly spread, are explained; large forests take long for each.', {
      min: 1,
      max: 100000,
      log: true,
    }),
    class: text(
      'Class',
      '',
      'The class whose score is explained. Empty: of two classes the positive one, of more that of each row’s answer.',
    ),
  },
  check: ({ inputs }) => checkRows(inputs.model),
  schema: () => ({
    table: {
      type: 'table',
      schema: { columns: [column('start', 'number', { role: 'meta' }), column('score', 'number', { role: 'meta' })], open: true },
    },
    columns: { type: 'table', schema: { columns: [column('column', 'category'), column('mean absolute effect', 'number')] } },
  }),
  rows: 'new',
  learns: false,
  order: 'free',
  target: 'never',
  tags: { slow: true, view: 'bars' },
};
