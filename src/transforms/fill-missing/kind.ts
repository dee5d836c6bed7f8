/** Fill missing: what the node is called, asks for and gives; the work is in `step.ts`. */
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, columns, flag, list, number, type ParamValues, text } from '../../kind/params.ts';
import { column, type TableSchema } from '../../kind/schema.ts';
import { fillPlan, fillRules } from './plan.ts';

const NUMBER_METHODS = {
  median: 'Median',
  mean: 'Mean',
  mode: 'Most frequent',
  constant: 'A number',
  ffill: 'Value before',
  bfill: 'Value after',
  leave: 'Leave missing',
};
const LABEL_METHODS = { mode: 'Most frequent', constant: 'A text', ffill: 'Value before', bfill: 'Value after', leave: 'Leave missing' };

const schema = ({ params, inputs }: SchemaContext) => {
  const input = inputs.table;
  if (input?.type !== 'table') return {};
  const flagged = params.indicator ? fillRules(input.schema, params).map((rule) => rule.column) : [];
  const added = flagged.map((name) => column(`${name}_missing`, 'boolean', { from: [name] }));
  const rules = new Map(fillRules(input.schema, params).map((rule) => [rule.column, rule]));
  // A mean or a median of whole numbers need not be whole.
  const filled = input.schema.columns.map((found) => {
    const rule = rules.get(found.name);
    const real =
      rule && (rule.method === 'mean' || rule.method === 'median' || (rule.method === 'constant' && !Number.isInteger(rule.value)));
    return found.type === 'integer' && real ? { ...found, type: 'number' as const } : found;
  });
  const output: TableSchema = { ...input.schema, columns: [...filled, ...added] };
  return { table: { ...input, schema: output } };
};

/** Statistics learn; neighbours need an order: with a time column they look back, without one they are a barrier. */
const effects = (params: ParamValues) => {
  const methods = fillPlan(params).methods;
  if (methods.includes('bfill') || (methods.includes('ffill') && !params.time))
    return { rows: 'new', learns: true, order: 'whole' } as const;
  const learns = methods.some((method) => ['median', 'mean', 'mode'].includes(method));
  return { rows: 'keep', learns, order: methods.includes('ffill') ? 'looks-back' : 'free' } as const;
};

export const fillMissing: Kind = {
  id: 'prepare.fill-missing',
  version: 1,
  title: 'Fill missing',
  group: 'prepare',
  icon: 'fill',
  synonyms: [
    'fillna',
    'Clean Missing Data',
    'Impute',
    'Missing Value',
    'SimpleImputer',
    'replace missing',
    'ffill',
    'bfill',
    'nan',
    'null',
  ],
  summary: 'Fill empty cells with the median, the mean, the most frequent value, a constant or a neighbour.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Which columns are filled.', {
      filter: { roles: ['feature', 'meta', 'group', 'weight', 'time'] },
    }),
    numbers: choice(
      'Numbers and dates',
      'median',
      'How empty numbers are filled. Statistics come from the training rows only.',
      NUMBER_METHODS,
      { alias: 'strategy' },
    ),
    number: number('Number', 0, 'The number written into empty cells.', {
      when: { param: 'numbers', in: ['constant'] },
      alias: 'fill_value',
    }),
    labels: choice('Categories and text', 'mode', 'How empty labels are filled.', LABEL_METHODS),
    label: text('Text', 'missing', 'The text written into empty cells.', { when: { param: 'labels', in: ['constant'] } }),
    overrides: list('Other rules', [], 'A method of its own for single columns.', {
      itemLabel: 'Rule',
      item: {
        column: columnParam('Column', 'The column with a rule of its own.'),
        method: choice('Method', 'median', 'How this column is filled.', NUMBER_METHODS),
        value: text('Value', '', 'For “A number” or “A text”: what is written.'),
      },
    }),
    indicator: flag('Mark filled cells', false, 'Adds a true/false column per filled column that says where a value was missing.', {
      alias: 'add_indicator',
    }),
    time: columnParam('Order by', 'For “Value before”: rows are ordered by this column first.', {
      advanced: true,
      optional: true,
      filter: { types: ['datetime', 'number', 'integer'] },
    }),
  },
  schema,
  exportable: ({ params }) =>
    effects(params).order === 'free'
      ? true
      : {
          code: 'export.neighbours',
          severity: 'error',
          at: { param: 'numbers' },
          args: {},
          message: 'Filling from neighbouring rows needs other rows, which a single request does not have.',
          hint: 'Fill with the median or a constant to make the model exportable.',
        },
  brief: (params) => {
    const { numbers, labels } = params;
    return `${NUMBER_METHODS[numbers as keyof typeof NUMBER_METHODS] ?? numbers} · ${LABEL_METHODS[labels as keyof typeof LABEL_METHODS] ?? labels}`.toLowerCase();
  },
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
  effects,
};
