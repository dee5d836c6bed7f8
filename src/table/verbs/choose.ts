/** The columns that a parameter chooses of an actual table; a name that is not there is a Problem, never left out silently. */
import type { ColumnFilter, ColumnPick } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { columnNamed, schemaOf, type Table } from '../table.ts';

/** Names in the user's order, or in table order; a named column that the filter forbids is left out, as the check has said. */
export function chosenNames(table: Table, pick: ColumnPick, filter?: ColumnFilter): string[] {
  if ('names' in pick) for (const name of pick.names) columnNamed(table, name);
  return resolveColumns(pick, schemaOf(table), filter);
}
