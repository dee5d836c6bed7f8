/** Split: what the node is called, asks for and gives; who goes where stands in `assign.ts`. */
import { type Problem, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, number, type ParamValues, seed } from '../../kind/params.ts';
import { findColumn } from '../../kind/schema.ts';
import { dealtHow } from '../dealt-how.ts';
import { noRoleColumn } from '../role-column.ts';

const METHODS: Record<string, string> = {
  stratified: 'Stratified: the same mix of one column on every side',
  random: 'Random rows',
  grouped: 'Grouped: a group stays on one side',
  time: 'In time: the newest rows are for testing',
  head: 'In table order: the last rows are for testing',
};

export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function check({ params, inputs }: SchemaContext): Problem[] {
  const problems: Problem[] = [];
  const test = Number(params.test);
  const validation = Number(params.validation);
  if (test + validation >= 1) {
    problems.push(
      problem({
        code: 'split.no-training',
        at: { param: 'test' },
        args: { test, validation },
        message: phrase('split.shares', 'Test and validation take {share} of the rows, which leaves none to train on.', {
          share: percent(test + validation),
        }),
        hint: 'Make the test or the validation share smaller.',
      }),
    );
  }
  const table = inputs.table;
  const schema = table?.type === 'table' ? table.schema : undefined;
  if (!schema || schema.open) return problems;
  const role = params.method === 'grouped' ? 'group' : params.method === 'time' ? 'time' : undefined;
  if (!role) return problems;
  const chosen = params[role];
  const there = typeof chosen === 'string' ? findColumn(schema, chosen) : schema.columns.some((column) => column.role === role);
  return there ? problems : [...problems, noRoleColumn('split', role, chosen)];
}

export const split: Kind = {
  id: 'prepare.split',
  version: 1,
  title: 'Split',
  group: 'prepare',
  icon: 'split',
  synonyms: [
    'Split Data',
    'Partition and Sample',
    'train_test_split',
    'Partitioning',
    'Data Sampler',
    'train test split',
    'holdout',
    'validation set',
    'StratifiedShuffleSplit',
    'GroupShuffleSplit',
    'TimeSeriesSplit',
  ],
  summary: 'Split rows into training and test (and validation) rows; everything learned before comes from the training rows only.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'train', title: 'Training rows', type: 'table' },
    { id: 'test', title: 'Test rows', type: 'table' },
    { id: 'validation', title: 'Validation rows', type: 'table' },
  ],
  params: {
    test: number('Test size', 0.3, 'Share of the rows that is kept for testing.', { min: 0, max: 1, step: 0.05, alias: 'test_size' }),
    validation: number('Validation size', 0, 'Share of the rows for a third side, for choosing between models.', {
      min: 0,
      max: 1,
      step: 0.05,
    }),
    method: choice('How', 'stratified', 'How rows are assigned. Rows that were one row before always stay together.', METHODS),
    stratify: columnParam('Keep the mix of', 'The sides get the same shares of this column’s values; numbers count in ten bands.', {
      auto: 'the target',
      optional: true,
      when: { param: 'method', in: ['stratified'] },
      alias: 'stratify',
    }),
    group: columnParam('Group', 'Rows with the same value stay on one side (one customer, one patient).', {
      auto: 'the column with the role group',
      when: { param: 'method', in: ['grouped'] },
      alias: 'groups',
    }),
    time: columnParam('Time', 'Rows are ordered by this column; the newest are for testing.', {
      auto: 'the column with the role time',
      when: { param: 'method', in: ['time'] },
    }),
    seed: seed(),
  },
  schema: ({ inputs }) => {
    const table = inputs.table;
    if (table?.type !== 'table') return {};
    const { rowCount: _, ...schema } = table.schema;
    const side = { type: 'table' as const, schema, afterSplit: true };
    return { train: side, test: side, validation: side };
  },
  check,
  brief: (params: ParamValues) => {
    const how = dealtHow(String(params.method));
    const test = percent(Number(params.test));
    return Number(params.validation) > 0
      ? phrase('brief.split-three', '{test} test, {validation} validation, {how}', {
          test,
          validation: percent(Number(params.validation)),
          how,
        })
      : phrase('brief.split', '{test} test, {how}', { test, how });
  },
  tags: { random: true },
  rows: 'subset',
  learns: false,
  order: 'free',
  target: 'never',
};
