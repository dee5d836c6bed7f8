/** Runs Split: assigns rows by the chosen method and hands both sides to the recipe, refitted on the training rows. */
import { ProblemError, problemWords } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { NodeCode, RunContext } from '../../kind/run.ts';
import type { Role } from '../../kind/schema.ts';
import { type Frame, stepName } from '../../recipe/frame.ts';
import { learningSteps } from '../../recipe/refit.ts';
import { repeatedRows } from '../../recipe/repeated-rows.ts';
import { splitFrame } from '../../recipe/split-frame.ts';
import { goneTarget, guessTarget } from '../../recipe/target.ts';
import { frameIds } from '../../recipe/track.ts';
import { groupsOf, strataOf, timesOf } from '../../recipe/units.ts';
import type { Column } from '../../table/column.ts';
import { columnIndex, columnNamed, schemaOf, type Table } from '../../table/table.ts';
import { lookupsFor } from '../lookup.ts';
import { noRoleColumn } from '../role-column.ts';
import { type Assignment, assign } from './assign.ts';
import { split } from './kind.ts';

/** A column by parameter, else by role; undefined when there is neither. */
function wanted(table: Table, chosen: unknown, role: Role): Column | undefined {
  if (typeof chosen === 'string' && chosen !== '') return columnNamed(table, chosen);
  const at = table.fields.findIndex((field) => field.role === role);
  return at < 0 ? undefined : table.columns[at];
}

function planOf(frame: Frame, ctx: RunContext): Assignment {
  const { params } = ctx;
  const { table } = frame;
  const test = Number(params.test);
  const validation = Number(params.validation);
  const base = { ids: frameIds(frame), shares: [1 - test - validation, test, validation] };
  switch (params.method) {
    case 'head':
      return base;
    case 'time': {
      const time = wanted(table, params.time, 'time');
      if (!time) throw new ProblemError(noRoleColumn('split', 'time'));
      return { ...base, time: timesOf(time) };
    }
    case 'grouped': {
      const group = wanted(table, params.group, 'group');
      if (!group) throw new ProblemError(noRoleColumn('split', 'group'));
      return { ...base, random: ctx.random('split'), groups: groupsOf(group) };
    }
    case 'stratified': {
      const name = typeof params.stratify === 'string' ? params.stratify : guessTarget(schemaOf(table))?.column;
      if (name !== undefined && columnIndex(table, name) < 0) throw new ProblemError(goneTarget(name, schemaOf(table), 'stratify'));
      const column = name === undefined ? undefined : columnNamed(table, name);
      return { ...base, random: ctx.random('split'), ...(column ? { strata: strataOf(column) } : {}) };
    }
    default:
      return { ...base, random: ctx.random('split') };
  }
}

const idsOnSide = (ids: Int32Array, side: Uint8Array, wantedSide: number): Int32Array => ids.filter((_, i) => side[i] === wantedSide);

export const run: NodeCode['run'] = async (ctx) => {
  const frame = ctx.inputs.table as Frame;
  const plan = planOf(frame, ctx);
  const side = assign(plan);
  const sides = [0, 1, 2].map((at) => idsOnSide(plan.ids, side, at));
  if (sides[0].length === 0) {
    throw new ProblemError({
      code: 'split.empty',
      args: { rows: frame.table.rowCount },
      message: `Of ${frame.table.rowCount} rows none are left to train on.`,
      hint: 'Make the test share smaller, or check what comes in.',
    });
  }
  const by = { kind: split.id, version: split.version, params: ctx.params, title: split.title };
  const [train, test, validation] = await splitFrame(frame, sides, by, lookupsFor(ctx.services).step);
  const [a, b, c] = [train, test, validation].map((part) => part.table.rowCount);
  ctx.log(
    sides[2].length > 0
      ? phrase('log.split-three', '{train} training, {test} test and {validation} validation rows', { train: a, test: b, validation: c })
      : phrase('log.split', '{train} training and {test} test rows', { train: a, test: b }),
  );
  const repeated = ctx.params.method === 'grouped' ? undefined : repeatedRows(frame, 'method');
  if (repeated) ctx.log(problemWords(repeated), repeated);
  const steps = [...new Map(learningSteps(frame.recipe).map((step) => [step.kind, stepName(step)])).values()];
  if (steps.length > 0) ctx.log(phrase('log.refitted', 'Refitted on the training rows only: {steps}', { steps }));
  return { train, test, validation };
};
