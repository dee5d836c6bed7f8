/** Join as a table step: with unique right keys a lookup that models carry along, else a new table. */
import type { RowEffect } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import { gather } from '../../table/column.ts';
import { columnNamed, type Table, withColumns } from '../../table/table.ts';
import { concatColumns } from '../../table/verbs/concat.ts';
import { joinRows, uniqueKeys } from '../../table/verbs/join.ts';
import { joinedNames, joinKeys } from './kind.ts';

export { lower } from './lower.ts';

const keyColumns = (table: Table, params: ParamValues, side: 'left' | 'right') =>
  joinKeys(params).map((key) => columnNamed(table, key[side]));

export function effect(_table: Table, params: ParamValues, sides: readonly Table[]): RowEffect | readonly RowEffect[] {
  if (params.how === 'right' || params.how === 'outer' || !uniqueKeys(keyColumns(sides[0], params, 'right'))) return 'new';
  return params.how === 'inner' ? ['keep', 'subset'] : 'keep';
}

function joined(left: Table, right: Table, params: ParamValues, how: 'left' | 'inner' | 'right' | 'outer'): Table {
  const { left: leftRows, right: rightRows } = joinRows(keyColumns(left, params, 'left'), keyColumns(right, params, 'right'), how);
  const names = joinedNames(
    left.fields.map((f) => f.name),
    right.fields.map((f) => f.name),
    params,
  );
  const keyed = new Map(joinKeys(params).map((key) => [key.left, key.right]));
  const leftColumns = left.fields.map((field, i) => {
    const column = gather(left.columns[i], leftRows);
    const other = keyed.get(field.name);
    if (!other || !leftRows.includes(-1)) return column;
    // Rows that only the right table has take their key from there.
    const fromRight = gather(columnNamed(right, other), rightRows);
    const both = concatColumns([column, fromRight], column.type);
    return gather(
      both,
      leftRows.map((row, at) => (row < 0 ? leftRows.length + at : at)),
    );
  });
  const fields = names.map(({ from, to }) => ({ ...right.fields[right.fields.findIndex((f) => f.name === from)], name: to }));
  const rightColumns = names.map(({ from }) => gather(columnNamed(right, from), rightRows));
  return withColumns(
    { rowCount: leftRows.length, fields: [], columns: [] },
    [...left.fields, ...fields],
    [...leftColumns, ...rightColumns],
  );
}

export const make = (left: Table, params: ParamValues, sides: readonly Table[]): Table =>
  joined(left, sides[0], params, params.how as 'left' | 'inner' | 'right' | 'outer');

/** The lookup as plain rows: key label or number → place in each added column; kept for the ONNX graph. */
export function fit(_left: Table, params: ParamValues, context: { sides: readonly Table[] }): { right: Table } | undefined {
  const right = context.sides[0];
  return right && joinKeys(params).length === 1 ? { right } : undefined;
}

export const apply = (left: Table, params: ParamValues, _fitted: unknown, sides: readonly Table[]): Table =>
  joined(left, sides[0], params, 'left');

/** Inner join: after `apply`, the rows whose key the right table has. */
export function select(table: Table, params: ParamValues, _fitted: unknown, sides: readonly Table[]): Int32Array {
  return joinRows(keyColumns(table, params, 'left'), keyColumns(sides[0], params, 'right'), 'inner').left;
}

export const headline = (before: Table, after: Table): string => `${after.columns.length - before.columns.length} columns added`;
