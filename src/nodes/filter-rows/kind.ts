/** Filter rows: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem, toProblem } from '../../base/problem.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, formula, list, type ParamValues, text } from '../../kind/params.ts';
import { typeOf } from '../../table/formula/check.ts';
import { parseFormula } from '../../table/formula/parse.ts';

export interface Condition {
  column: string | null;
  test: string;
  value: string;
}
export const conditions = (params: ParamValues): Condition[] => (params.conditions as unknown as Condition[]).filter((c) => c.column);

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
    'Row Filter',
    'Select Rows',
    'Split Data relative expression',
    'subset',
    'condition',
    'Rule-based Row Filter',
  ],
  summary: 'Keep the rows that meet your conditions; the others leave by the second output.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'table', title: 'Match', type: 'table' },
    { id: 'rest', title: 'Rest', type: 'table' },
  ],
  params: {
    match: choice('Keep rows that meet', 'all', 'How conditions are joined.', { all: 'All conditions', any: 'Any condition' }),
    conditions: list('Conditions', [], 'A missing value meets no condition except “is missing”.', {
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
    for (const condition of conditions(params)) {
      if (condition.test !== 'pattern') continue;
      try {
        new RegExp(condition.value, 'u');
      } catch {
        problems.push(
          problem({
            code: 'filter.pattern',
            at: { param: 'conditions' },
            message: `“${condition.value}” is not a valid pattern.`,
            hint: 'Correct it, or use “contains”.',
          }),
        );
      }
    }
    const source = (params.formula as string).trim();
    if (source && inputs.table?.type === 'table') {
      try {
        const type = typeOf(parseFormula(source), inputs.table.schema);
        if (type !== 'boolean' && type !== undefined)
          problems.push(
            problem({
              code: 'filter.not-a-condition',
              at: { param: 'formula' },
              message: `The formula gives a ${type}, not true or false.`,
              hint: 'Compare it with something, for example > 0.',
            }),
          );
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
