/** Score: what the node is called, asks for and gives. */
import { type Problem, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { column, findColumn, type TableSchema } from '../../kind/schema.ts';

/** Columns that the model needs and the table lacks; only a hint, because the table's source may still have them. */
function check({ inputs }: SchemaContext): Problem[] {
  const { model, table } = inputs;
  if (model?.type !== 'model' || table?.type !== 'table' || table.schema.open || model.inputs.open) return [];
  const missing = model.inputs.columns.filter((input) => !findColumn(table.schema, input.name)).map((input) => input.name);
  if (missing.length === 0) return [];
  return [
    problem({
      code: 'score.maybe-missing',
      severity: 'note',
      at: { port: 'table', column: missing[0] },
      args: { missing },
      message: phrase('score.not-shown', 'The table does not show {columns}, which the model was trained on.', {
        columns: missing.slice(0, 6).join(', ') + (missing.length > 6 ? ' …' : ''),
      }),
      hint: phrase(
        'score.from-source',
        'It works when the table comes from a source that has them; the model then prepares the raw columns itself.',
      ),
    }),
  ];
}

function scoredSchema(
  { columns, ...rest }: TableSchema,
  target: string | undefined,
  task: string | undefined,
  classes: readonly string[] | undefined,
): TableSchema {
  const known = columns.find((entry) => entry.name === target);
  const type = task === 'classify' ? (known?.type ?? 'category') : 'number';
  const of = target === undefined ? {} : { of: target };
  const added = [
    column('predicted', type, { role: 'prediction', ...of, ...(classes ? { categories: classes } : {}) }),
    ...(classes ?? []).map((label) => column(`P(${label})`, 'number', { role: 'probability', className: label, ...of })),
  ];
  const taken = new Set(columns.map((entry) => entry.name));
  const fresh = added.filter((entry) => !taken.has(entry.name));
  const complete = fresh.length === added.length && task !== undefined && (task !== 'classify' || classes !== undefined);
  return { ...rest, columns: [...columns, ...fresh], ...(complete ? {} : { open: true }) };
}

export const score: Kind = {
  id: 'evaluate.score',
  version: 1,
  title: 'Score',
  group: 'evaluate',
  icon: 'score',
  synonyms: ['Score Model', 'predict', 'Predictions', 'Predictor', 'predict_proba', 'apply model', 'Scored Labels', 'inference'],
  summary: 'Predict for every row: adds the predicted value and, for classes, their probabilities.',
  inputs: [
    { id: 'model', title: 'Model', type: 'model', required: true },
    { id: 'table', title: 'Rows to score', type: 'table', required: true },
  ],
  outputs: [{ id: 'table', title: 'Scored rows', type: 'table' }],
  params: {},
  schema: ({ inputs }) => {
    const { model, table } = inputs;
    if (table?.type !== 'table' || model?.type !== 'model') return {};
    return { table: { ...table, schema: scoredSchema(table.schema, model.target, model.task, model.classes) } };
  },
  check,
  rows: 'new',
  learns: false,
  order: 'free',
  target: 'never',
};
