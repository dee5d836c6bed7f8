/** Numbers the keys of a right table and looks the left rows' up among them: what every join works on. A missing key is none. */
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { ColumnType } from '../../kind/schema.ts';
import type { CategoryColumn, Column, TextColumn } from '../column.ts';
import { TYPE_NAMES } from '../type-names.ts';
import { castColumn } from './cast.ts';
import { wholeRange } from './codes.ts';
import { numberTable, textTable } from './key-tables.ts';

export interface PairedKeys {
  /** Number of each row's key, 0 … count-1; -1 where it is missing, and for left rows where no right row has it (some of these have a number too). */
  left: Int32Array;
  right: Int32Array;
  count: number;
}

const isLabel = (type: ColumnType) => type === 'category' || type === 'text';
/** Whether keys of these types can be equal: labels among themselves, dates with dates, numbers with numbers and true or false. */
export const keysMatch = (left: ColumnType, right: ColumnType): boolean =>
  isLabel(left) === isLabel(right) && (left === 'datetime') === (right === 'datetime');

const numbersOf = (column: Column) =>
  (castColumn(column, column.type === 'boolean' ? 'number' : column.type) as { values: Float64Array }).values;

function pairColumns(left: Column, right: Column): PairedKeys {
  if (!keysMatch(left.type, right.type))
    throw new ProblemError({
      code: 'join.key-types',
      at: { param: 'keys' },
      args: { left: left.type, right: right.type },
      message: phrase('join.sides', 'The keys have different types: {left} on the left, {right} on the right.', {
        left: TYPE_NAMES[left.type],
        right: TYPE_NAMES[right.type],
      }),
      hint: 'Make them one type with “Edit metadata” first.',
    });
  if (left.type === 'category' && right.type === 'category') return pairLabels(left, right);
  if (isLabel(left.type)) return pairTexts(castColumn(left, 'text') as TextColumn, castColumn(right, 'text') as TextColumn);
  return pairNumbers(numbersOf(left), numbersOf(right));
}

/** Only the dictionaries are compared; a label that stands twice in one has one number. */
function pairLabels(left: CategoryColumn, right: CategoryColumn): PairedKeys {
  const known = new Map<string, number>();
  for (const label of right.dictionary) if (!known.has(label)) known.set(label, known.size);
  const numbered = ({ dictionary, codes, length }: CategoryColumn) => {
    const numbers = Int32Array.from(dictionary, (label) => known.get(label) ?? -1);
    const out = new Int32Array(length);
    for (let i = 0; i < length; i++) out[i] = codes[i] < 0 ? -1 : numbers[codes[i]];
    return out;
  };
  return { left: numbered(left), right: numbered(right), count: known.size };
}

/** Table codes begin at 1, with 0 for none. */
function fromOne(codes: Int32Array): Int32Array {
  for (let i = 0; i < codes.length; i++) codes[i]--;
  return codes;
}

function pairTexts(left: TextColumn, right: TextColumn): PairedKeys {
  const known = textTable(right);
  const [leftCodes, rightCodes] = [new Int32Array(left.length), new Int32Array(right.length)];
  known.add(right, rightCodes);
  known.find(left, leftCodes);
  return { left: fromOne(leftCodes), right: fromOne(rightCodes), count: known.width() - 1 };
}

/** How far apart whole right keys may lie to be their own numbers: the count of a group per number costs less than hashing. */
const ROOM_PER_ROW = 4;
const ROOM = 65_536;

function pairNumbers(left: Float64Array, right: Float64Array): PairedKeys {
  const [leftCodes, rightCodes] = [new Int32Array(left.length), new Int32Array(right.length)];
  const range = wholeRange(right);
  if (range && range.most - range.least <= ROOM_PER_ROW * right.length + ROOM) {
    const { least } = range;
    const span = range.most - least;
    for (let i = 0; i < right.length; i++) rightCodes[i] = Number.isNaN(right[i]) ? -1 : right[i] - least;
    for (let i = 0; i < left.length; i++) {
      const value = left[i];
      const code = value - least;
      // A difference can be whole by rounding alone, so the value itself is looked at.
      leftCodes[i] = code >= 0 && code <= span && Math.floor(value) === value ? code : -1;
    }
    return { left: leftCodes, right: rightCodes, count: span + 1 };
  }
  const known = numberTable(right.length);
  known.add(right, rightCodes);
  known.find(left, leftCodes);
  return { left: fromOne(leftCodes), right: fromOne(rightCodes), count: known.width() - 1 };
}

/** Two numbers a row as one; both lie below 2^31 and the product of their counts below 2^53. */
function together(first: Int32Array, second: Int32Array, width: number): Float64Array {
  const both = new Float64Array(first.length);
  for (let i = 0; i < both.length; i++) both[i] = first[i] < 0 || second[i] < 0 ? Number.NaN : first[i] * width + second[i];
  return both;
}

/** Keys of one or several columns; rows have equal numbers where all of them are equal. Without columns no row has a key. */
export function pairKeys(left: readonly Column[], right: readonly Column[]): PairedKeys {
  let paired: PairedKeys | undefined;
  for (const [k, column] of left.entries()) {
    const next = pairColumns(column, right[k]);
    paired = paired ? pairNumbers(together(paired.left, next.left, next.count), together(paired.right, next.right, next.count)) : next;
  }
  return paired ?? { left: new Int32Array(), right: new Int32Array(), count: 0 };
}
