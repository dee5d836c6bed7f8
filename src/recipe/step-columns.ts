/** Provenance of one run of a step: which columns it passed on and what the others come from; declared `from` wins. */
import type { TableSchema } from '../kind/schema.ts';
import type { Table } from '../table/table.ts';
import type { StepColumn } from './frame.ts';

/**
 * Output columns of a step with what they are made from: passed on = the very same column data; else as `known` says
 * (the kind's schema, or an earlier run); else from all columns, so that nothing needed is ever thought superfluous.
 */
export function stepColumns(
  before: Table,
  after: Table,
  known: readonly Pick<StepColumn, 'name' | 'from' | 'assumed'>[] = [],
): StepColumn[] {
  const names = before.fields.map((field) => field.name);
  const present = new Set(names);
  const same = new Map(before.columns.map((column, i) => [column, names[i]]));
  const declared = new Map(known.flatMap((column) => (column.assumed ? [] : [[column.name, column.from] as const])));
  return after.fields.map((field, i): StepColumn => {
    const column = after.columns[i];
    const at = names.indexOf(field.name);
    const passed = at >= 0 && before.columns[at] === column ? field.name : same.get(column);
    if (passed !== undefined) return { name: field.name, type: column.type, from: [passed], kept: true };
    const from = declared.get(field.name)?.filter((name) => present.has(name));
    return from?.length
      ? { name: field.name, type: column.type, from }
      : { name: field.name, type: column.type, from: names, assumed: true };
  });
}

/** What a kind's `schema()` says of provenance, for `stepColumns`. */
export const declaredColumns = (schema: TableSchema | undefined): Pick<StepColumn, 'name' | 'from'>[] =>
  (schema?.columns ?? []).flatMap((column) => (column.from ? [{ name: column.name, from: column.from }] : []));
