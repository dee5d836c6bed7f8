/** Makes the rows where an export most likely goes wrong: each input missing, unseen, empty, extreme. Each row says what is odd about it. */
import { type Phrase, phrase } from '../base/words.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import { type Cell, type Column, cellAt, columnOf, isMissing } from '../table/column.ts';
import { columnNamed, type Table, table } from '../table/table.ts';
import { readAs } from './match-columns.ts';

export interface EdgeRows {
  table: Table;
  /** Per row: "age missing". */
  labels: Phrase[];
}
/** Wide tables would make more rows than a check needs. */
const MAX_ROWS = 2000;
const UNSEEN = 'ünseen value 😀';

/** Odd cells for one input, each with what is odd about it. */
function oddCells(input: ColumnSchema, column: Column): [Phrase, Cell][] {
  const missing: [Phrase, Cell][] = [[phrase('edge.missing', 'missing'), null]];
  switch (input.type) {
    case 'boolean':
      return [...missing, [phrase('edge.true', 'true'), true], [phrase('edge.false', 'false'), false]];
    case 'category':
      return [...missing, [phrase('edge.unseen', 'unseen'), UNSEEN], [phrase('edge.a-number', 'a number'), '0']];
    case 'text':
      return [
        ...missing,
        [phrase('edge.unseen', 'unseen'), UNSEEN],
        [phrase('edge.capitals', 'capitals'), 'ABC ÄÖ'],
        [phrase('edge.blanks', 'blanks'), '  a  b '],
        [phrase('edge.long', 'long'), 'long text '.repeat(200)],
      ];
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
  const ends: [Phrase, Cell][] = [
    ...missing,
    [phrase('edge.lowest', 'lowest'), low],
    [phrase('edge.highest', 'highest'), high],
    [phrase('edge.zero', 'zero'), 0],
  ];
  if (input.type === 'datetime')
    return [...ends, [phrase('edge.before-1970', 'before 1970'), -1], [phrase('edge.leap-day', 'leap day'), 951_782_400_000]];
  const reach = 100 * (high - low || Math.abs(high) || 1);
  const far: [Phrase, Cell][] = [
    [phrase('edge.far-below', 'far below'), Math.floor(low - reach)],
    [phrase('edge.far-above', 'far above'), Math.ceil(high + reach)],
    [phrase('edge.very-large', 'very large'), 1e12],
    [phrase('edge.very-small', 'very small'), -1e12],
  ];
  return input.type === 'integer' ? [...ends, ...far] : [...ends, ...far, [phrase('edge.fraction', 'a fraction'), low + (high - low) / 3]];
}

/** Rows like the middle one of `rows`, each odd in one input, and one with nothing filled in. At most 2,000. */
export function edgeRows(inputs: readonly ColumnSchema[], rows: Table): EdgeRows {
  const columns = inputs.map((input) => readAs(columnNamed(rows, input.name), input.type));
  const middle = Math.floor(rows.rowCount / 2);
  const usual = columns.map((column): Cell => (rows.rowCount > 0 ? cellAt(column, middle) : null));
  const labels = [phrase('edge.all-missing', 'all inputs missing')];
  const cells: Cell[][] = [usual.map(() => null)];
  inputs.forEach((input, at) => {
    for (const [label, cell] of oddCells(input, columns[at])) {
      if (cells.length >= MAX_ROWS) return;
      labels.push(phrase('edge.input', '{name} {odd}', { name: input.name, odd: label }));
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
