/** Remove duplicates as a table step: the indices of the rows that stay. */
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { columnNamed, schemaOf, type Table } from '../../table/table.ts';
import { rowGroups } from '../../table/verbs/row-keys.ts';

export function select(table: Table, params: ParamValues): Int32Array {
  const names = resolveColumns(params.columns as ColumnPick, schemaOf(table));
  const { group, count } = rowGroups(
    names.map((name) => columnNamed(table, name)),
    table.rowCount,
  );
  const size = new Int32Array(count);
  const last = new Int32Array(count);
  const first = new Int32Array(count).fill(-1);
  for (let i = 0; i < group.length; i++) {
    size[group[i]]++;
    last[group[i]] = i;
    if (first[group[i]] < 0) first[group[i]] = i;
  }
  const stays = (i: number) =>
    params.keep === 'none' ? size[group[i]] === 1 : params.keep === 'last' ? last[group[i]] === i : first[group[i]] === i;
  return Int32Array.from({ length: table.rowCount }, (_, i) => i).filter(stays);
}

export const headline = (before: Table, after: Table): string => `${before.rowCount - after.rowCount} removed`;
