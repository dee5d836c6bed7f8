/** Remove duplicates as a table step: the indices of the rows that stay. */
import { type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { rowsWhere } from '../../table/verbs/missing.ts';
import { rowGroups } from '../../table/verbs/row-keys.ts';

/** With no column to compare, no row equals another. */
export function select(table: Table, params: ParamValues): Int32Array {
  const keys = chosenNames(table, params.columns as ColumnPick).map((name) => columnNamed(table, name));
  const { group, first, count } = rowGroups(keys, table.rowCount);
  const stays = new Uint8Array(table.rowCount);
  if (keys.length === 0) return rowsWhere(stays, 0);
  if (params.keep === 'first') {
    for (let g = 0; g < count; g++) stays[first[g]] = 1;
    return rowsWhere(stays, 1);
  }
  const last = new Int32Array(count);
  for (let i = 0; i < group.length; i++) last[group[i]] = i;
  for (let g = 0; g < count; g++) if (params.keep === 'last' || last[g] === first[g]) stays[last[g]] = 1;
  return rowsWhere(stays, 1);
}

export const headline = (before: Table, after: Table): Phrase =>
  phrase('result.removed', '{count} removed', { count: before.rowCount - after.rowCount });
