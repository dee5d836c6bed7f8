/** Evaluate: what the node is called, asks for and gives. */
import { type Problem, problem } from '../../base/problem.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { checkRows } from '../../recipe/series-model.ts';

/** Without a model, every table must have been scored. */
function check({ inputs, lists, wired }: SchemaContext): Problem[] {
  const series = checkRows(inputs.model);
  if (series.length > 0) return series;
  if (inputs.model || wired?.includes('model')) return [];
  return (lists.table ?? []).flatMap((input, i) => {
    if (input.type !== 'table' || input.schema.open || input.schema.columns.some((column) => column.role === 'prediction')) return [];
    return [
      problem({
        code: 'evaluate.not-scored',
        at: { port: 'table' },
        args: { place: i + 1 },
        message: 'There are no predictions in the table to evaluate.',
        hint: 'Put a Score step before, or wire a model to this step as well.',
      }),
    ];
  });
}

export const evaluate: Kind = {
  id: 'evaluate.evaluate',
  version: 1,
  title: 'Evaluate',
  group: 'evaluate',
  icon: 'evaluate',
  synonyms: [
    'Evaluate Model',
    'Scorer',
    'Test and Score',
    'ROC Curve',
    'Confusion Matrix',
    'metrics',
    'accuracy_score',
    'roc_auc_score',
    'classification_report',
  ],
  summary: 'Measure how good predictions are: metrics, confusion matrix, ROC, residuals; one or more models side by side.',
  inputs: [
    { id: 'model', title: 'Model', type: 'model' },
    { id: 'table', title: 'Scored rows, or rows for the model', type: 'table', required: true, many: true },
  ],
  outputs: [{ id: 'results', title: 'Results', type: 'results' }],
  params: {},
  schema: () => ({ results: { type: 'results' } }),
  check,
  tags: { view: 'results' },
};
