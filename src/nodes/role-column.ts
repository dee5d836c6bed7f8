/** What Split and Cross-validate say when the column by which they deal rows is not there. */
import type { Json } from '../base/json.ts';
import { type Problem, problem } from '../base/problem.ts';
import { phrase } from '../base/words.ts';

const CODES = { split: { group: 'split.no-group', time: 'split.no-time' }, folds: { group: 'folds.no-group', time: 'folds.no-time' } };
const NEEDS = {
  split: {
    group: phrase('deal.split-group', 'This way of splitting needs a group column.'),
    time: phrase('deal.split-time', 'This way of splitting needs a time column.'),
  },
  folds: {
    group: phrase('deal.folds-group', 'These folds need a group column.'),
    time: phrase('deal.folds-time', 'These folds need a time column.'),
  },
};
const HINTS = {
  group: phrase('deal.choose-group', 'Choose one, or give a column the role group with Edit metadata.'),
  time: phrase('deal.choose-time', 'Choose one, or give a column the role time with Edit metadata.'),
};

/** `chosen` is the parameter's value: the name of a column that is gone, or nothing. */
export const noRoleColumn = (by: 'split' | 'folds', role: 'group' | 'time', chosen?: Json): Problem =>
  problem({
    code: CODES[by][role],
    at: { param: role },
    args: { column: chosen ?? null },
    message: typeof chosen === 'string' ? phrase('deal.column-gone', 'There is no column “{name}”.', { name: chosen }) : NEEDS[by][role],
    hint: HINTS[role],
  });
