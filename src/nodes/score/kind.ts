/** Score: what the node is called, asks for and gives. */
import { type Problem, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, flag, number, type ParamValues, text } from '../../kind/params.ts';
import { column, findColumn, type TableSchema } from '../../kind/schema.ts';
import { predictionName, probabilityName, type ScoredColumns, staysBeside } from '../../recipe/scored-columns.ts';
import { checkRows } from '../../recipe/series-model.ts';

/** Columns that the model needs and the table lacks; only a hint, because the table's source may still have them. */
function check({ inputs }: SchemaContext): Problem[] {
  const { model, table } = inputs;
  const series = checkRows(model);
  if (series.length > 0) return series;
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

export const scoredColumns = ({ names, keep, threshold, probabilities, prefix }: ParamValues): ScoredColumns => ({
  names: names === 'azure' ? 'azure' : 'plain',
  keep: keep !== false,
  threshold: typeof threshold === 'number' ? threshold : null,
  probabilities: probabilities !== false,
  prefix: typeof prefix === 'string' ? prefix : '',
});

function scoredSchema(
  { columns: all, ...rest }: TableSchema,
  wanted: ScoredColumns,
  target: string | undefined,
  task: string | undefined,
  classes: readonly string[] | undefined,
): TableSchema {
  const columns = all.filter((entry) => staysBeside(wanted, entry, target));
  const known = all.find((entry) => entry.name === target);
  const type = task === 'classify' ? (known?.type ?? 'category') : 'number';
  const of = target === undefined ? {} : { of: target };
  const added = [
    column(predictionName(wanted), type, { role: 'prediction', ...of, ...(classes ? { categories: classes } : {}) }),
    ...(wanted.probabilities ? (classes ?? []) : []).map((label) =>
      column(probabilityName(wanted, label), 'number', { role: 'probability', className: label, ...of }),
    ),
  ];
  const taken = new Set(columns.map((entry) => entry.name));
  const fresh = added.filter((entry) => !taken.has(entry.name));
  const complete =
    fresh.length === added.length && task !== undefined && (task !== 'classify' || classes !== undefined || !wanted.probabilities);
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
  params: {
    names: choice('Names of the new columns', 'plain', 'What the prediction and the probabilities are called.', {
      plain: 'predicted, P(class)',
      azure: 'Scored Labels, Scored Probabilities_class',
    }),
    prefix: text('Prefix', '', 'Put before the new names, to tell the answers of several models apart, for example “forest ”.', {
      placeholder: 'none',
    }),
    probabilities: flag(
      'Add probabilities',
      true,
      'A column for each class with how likely it is. Evaluate needs them for curves and log-loss.',
    ),
    keep: flag('Keep the other columns', true, 'Off: only identifiers, the target and predictions stay beside the new columns.'),
    threshold: number('Threshold', null, 'Of two classes, the positive one is predicted from this probability on.', {
      min: 0,
      max: 1,
      step: 0.05,
      auto: 'the likelier class',
      advanced: true,
    }),
  },
  schema: ({ params, inputs }) => {
    const { model, table } = inputs;
    if (table?.type !== 'table' || model?.type !== 'model') return {};
    return { table: { ...table, schema: scoredSchema(table.schema, scoredColumns(params), model.target, model.task, model.classes) } };
  },
  check,
  rows: 'new',
  learns: false,
  order: 'free',
  target: 'never',
};
