/** Fill missing: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem } from '../../base/problem.ts';
import { labelWords, phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, columns, flag, list, number, type ParamValues, text } from '../../kind/params.ts';
import { type ColumnSchema, column, derivedRole, findColumn, freeName } from '../../kind/schema.ts';
import { TYPE_NAMES } from '../../table/type-names.ts';
import { constantFor, FILLABLE, filledType, fillMethods, fillRules, overrides } from './plan.ts';

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
  const rules = new Map(fillRules(input.schema, params).map((rule) => [rule.column, rule]));
  const filled = input.schema.columns.map((found): ColumnSchema => {
    const rule = rules.get(found.name);
    if (!rule) return found;
    const label = rule.method === 'constant' && found.categories && !found.categories.includes(String(rule.value));
    return { ...found, type: filledType(rule), ...(label ? { categories: [...(found.categories ?? []), String(rule.value)] } : {}) };
  });
  const taken = new Set(filled.map((found) => found.name));
  const added = [...(params.indicator ? rules.keys() : [])].map((name) => {
    const role = derivedRole((findColumn(input.schema, name) as ColumnSchema).role);
    return column(freeName(`${name}_missing`, taken), 'boolean', { from: [name], role });
  });
  return { table: { ...input, schema: { ...input.schema, columns: [...filled, ...added] } } };
};

/** Rules of their own whose text does not fit their column. */
const check = ({ params, inputs }: SchemaContext): Problem[] =>
  overrides(params).flatMap((rule) => {
    const found = inputs.table?.type === 'table' ? findColumn(inputs.table.schema, rule.column) : undefined;
    if (!found || rule.method !== 'constant' || constantFor(found.type, rule.value) !== undefined) return [];
    return problem({
      code: 'fill.value',
      at: { param: 'overrides', column: rule.column },
      args: { column: rule.column, value: rule.value, type: found.type },
      message: phrase('fill.wrong-type', '“{value}” cannot be written into “{column}”, which is of the type {type}.', {
        value: rule.value,
        column: found.name,
        type: TYPE_NAMES[found.type],
      }),
      hint: 'Write a value of that type: a number, a date such as 2026-01-31, true or false, or a text.',
    });
  });

export const needsNeighbours = problem({
  code: 'export.neighbours',
  at: { param: 'numbers' },
  message: 'Filling from neighbouring rows needs other rows, which a single request does not have.',
  hint: 'Fill with the median or a constant to make the model exportable.',
});

/** Statistics learn; neighbours need an order: with a time column they look back, without one they are a barrier. */
const effects = (params: ParamValues) => {
  const methods = fillMethods(params);
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
    'imputation',
    'replace missing',
    'ffill',
    'bfill',
    'nan',
    'null',
    'empty cells',
  ],
  summary: 'Fill empty cells with the median, the mean, the most frequent value, a constant or a neighbour.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Which columns are filled. The target and identifiers never are.', {
      filter: FILLABLE,
    }),
    numbers: choice(
      'Numbers and dates',
      'median',
      'How empty numbers and dates are filled; true/false columns take the most frequent value. Statistics come from the training rows only.',
      NUMBER_METHODS,
      { alias: 'strategy' },
    ),
    number: number('Number', 0, 'The number written into empty number cells; dates and true/false columns need a rule of their own.', {
      when: { param: 'numbers', in: ['constant'] },
      alias: 'fill_value',
    }),
    labels: choice('Categories and text', 'mode', 'How empty labels are filled.', LABEL_METHODS),
    label: text('Text', 'missing', 'The text written into empty cells.', { when: { param: 'labels', in: ['constant'] } }),
    overrides: list('Other rules', [], 'A method of its own for single columns.', {
      itemLabel: 'Rule',
      item: {
        column: columnParam('Column', 'The column with a rule of its own.', { filter: FILLABLE }),
        method: choice('Method', 'median', 'How this column is filled.', { ...NUMBER_METHODS, constant: 'A value' }),
        value: text('Value', '', 'What is written: a number, a text, a date, true or false.', {
          when: { param: 'method', in: ['constant'] },
        }),
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
  check,
  // Without a time column neighbours are a barrier, from which a model starts afresh.
  exportable: ({ params }) => (effects(params).order === 'looks-back' ? needsNeighbours : true),
  brief: (params) => {
    const { numbers, labels } = params;
    return phrase('brief.fill', '{numbers} · {labels}', {
      numbers: labelWords(NUMBER_METHODS[numbers as keyof typeof NUMBER_METHODS]),
      labels: labelWords(LABEL_METHODS[labels as keyof typeof LABEL_METHODS]),
    });
  },
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
  effects,
};
