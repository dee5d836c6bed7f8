/** Join as a table step: with unique right keys a lookup that models carry along, else a new table. */
import { columnsOf, type Phrase, phrase, rowsOf } from '../../base/words.ts';
import type { RowEffect } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import { type Column, gather } from '../../table/column.ts';
import { columnIndex, columnNamed, gatherRows, type Table, table } from '../../table/table.ts';
import { castColumn } from '../../table/verbs/cast.ts';
import { commonType, concatColumns, oneTarget } from '../../table/verbs/concat.ts';
import { type JoinHow, joinRows, matchedFlags, uniqueKeys } from '../../table/verbs/join.ts';
import { rowsWhere } from '../../table/verbs/missing.ts';
import { joinedNames, joinKeys } from './kind.ts';

export { lower } from './lower.ts';

const keyColumns = (table: Table, params: ParamValues, side: 'left' | 'right') =>
  joinKeys(params).map((key) => columnNamed(table, key[side]));

export function effect(_table: Table, params: ParamValues, sides: readonly Table[]): RowEffect | readonly RowEffect[] {
  if (params.how === 'anti') return 'subset';
  if (params.how === 'right' || params.how === 'outer' || !uniqueKeys(keyColumns(sides[0], params, 'right'))) return 'new';
  return params.how === 'inner' ? ['keep', 'subset'] : 'keep';
}

/** A key of rows of both tables: from the left where there is one, else from the right. */
function eitherKey(left: Column, right: Column, leftRows: Int32Array, rightRows: Int32Array): Column {
  const type = commonType([left.type, right.type]);
  const both = concatColumns([castColumn(left, type), castColumn(right, type)], type);
  return gather(
    both,
    leftRows.map((row, at) => (row < 0 ? left.length + rightRows[at] : row)),
  );
}

function joined(left: Table, right: Table, params: ParamValues, how: JoinHow): Table {
  const rows = joinRows(keyColumns(left, params, 'left'), keyColumns(right, params, 'right'), how);
  const added = joinedNames(
    left.fields.map((field) => field.name),
    right.fields.map((field) => field.name),
    params,
  ).map(({ from, to }) => ({ at: columnIndex(right, from), to }));
  const keys = new Map(joinKeys(params).map((key) => [key.left, key.right]));
  const leftColumns = left.fields.map(({ name }, i) => {
    const key = keys.get(name);
    return key !== undefined && (how === 'right' || how === 'outer')
      ? eitherKey(left.columns[i], columnNamed(right, key), rows.left, rows.right)
      : gather(left.columns[i], rows.left);
  });
  return table(
    oneTarget([...left.fields, ...added.map(({ at, to }) => ({ ...right.fields[at], name: to }))]),
    [...leftColumns, ...added.map(({ at }) => gather(right.columns[at], rows.right))],
    rows.left.length,
  );
}

export const make = (left: Table, params: ParamValues, sides: readonly Table[]): Table =>
  joined(left, sides[0], params, params.how as JoinHow);

/** The right table, kept for the ONNX graph, which can look up one key. */
export function fit(_left: Table, params: ParamValues, context: { sides: readonly Table[] }): { right: Table } | undefined {
  return joinKeys(params).length === 1 && params.how !== 'anti' ? { right: context.sides[0] } : undefined;
}

export function apply(left: Table, params: ParamValues, _fitted: unknown, sides: readonly Table[]): Table {
  const result = joined(left, sides[0], params, 'left');
  // Left rows stay as they are, so their columns pass by reference.
  return { ...result, columns: [...left.columns, ...result.columns.slice(left.columns.length)] };
}

const without = (rows: Table, params: ParamValues, others: Table, side: 'left' | 'right') =>
  rowsWhere(matchedFlags(keyColumns(rows, params, side), keyColumns(others, params, side === 'left' ? 'right' : 'left')), 0);

/** Inner join: after `apply`, the rows whose key the right table has; `anti`: those whose key it has not. */
export function select(left: Table, params: ParamValues, _fitted: unknown, [right]: readonly Table[]): Int32Array {
  if (params.how === 'anti') return without(left, params, right, 'left');
  return rowsWhere(matchedFlags(keyColumns(left, params, 'left'), keyColumns(right, params, 'right')), 1);
}

export const others = {
  'left-only': (left: Table, params: ParamValues, _fitted: unknown, [right]: readonly Table[]): Table =>
    gatherRows(left, without(left, params, right, 'left')),
  'right-only': (left: Table, params: ParamValues, _fitted: unknown, [right]: readonly Table[]): Table =>
    gatherRows(right, without(right, params, left, 'right')),
};

export const headline = (before: Table, after: Table, params: ParamValues): Phrase => {
  const columns = columnsOf(after.columns.length - before.columns.length);
  return params.how === 'left' || params.how === 'anti'
    ? phrase('result.joined', '{rows}, {columns} added', { rows: rowsOf(after.rowCount), columns })
    : phrase('result.joined-rows', '{before} → {after} rows, {columns} added', { before: before.rowCount, after: after.rowCount, columns });
};
