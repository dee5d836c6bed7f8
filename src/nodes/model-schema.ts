/** What can be said at edit time of the model that a learner will make from a table: inputs, task, target, classes. */

import type { Json } from '../base/json.ts';
import type { PortSchema } from '../kind/kind.ts';
import { findColumn } from '../kind/schema.ts';
import { guessTarget, isFeature } from '../recipe/target.ts';

/** `target` is the learner's parameter where it is known; a wired learner's own choice is not seen at edit time. */
export function modelSchema(
  table: PortSchema | undefined,
  learner: PortSchema | undefined,
  target: Json | undefined,
): PortSchema | undefined {
  if (table?.type !== 'table' || learner?.type !== 'learner') return undefined;
  const { schema } = table;
  const name = typeof target === 'string' ? target : guessTarget(schema)?.column;
  const column = name === undefined ? undefined : findColumn(schema, name);
  const labels = column?.type === 'category' || column?.type === 'text' || column?.type === 'boolean';
  const wanted = labels ? 'classify' : 'regress';
  const task = learner.tasks.includes(wanted) ? wanted : (learner.tasks[0] ?? wanted);
  return {
    type: 'model',
    inputs: { columns: schema.columns.filter((entry) => entry.name !== name && isFeature(entry)), ...(schema.open ? { open: true } : {}) },
    task,
    ...(name === undefined ? {} : { target: name }),
    ...(task === 'classify' && column?.categories ? { classes: column.categories } : {}),
    exportable: true,
  };
}
