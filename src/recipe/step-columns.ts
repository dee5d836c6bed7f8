/** Provenance of one run of a step: which columns it passed on and what the others come from; declared `from` wins. */
import type { TableSchema } from '../kind/schema.ts';
import { columnDigest } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import type { StepColumn } from './frame.ts';
import type { StepCode } from './step.ts';

type Known = Pick<StepColumn, 'name' | 'from' | 'assumed'>;

/**
 * Output columns of a step with what they are made from: passed on = the very same column data; else as `known` says
 * (the kind's schema, or an earlier run); else from all columns, so that nothing needed is ever thought superfluous.
 * `copies` compares contents as well: joins copy the columns that they pass on.
 */
export function stepColumns(before: Table, after: Table, known: readonly Known[] = [], copies = false): StepColumn[] {
  const names = before.fields.map((field) => field.name);
  const present = new Set(names);
  const same = new Map(before.columns.map((column, i) => [column, names[i]]));
  const declared = new Map(known.flatMap((column) => (column.assumed ? [] : [[column.name, column.from] as const])));
  // A step that changes known columns each from itself does so with one that came up only in a refit (a new level's).
  const oneByOne =
    declared.size > 0 && [...declared].every(([name, from]) => !present.has(name) || (from.length === 1 && from[0] === name));
  return after.fields.map((field, i): StepColumn => {
    const column = after.columns[i];
    const at = names.indexOf(field.name);
    const own = at < 0 ? undefined : before.columns[at];
    const equal = own === column || (copies && own !== undefined && columnDigest(own) === columnDigest(column));
    const passed = equal ? field.name : same.get(column);
    if (passed !== undefined) return { name: field.name, type: column.type, role: field.role, from: [passed], kept: true };
    const from = (declared.get(field.name) ?? (own && oneByOne ? [field.name] : undefined))?.filter((name) => present.has(name));
    return from?.length
      ? { name: field.name, type: column.type, role: field.role, from }
      : { name: field.name, type: column.type, role: field.role, from: names, assumed: true };
  });
}

/** What is known of provenance before or from an earlier run, and what the fitted state knows better. */
export const knownColumns = (code: Pick<StepCode, 'provenance' | 'opaque'>, fitted: unknown, earlier: readonly Known[] = []): Known[] =>
  code.opaque ? [] : [...earlier, ...((fitted !== undefined && code.provenance?.(fitted)) || [])];

/** What a kind's `schema()` says of provenance, for `stepColumns`; a column that says nothing comes from its own name. */
export const declaredColumns = (schema: TableSchema | undefined): Pick<StepColumn, 'name' | 'from'>[] =>
  (schema?.columns ?? []).map((column) => ({ name: column.name, from: column.from ?? [column.name] }));
