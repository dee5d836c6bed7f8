/** Filter rows: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem, toProblem } from '../../base/problem.ts';
import { labelWords, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, formula, list, type ParamValues, text } from '../../kind/params.ts';
import { findColumn } from '../../kind/schema.ts';
import type { FormulaType } from '../../table/formula/ast.ts';
import { FORMULA_TYPE_NAMES, typeOf } from '../../table/formula/check.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { type Condition, conditionProblem } from './conditions.ts';

export const conditions = (params: ParamValues): Condition[] => (params.conditions as unknown as Condition[]).filter((c) => c.column);

/** `undefined` = nothing but missing values. */
export const notCondition = (type: FormulaType | undefined): Problem =>
  problem({
    code: 'filter.not-a-condition',
    at: { param: 'formula' },
    args: { type: type ?? null },
    message: phrase('filter.gives', 'The formula gives {type}, not true or false.', {
      type: type ? FORMULA_TYPE_NAMES[type] : phrase('filter.missing-value', 'a missing value'),
    }),
    hint: 'Compare it with something, for example > 0.',
  });

const TESTS = {
  '=': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
  contains: 'contains',
  in: 'is one of (comma between)',
  pattern: 'matches the pattern',
  missing: 'is missing',
  present: 'is there',
};

export const filterRows: Kind = {
  id: 'prepare.filter-rows',
  version: 1,
  title: 'Filter rows',
  group: 'prepare',
  icon: 'filter',
  synonyms: [
    'where',
    'query',
    'df.query',
    'loc',
    'Row Filter',
    'Select Rows',
    'Split Data relative expression',
    'Apply SQL Transformation',
    'Rule-based Row Filter',
    'subset',
    'condition',
    'keep rows',
  ],
  summary: 'Keep the rows that meet your conditions; the others leave by the second output.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'table', title: 'Match', type: 'table' },
    { id: 'rest', title: 'Rest', type: 'table' },
  ],
  params: {
    match: choice('Keep rows that meet', 'all', 'How conditions are joined.', { all: 'All conditions', any: 'Any condition' }),
    conditions: list('Conditions', [], 'A missing value meets no condition except “is missing”. No condition keeps every row.', {
      itemLabel: 'Condition',
      item: {
        column: columnParam('Column', 'The column that is tested.'),
        test: choice('Test', '=', 'What is tested.', TESTS),
        value: text('Value', '', 'What it is compared with.', {
          when: { param: 'test', in: ['=', '!=', '<', '<=', '>', '>=', 'contains', 'in', 'pattern'] },
        }),
      },
    }),
    formula: formula('Formula', '', 'A condition of your own, for example age > 30 and sex = "female".', { advanced: true, port: 'table' }),
  },
  schema: ({ inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const { rowCount: _unknown, ...schema } = input.schema;
    return { table: { ...input, schema }, rest: { ...input, schema } };
  },
  check: ({ params, inputs }) => {
    const problems: Problem[] = [];
    const input = inputs.table;
    for (const condition of conditions(params)) {
      const found = input?.type === 'table' ? findColumn(input.schema, condition.column as string) : undefined;
      const wrong = found && conditionProblem(condition, found.type);
      if (wrong) problems.push(wrong);
    }
    const source = (params.formula as string).trim();
    if (source && input?.type === 'table') {
      try {
        const type = typeOf(parseFormula(source), input.schema);
        if (type !== 'boolean') problems.push(notCondition(type));
      } catch (error) {
        problems.push(toProblem(error, { param: 'formula' }));
      }
    }
    return problems;
  },
  exportable: () => true,
  brief: (params) => {
    const list = conditions(params);
    if (list.length !== 1)
      return list.length > 1 ? phrase('brief.conditions', '{count} conditions', { count: list.length }) : (params.formula as string);
    const [{ column, test, value }] = list;
    const words = test === 'in' ? phrase('brief.is-one-of', 'is one of') : labelWords(TESTS[test as keyof typeof TESTS]);
    return value === '' || test === 'missing' || test === 'present'
      ? phrase('brief.test', '{column} {test}', { column: column ?? '?', test: words })
      : phrase('brief.test-value', '{column} {test} {value}', { column: column ?? '?', test: words, value });
  },
  rows: 'subset',
  learns: false,
  order: 'free',
  target: 'never',
};
