/** Polynomial features: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { column } from '../../kind/schema.ts';
import { MOST_PRODUCTS, productCount, productsOf, tooMany } from './products.ts';

export const FACTORS = { types: ['number', 'integer', 'boolean'], roles: ['feature'] } as const;

function chosenIn({ params, inputs }: SchemaContext): { names: string[]; count: number } {
  const input = inputs.table;
  const names = input?.type === 'table' ? resolveColumns(params.columns as ColumnPick, input.schema, FACTORS) : [];
  return { names, count: productCount(names.length, Number(params.degree), params.interactions === true) };
}

export const polynomial: Kind = {
  id: 'features.polynomial',
  version: 1,
  title: 'Polynomial features',
  group: 'features',
  icon: 'powers',
  synonyms: [
    'PolynomialFeatures',
    'Interactions',
    'Interaction terms',
    'Products of columns',
    'Squares',
    'Cross features',
    'Polynomial regression',
    'poly',
    'Feature crosses',
  ],
  summary: 'Add the products of number columns, so that straight-line models can follow curves and columns that work together.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Number and yes/no columns to multiply. A product with a missing number is missing.', {
      filter: FACTORS,
    }),
    degree: choice('Degree', '2', 'Products of two columns, or of three too.', { 2: '2', 3: '3' }, { alias: 'degree' }),
    interactions: flag('Different columns only', false, 'Leaves out squares and cubes.', { alias: 'interaction_only' }),
  },
  schema: (context) => {
    const input = context.inputs.table;
    if (input?.type !== 'table') return {};
    const { names, count } = chosenIn(context);
    if (count > MOST_PRODUCTS) return { table: input };
    const taken = new Set(input.schema.columns.map((found) => found.name));
    const made = productsOf(names, taken, Number(context.params.degree), context.params.interactions === true).map(({ name, factors }) =>
      column(name, 'number', { from: [...new Set(factors.map((f) => names[f]))] }),
    );
    return { table: { ...input, schema: { ...input.schema, columns: [...input.schema.columns, ...made] } } };
  },
  check: (context) => {
    const { count } = chosenIn(context);
    return count > MOST_PRODUCTS ? [tooMany(count)] : [];
  },
  exportable: () => true,
  brief: ({ degree, interactions }) =>
    interactions
      ? phrase('brief.interactions', 'degree {degree}, different columns', { degree: String(degree) })
      : phrase('brief.degree', 'degree {degree}', { degree: String(degree) }),
  rows: 'keep',
  // Which columns are multiplied is settled on the learning rows; nothing else is learned.
  learns: true,
  order: 'free',
  target: 'never',
};
