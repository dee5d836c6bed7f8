/** Makes the rows where an export most likely goes wrong: each input missing, unseen, empty, extreme. Each row says what is odd about it. */
import type { ColumnSchema } from '../kind/schema.ts';
import { type Cell, type Column, cellAt, columnOf, isMissing } from '../table/column.ts';
import { columnNamed, type Table, table } from '../table/table.ts';
import { readAs } from './match-columns.ts';

export interface EdgeRows {
  table: Table;
  /** Per row: "age missing". */
  labels: string[];
}
/** Wide tables would make more rows than a check needs. */
const MAX_ROWS = 2000;
const UNSEEN = 'ünseen value 😀';

/** Odd cells for one input, each with its name. */
function oddCells(input: ColumnSchema, column: Column): [string, Cell][] {
  const missing: [string, Cell][] = [['missing', null]];
  switch (input.type) {
    case 'boolean':
      return [...missing, ['true', true], ['false', false]];
    case 'category':
      return [...missing, ['unseen', UNSEEN], ['a number', '0']];
    case 'text':
      return [...missing, ['unseen', UNSEEN], ['capitals', 'ABC ÄÖ'], ['blanks', '  a  b '], ['long', 'long text '.repeat(200)]];
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < column.length; row++) {
    const value = Number(cellAt(column, row));
    if (isMissing(column, row)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return missing;
  const ends: [string, Cell][] = [...missing, ['lowest', low], ['highest', high], ['zero', 0]];
  if (input.type === 'datetime') return [...ends, ['before 1970', -1], ['leap day', 951_782_400_000]];
  const reach = 100 * (high - low || Math.abs(high) || 1);
  const far: [string, Cell][] = [
    ['far below', Math.floor(low - reach)],
    ['far above', Math.ceil(high + reach)],
    ['very large', 1e12],
    ['very small', -1e12],
  ];
  return input.type === 'integer' ? [...ends, ...far] : [...ends, ...far, ['a fraction', low + (high - low) / 3]];
}

/** Rows like the middle one of `rows`, each odd in one input, and one with nothing filled in. At most 2,000. */
export function edgeRows(inputs: readonly ColumnSchema[], rows: Table): EdgeRows {
  const columns = inputs.map((input) => readAs(columnNamed(rows, input.name), input.type));
  const middle = Math.floor(rows.rowCount / 2);
  const usual = columns.map((column): Cell => (rows.rowCount > 0 ? cellAt(column, middle) : null));
  const labels = ['all inputs missing'];
  const cells: Cell[][] = [usual.map(() => null)];
  inputs.forEach((input, at) => {
    for (const [label, cell] of oddCells(input, columns[at])) {
      if (cells.length >= MAX_ROWS) return;
      labels.push(`${input.name} ${label}`);
      cells.push(usual.with(at, cell));
    }
  });
  const made = inputs.map((input, at) =>
    columnOf(
      input.type,
      cells.map((row) => row[at]),
    ),
  );
  return {
    labels,
    table: table(
      inputs.map((input) => input.name),
      made,
      cells.length,
    ),
  };
}
