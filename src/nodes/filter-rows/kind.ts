/** Filter rows: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem, toProblem } from '../../base/problem.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, formula, list, type ParamValues, text } from '../../kind/params.ts';
import { findColumn } from '../../kind/schema.ts';
import { typeOf } from '../../table/formula/check.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { type Condition, conditionProblem } from './conditions.ts';

export const conditions = (params: ParamValues): Condition[] => (params.conditions as unknown as Condition[]).filter((c) => c.column);

export const notCondition = (type: string): Problem =>
  problem({
    code: 'filter.not-a-condition',
    at: { param: 'formula' },
    args: { type },
    message: `The formula gives a ${type}, not true or false.`,
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
        if (type !== 'boolean') problems.push(notCondition(type ?? 'missing value'));
      } catch (error) {
        problems.push(toProblem(error, { param: 'formula' }));
      }
    }
    return problems;
  },
  exportable: () => true,
  brief: (params) => {
    const list = conditions(params);
    if (list.length === 1)
      return `${list[0].column} ${TESTS[list[0].test as keyof typeof TESTS]?.replace(/ \(.*/, '')} ${list[0].value}`.trim();
    return list.length > 1 ? `${list.length} conditions` : (params.formula as string);
  },
  rows: 'subset',
  learns: false,
  order: 'free',
  target: 'never',
};
