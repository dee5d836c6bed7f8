/** Join as a table step: with unique right keys a lookup that models carry along, else a new table. */
import { columnsOf, type Phrase, phrase, rowsOf } from '../../base/words.ts';
import type { RowEffect } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Column } from '../../table/column.ts';
import { anyNegative, gather } from '../../table/gather.ts';
import { columnIndex, columnNamed, gatherRows, type Table, table } from '../../table/table.ts';
import { castColumn } from '../../table/verbs/cast.ts';
import { commonType, concatColumns, oneTarget } from '../../table/verbs/concat.ts';
import { type JoinHow, joinRows, lookupRows, matchedFlags, uniqueKeys } from '../../table/verbs/join.ts';
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

/** Right columns that come along, with their new names. */
const addedColumns = (left: Table, right: Table, params: ParamValues) =>
  joinedNames(
    left.fields.map((field) => field.name),
    right.fields.map((field) => field.name),
    params,
  ).map(({ from, to }) => ({ at: columnIndex(right, from), to }));

function joined(left: Table, right: Table, params: ParamValues, how: JoinHow): Table {
  const rows = joinRows(keyColumns(left, params, 'left'), keyColumns(right, params, 'right'), how);
  const added = addedColumns(left, right, params);
  const keys = new Map(joinKeys(params).map((key) => [key.left, key.right]));
  const gaps = { left: anyNegative(rows.left), right: anyNegative(rows.right) };
  const leftColumns = left.fields.map(({ name }, i) => {
    const key = keys.get(name);
    return key !== undefined && (how === 'right' || how === 'outer')
      ? eitherKey(left.columns[i], columnNamed(right, key), rows.left, rows.right)
      : gather(left.columns[i], rows.left, gaps.left);
  });
  return table(
    oneTarget([...left.fields, ...added.map(({ at, to }) => ({ ...right.fields[at], name: to }))]),
    [...leftColumns, ...added.map(({ at }) => gather(right.columns[at], rows.right, gaps.right))],
    rows.left.length,
  );
}

/** Rows with several partners come once for each. */
export function repeats(left: Table, params: ParamValues, [right]: readonly Table[]): boolean {
  const keys = [keyColumns(left, params, 'left'), keyColumns(right, params, 'right')] as const;
  if (params.how === 'anti' || uniqueKeys(keys[1])) return false;
  const rows = joinRows(...keys, params.how as JoinHow).left.filter((row) => row >= 0);
  return new Set(rows).size < rows.length;
}

export const make = (left: Table, params: ParamValues, sides: readonly Table[]): Table =>
  joined(left, sides[0], params, params.how as JoinHow);

/** The right table, kept for the ONNX graph, which can look up one key. */
export function fit(_left: Table, params: ParamValues, context: { sides: readonly Table[] }): { right: Table } | undefined {
  return joinKeys(params).length === 1 && params.how !== 'anti' ? { right: context.sides[0] } : undefined;
}

/** With unique right keys each left row has at most one partner, so that left columns pass by reference. */
export function apply(left: Table, params: ParamValues, _fitted: unknown, [right]: readonly Table[]): Table {
  const rows = lookupRows(keyColumns(left, params, 'left'), keyColumns(right, params, 'right'));
  const added = addedColumns(left, right, params);
  const gaps = anyNegative(rows);
  return table(
    oneTarget([...left.fields, ...added.map(({ at, to }) => ({ ...right.fields[at], name: to }))]),
    [...left.columns, ...added.map(({ at }) => gather(right.columns[at], rows, gaps))],
    left.rowCount,
  );
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
