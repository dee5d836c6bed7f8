/** Resolves a column choice against the columns that are there; what a name misses is the check's business. */
import type { ColumnFilter, ColumnPick } from './params.ts';
import type { ColumnSchema, TableSchema } from './schema.ts';

const passes = (column: ColumnSchema, filter: ColumnFilter | undefined): boolean =>
  (!filter?.types || filter.types.includes(column.type)) && (!filter?.roles || filter.roles.includes(column.role));

/** Names in the choice that the table does not have. */
export const missingNames = (pick: ColumnPick, schema: TableSchema): string[] =>
  'names' in pick ? pick.names.filter((name) => !schema.columns.some((column) => column.name === name)) : [];

/**
 * Names of the chosen columns: in the user's order for `names`, in table order otherwise. Names that are not there, or
 * that the filter forbids, are left out; an invalid pattern chooses nothing.
 */
export function resolveColumns(pick: ColumnPick, schema: TableSchema, filter?: ColumnFilter): string[] {
  const offered = schema.columns.filter((column) => passes(column, filter));
  const named = (test: (column: ColumnSchema) => boolean) => offered.filter(test).map((column) => column.name);
  if ('names' in pick) return pick.names.filter((name) => offered.some((column) => column.name === name));
  if ('types' in pick) return named((column) => pick.types.includes(column.type));
  if ('pattern' in pick) {
    try {
      const pattern = new RegExp(pick.pattern, 'u');
      return named((column) => pattern.test(column.name));
    } catch {
      return [];
    }
  }
  const except = new Set(pick.except ?? []);
  return named((column) => !except.has(column.name));
}
