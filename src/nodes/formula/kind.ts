/** Formula: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, toProblem } from '../../base/problem.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { formula as formulaParam, list, type ParamValues, text } from '../../kind/params.ts';
import { type ColumnSchema, column, type TableSchema } from '../../kind/schema.ts';
import { columnsRead, type Expression } from '../../table/formula/ast.ts';
import { type FormulaTypes, formulaTypes } from '../../table/formula/check.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { unlowerable } from './unlowerable.ts';

export interface FormulaItem {
  name: string;
  formula: string;
}
/** Formulas that have a name and a text, in order; later ones may use earlier results. */
export const formulaItems = (params: ParamValues): FormulaItem[] =>
  (params.formulas as unknown as FormulaItem[]).filter((item) => item.name.trim() && item.formula.trim());

const COLUMN_TYPE = { number: 'number', text: 'category', boolean: 'boolean', datetime: 'datetime' } as const;

interface Visitor {
  fault?: (problem: Problem) => void;
  formula?: (tree: Expression, types: FormulaTypes) => void;
}
/** The schema after all formulas; `visit` is told of each one that is right, and of what is wrong with the others. */
function walk(schema: TableSchema, params: ParamValues, visit: Visitor): TableSchema {
  let current = schema;
  // Later formulas read earlier results: provenance goes back to the columns that came in.
  const origin = new Map<string, readonly string[]>();
  for (const item of formulaItems(params)) {
    try {
      const tree = parseFormula(item.formula);
      const types = formulaTypes(tree, current);
      visit.formula?.(tree, types);
      const from = [...new Set(columnsRead(tree).flatMap((name) => origin.get(name) ?? [name]))];
      origin.set(item.name, from);
      const made: ColumnSchema = column(item.name, COLUMN_TYPE[types.get(tree) ?? 'number'], { from });
      const old = current.columns.findIndex((found) => found.name === item.name);
      const columns = old < 0 ? [...current.columns, made] : current.columns.with(old, { ...made, role: current.columns[old].role });
      current = { ...current, columns };
    } catch (error) {
      visit.fault?.(toProblem(error, { param: 'formulas' }));
    }
  }
  return current;
}

const schema = ({ params, inputs }: SchemaContext) => {
  const input = inputs.table;
  return input?.type === 'table' ? { table: { ...input, schema: walk(input.schema, params, {}) } } : {};
};

export const formula: Kind = {
  id: 'prepare.formula',
  version: 1,
  title: 'Formula',
  group: 'prepare',
  icon: 'formula',
  synonyms: [
    'compute',
    'calculate',
    'new column',
    'derive',
    'Apply Math Operation',
    'Math Formula',
    'String Manipulation',
    'Column Expressions',
    'Expression',
    'Feature Constructor',
    'df.assign',
    'df.eval',
    'mutate',
    'if',
    'log',
  ],
  summary: 'Compute columns from others: arithmetic, if, dates and texts.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    formulas: list('Formulas', [], 'Each writes one column; later ones may use earlier ones.', {
      itemLabel: 'Formula',
      item: {
        name: text('Column', '', 'The column that is written; an existing one is replaced.'),
        formula: formulaParam('Formula', '', 'For example: if([fare] > 50, "high", "low") or log(price) / rooms.', { port: 'table' }),
      },
    }),
  },
  schema,
  check: ({ params, inputs }) => {
    const problems: Problem[] = [];
    if (inputs.table?.type === 'table') walk(inputs.table.schema, params, { fault: (found) => problems.push(found) });
    return problems;
  },
  exportable: ({ params, inputs }) => {
    let refused: Problem | undefined;
    const formula: Visitor['formula'] = (tree, types) => {
      refused ??= unlowerable(tree, types);
    };
    if (inputs.table?.type === 'table') walk(inputs.table.schema, params, { formula });
    return refused ? { ...refused, at: { param: 'formulas' } } : true;
  },
  brief: (params) => {
    const items = formulaItems(params);
    return items.length === 1 ? `${items[0].name} = ${items[0].formula}` : items.map((item) => item.name).join(', ');
  },
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
