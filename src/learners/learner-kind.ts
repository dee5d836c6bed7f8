/** Makes a learner's kind record: the ports, target and feature parameters, schemas and checks that all learners have. */
import { type Problem, problem } from '../base/problem.ts';
import { kindName, phrase } from '../base/words.ts';
import type { Kind, PortSchema, SchemaContext, Task } from '../kind/kind.ts';
import { choice, columnParam, columns, type Params, type ParamValues, text } from '../kind/params.ts';
import { resolveColumns } from '../kind/pick.ts';
import { type ColumnSchema, findColumn, type TableSchema } from '../kind/schema.ts';
import { goneTarget, guessTarget, isFeature } from '../recipe/target.ts';

type LearnerTask = 'classify' | 'regress';
interface LearnerRecord extends Pick<Kind, 'id' | 'version' | 'title' | 'icon' | 'synonyms' | 'summary' | 'brief' | 'tags' | 'migrations'> {
  tasks: readonly LearnerTask[];
  params: Params;
  /** Problems beyond target and features. */
  check?: Kind['check'];
}

/** What kind of answer the target asks for; undefined where only the values can tell (whole numbers may be two classes). */
function taskAhead(column: ColumnSchema, tasks: readonly LearnerTask[], wanted: unknown): LearnerTask | undefined {
  if (tasks.length === 1) return tasks[0];
  if (wanted === 'classify' || wanted === 'regress') return wanted;
  if (column.type === 'number' || column.type === 'datetime') return 'regress';
  return column.type === 'integer' ? undefined : 'classify';
}

function tableOf(context: SchemaContext) {
  const input = context.inputs.table;
  return input?.type === 'table' ? input.schema : undefined;
}

function targetIn(schema: TableSchema, params: ParamValues): ColumnSchema | undefined {
  const name = typeof params.target === 'string' ? params.target : guessTarget(schema)?.column;
  return name === undefined ? undefined : findColumn(schema, name);
}

function targetColumn(context: SchemaContext): ColumnSchema | undefined {
  const schema = tableOf(context);
  return schema && targetIn(schema, context.params);
}

/** The model that a learner with these parameters will make of such a table: inputs, task, target, classes. */
export function modelAhead(schema: TableSchema, tasks: readonly LearnerTask[], params: ParamValues): PortSchema | undefined {
  const target = targetIn(schema, params);
  if (!target) return undefined;
  const task = taskAhead(target, tasks, params.task);
  const pick = params.features as Parameters<typeof resolveColumns>[0] | undefined;
  const named = pick && 'names' in pick;
  const chosen = new Set(resolveColumns(pick ?? { all: true }, schema));
  const inputs = schema.columns.filter((c) => chosen.has(c.name) && c.name !== target.name && (named || isFeature(c)));
  const classes = task === 'classify' && target.type === 'category' ? target.categories : undefined;
  return {
    type: 'model',
    inputs: { columns: inputs, ...(schema.open ? { open: true } : {}) },
    ...(task ? { task: task as Task } : {}),
    target: target.name,
    ...(classes ? { classes } : {}),
    exportable: true,
  };
}

/** A learner for one task, wired to a target of the other, says so before it runs, and which learner to take instead. */
function checkTarget(record: LearnerRecord, context: SchemaContext): Problem[] {
  const target = targetColumn(context);
  if (!target) {
    const schema = tableOf(context);
    const { target: wanted } = context.params;
    // What else is missing is said by the check of all column parameters, which leaves open schemas alone.
    const encoded = typeof wanted === 'string' && schema?.open && schema.columns.some((found) => found.name.startsWith(`${wanted}=`));
    return encoded ? [goneTarget(wanted, schema, 'target')] : [];
  }
  const at = { param: 'target', column: target.name };
  const names = { target: target.name, learner: kindName(record) };
  if (target.type === 'datetime' && !record.tasks.includes('classify')) {
    return [
      problem({
        code: 'learner.target-is-time',
        at,
        message: phrase('learner.date-target', 'The target “{target}” is a date, and {learner} predicts numbers.', names),
        hint: 'Choose another target, or turn the date into a number before.',
      }),
    ];
  }
  const words = target.type === 'category' || target.type === 'text' || target.type === 'boolean';
  if (words && (!record.tasks.includes('classify') || context.params.task === 'regress')) {
    const only = record.tasks.length === 1;
    return [
      problem({
        code: 'learner.target-is-category',
        at,
        message: only
          ? phrase('learner.category-target', 'The target “{target}” is a category, and {learner} predicts numbers.', names)
          : phrase(
              'learner.category-target-set',
              'The target “{target}” is a category, and {learner} predicts numbers as it is set.',
              names,
            ),
        hint: only
          ? phrase('learner.or-numbers', 'Use logistic regression, or choose a target of numbers.')
          : phrase('learner.or-auto', 'Set the task to automatic, or choose a target of numbers.'),
        ...(only
          ? {
              fix: {
                label: phrase('learner.use-logistic', 'Use logistic regression'),
                command: 'change-kind',
                args: { kind: 'learn.logistic' },
              },
            }
          : {
              fix: {
                label: phrase('learner.set-auto', 'Set the task to automatic'),
                command: 'set-param',
                args: { param: 'task', value: 'auto' },
              },
            }),
      }),
    ];
  }
  if (target.type === 'number' && !record.tasks.includes('regress')) {
    return [
      problem({
        code: 'learner.target-is-number',
        at,
        message: phrase('learner.number-target', 'The target “{target}” is a number with decimals, and {learner} predicts classes.', names),
        hint: 'Use linear regression, or choose a target of categories.',
        fix: { label: phrase('learner.use-linear', 'Use linear regression'), command: 'change-kind', args: { kind: 'learn.linear' } },
      }),
    ];
  }
  return [];
}

/** A complete kind from what is the learner's own. */
export function learnerKind(record: LearnerRecord): Kind {
  const { tasks, params, check, ...rest } = record;
  const both = tasks.length === 2;
  return {
    ...rest,
    group: 'learners',
    inputs: [{ id: 'table', title: 'Table', type: 'table' }],
    outputs: [
      { id: 'learner', title: 'Learner', type: 'learner' },
      { id: 'model', title: 'Model', type: 'model' },
    ],
    params: {
      target: columnParam('Target', 'The column to predict.', { auto: 'Guess from the table', alias: 'y', filter: { port: 'table' } }),
      features: columns(
        'Features',
        { all: true },
        'The columns to predict from. Columns with the role id, weight, group or meta are left out.',
        {
          alias: 'X',
          filter: { port: 'table' },
        },
      ),
      ...params,
      ...(both
        ? {
            task: choice(
              'Task',
              'auto',
              'Automatic: categories, texts and yes/no are classes; so are whole numbers that are only two, or that run from 0 or 1 without a gap and are at most 20. Other numbers are amounts.',
              { auto: 'Automatic', classify: 'Predict a class', regress: 'Predict a number' },
              { advanced: true },
            ),
          }
        : {}),
      ...(tasks.includes('classify')
        ? {
            positive: text('Positive class', '', 'With two classes: the one that metrics and curves are about. Empty: the last one.', {
              advanced: true,
              alias: 'pos_label',
              ...(both ? { when: { param: 'task', in: ['auto', 'classify'] } } : {}),
            }),
          }
        : {}),
    },
    schema: (context) => {
      const schema = tableOf(context);
      const fits = schema && checkTarget(record, context).length === 0;
      return {
        learner: { type: 'learner', kind: record.id, tasks, params: context.params },
        model: fits ? modelAhead(schema, tasks, context.params) : undefined,
      };
    },
    check: (context) => [...checkTarget(record, context), ...(check?.(context) ?? [])],
    exportable: () => true,
  };
}
