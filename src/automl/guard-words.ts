/** What else is said of guardrails: how trials are judged, and the warning that an alert becomes at its node. */
import { type Place, type Problem, problem } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { Deal } from '../recipe/deal-rows.ts';
import type { Guard } from '../recipe/guard.ts';
import type { Table } from '../table/table.ts';

/** On which rows trials are compared. */
export function judgedBy({ folds, share, time }: Deal, ownTable: boolean): Guard {
  const said = ownTable
    ? phrase('guard.judged-own', 'Trials are judged on the validation table.')
    : folds === 0
      ? phrase('guard.judged-part', 'Trials are judged on {percent} % of the rows, kept aside.', { percent: Math.round(share * 100) })
      : time === undefined
        ? phrase('guard.judged-folds', 'Trials are judged on every row, by {count} folds.', { count: folds })
        : phrase('guard.judged-forward', 'Trials are judged forward in time, in {count} steps.', { count: folds });
  return { check: 'validation', state: 'passed', said, columns: time === undefined ? [] : [time] };
}

/** Said where rows of one group are not torn apart. */
export function keptTogether({ fields }: Table): Guard[] {
  const group = fields.find(({ role }) => role === 'group');
  if (!group) return [];
  const said = phrase('guard.groups', 'Rows of one “{column}” are either learned from or judged, never both.', { column: group.name });
  return [{ check: 'groups', state: 'passed', said, columns: [group.name] }];
}

/** At the setting that it is about, else at the column, so that each has a place of its own. */
function placeOf({ check, columns, fix }: Guard): Place {
  const [param] = fix?.command === 'set-params' ? Object.keys(fix.args.params as object) : [];
  if (param !== undefined) return { param };
  if (columns.length > 0) return { column: columns[0] };
  return check === 'rows' ? { port: 'table' } : {};
}

/** The warning of a guardrail that needs a person. */
export const guardAlert = (guard: Guard): Problem =>
  problem({
    code: 'automl.guardrail',
    severity: 'warning',
    at: placeOf(guard),
    message: guard.said,
    hint: phrase('guard.hint', 'Guardrails, in the results of this step, name the rows and columns.'),
    ...(guard.fix ? { fix: guard.fix } : {}),
  });
