/** Cross-validate: what the node is called, asks for and gives. */

import { type Problem, problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, integer, type ParamValues, seed } from '../../kind/params.ts';
import { column, findColumn } from '../../kind/schema.ts';
import { dealtHow } from '../dealt-how.ts';
import { noRoleColumn } from '../role-column.ts';

/** Leave one out trains a model per row. */
export const MAX_SINGLE_ROWS = 2000;

function check({ params, inputs }: SchemaContext): Problem[] {
  const table = inputs.table;
  if (table?.type !== 'table') return [];
  const { schema } = table;
  const need = params.method === 'grouped' ? 'group' : params.method === 'time' ? 'time' : undefined;
  if (need && !schema.open) {
    const chosen = params[need];
    const there = typeof chosen === 'string' ? findColumn(schema, chosen) : schema.columns.some((entry) => entry.role === need);
    if (!there) return [noRoleColumn('folds', need, chosen)];
  }
  const rows = schema.rowCount;
  if (params.method === 'single' && rows !== undefined && rows > MAX_SINGLE_ROWS) return [tooManyRows(rows)];
  return [];
}

export const tooManyRows = (rows: number): Problem =>
  problem({
    code: 'folds.single-too-many',
    at: { param: 'method' },
    args: { rows, most: MAX_SINGLE_ROWS },
    message: `Leaving one row out at a time would train ${rows.toLocaleString('en')} models.`,
    hint: `It is for tables of up to ${MAX_SINGLE_ROWS.toLocaleString('en')} rows; use 10 folds instead.`,
  });

export const crossValidate: Kind = {
  id: 'evaluate.cross-validate',
  version: 1,
  title: 'Cross-validate',
  group: 'evaluate',
  icon: 'folds',
  synonyms: [
    'Cross Validate Model',
    'Test and Score',
    'X-Partitioner',
    'X-Aggregator',
    'cross_val_score',
    'cross_validate',
    'k-fold',
    'KFold',
    'StratifiedKFold',
    'GroupKFold',
    'leave one out',
    'resampling',
  ],
  summary: 'Judge learners on rows that they have not seen, fold by fold; all preparation is refitted in each fold.',
  inputs: [
    { id: 'learner', title: 'Learners', type: 'learner', required: true, many: true },
    { id: 'table', title: 'Table', type: 'table', required: true },
  ],
  outputs: [
    { id: 'results', title: 'Results', type: 'results' },
    { id: 'table', title: 'Metrics by fold', type: 'table' },
  ],
  params: {
    folds: integer('Folds', 5, 'Each row is judged once, by a model that learned from the other folds.', {
      min: 2,
      max: 100,
      alias: 'n_splits',
      when: { param: 'method', in: ['stratified', 'random', 'grouped', 'time'] },
    }),
    method: choice('How', 'stratified', 'How rows are dealt into folds. Rows that were one row before always stay together.', {
      stratified: 'Stratified: every fold has the same mix of the target',
      random: 'Random rows',
      grouped: 'Grouped: a group stays in one fold',
      time: 'Forward in time: learn from the past, judge the next block',
      single: 'Leave one row out at a time',
    }),
    repeats: integer('Repeats', 1, 'Deals and judges again this many times; the spread gets more certain.', {
      min: 1,
      max: 50,
      alias: 'n_repeats',
      when: { param: 'method', in: ['stratified', 'random', 'grouped'] },
    }),
    group: columnParam('Group', 'Rows with the same value stay in one fold.', {
      auto: 'the column with the role group',
      when: { param: 'method', in: ['grouped'] },
      filter: { port: 'table' },
    }),
    time: columnParam('Time', 'Rows are ordered by this column.', {
      auto: 'the column with the role time',
      when: { param: 'method', in: ['time'] },
      filter: { port: 'table' },
    }),
    seed: seed(),
  },
  schema: () => ({
    results: { type: 'results' },
    table: { type: 'table', schema: { columns: [column('model', 'category'), column('fold', 'integer')], open: true } },
  }),
  check,
  brief: (params: ParamValues) => {
    if (params.method === 'single') return phrase('brief.leave-one-out', 'leave one out');
    const how = dealtHow(String(params.method));
    const folds = Number(params.folds);
    const repeats = Number(params.repeats);
    return repeats > 1
      ? phrase('brief.folds-repeated', '{folds} folds, {how}, {repeats} times', { folds, how, repeats })
      : phrase('brief.folds', '{folds} folds, {how}', { folds, how });
  },
  tags: { random: true, slow: true, gpu: true, view: 'results' },
};
