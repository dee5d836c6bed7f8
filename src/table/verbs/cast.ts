/**
 * Changes a column's type. What does not fit becomes missing (2 as true or false, a fraction is rounded); the caller counts
 * it by comparing missing cells. Date-times and numbers turn into each other as milliseconds since 1970-01-01 UTC.
 */
import type { ColumnType } from '../../kind/schema.ts';
import { booleans, type Column, categories, categoriesOf, cellAt, numeric, texts } from '../column.ts';
import { formatDateTime, parseDateTime } from '../datetime.ts';
import { roundEven } from '../round-even.ts';

/** What false and true are called as categories and texts. */
export const BOOLEAN_LABELS: readonly string[] = ['false', 'true'];
const TRUE = new Set(['true', 'yes', 'y', 't', '1', 'on']);
const FALSE = new Set(['false', 'no', 'n', 'f', '0', 'off']);
const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;

/** Text of each cell as people write it, null when missing. */
export function textCells(column: Column): (string | null)[] {
  return Array.from({ length: column.length }, (_, i) => {
    const cell = cellAt(column, i);
    if (cell === null) return null;
    return column.type === 'datetime' ? formatDateTime(cell as number) : String(cell);
  });
}

/** Numbers of a column; texts are read, true is 1. Each distinct category is read once. */
function numbersOf(column: Column, read: (text: string) => number): Float64Array {
  switch (column.type) {
    case 'category': {
      const values = column.dictionary.map(read);
      return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : values[code]));
    }
    case 'text':
      return Float64Array.from(textCells(column), (text) => (text === null ? Number.NaN : read(text)));
    case 'boolean':
      return Float64Array.from(column.values, (value) => (value === 2 ? Number.NaN : value));
    default:
      return column.values;
  }
}

/** The number that a text stands for, blanks around it allowed; NaN when it is none. */
export const readNumber = (text: string): number => (NUMBER.test(text) ? Number(text) : Number.NaN);
const readBoolean = (text: string) => (TRUE.has(text.trim().toLowerCase()) ? 1 : FALSE.has(text.trim().toLowerCase()) ? 0 : Number.NaN);

/** Both labels always, so that the dictionary does not depend on the rows. */
const booleanLabels = (values: Uint8Array) =>
  categories(
    Int32Array.from(values, (value) => (value === 2 ? -1 : value)),
    BOOLEAN_LABELS,
  );

/** The column in another type; the very same column when it has it already. */
export function castColumn(column: Column, type: ColumnType): Column {
  if (column.type === type) return column;
  switch (type) {
    case 'category':
      return column.type === 'boolean' ? booleanLabels(column.values) : categoriesOf(textCells(column));
    case 'text':
      return texts(textCells(column));
    case 'datetime':
      return numeric(
        numbersOf(column, (text) => parseDateTime(text)),
        'datetime',
      );
    case 'boolean':
      return booleans(Uint8Array.from(numbersOf(column, readBoolean), (x) => (x === 0 || x === 1 ? x : 2)));
    case 'integer':
      // Fractions are rounded, halves to the even neighbour; infinities have no integer.
      return numeric(
        numbersOf(column, readNumber).map((x) => (Number.isFinite(x) ? roundEven(x) : Number.NaN)),
        'integer',
      );
    default:
      return numeric(numbersOf(column, readNumber), 'number');
  }
}
