/** Columns of classes that say another one over again: other codes of the same groups. */
import type { Column } from '../column.ts';

/** Fewer rows say the same by chance. */
const FEWEST_ROWS = 20;

/** Whether each value goes with one value of another column and the other way round, in the first `rows` rows with both. */
export function isRetold(column: Column, others: readonly Column[], rows: number): boolean {
  const own = tokens(column);
  return own !== undefined && others.some((other) => sameGroups(own, tokens(other), rows));
}

type Tokens = (row: number) => number;
/** What tells rows apart, not-a-number for missing ones; undefined for free text. */
function tokens(column: Column): Tokens | undefined {
  if (column.type === 'text') return undefined;
  if (column.type !== 'category' && column.type !== 'boolean') return (row) => column.values[row];
  const [values, missing] = column.type === 'category' ? [column.codes, -1] : [column.values, 2];
  return (row) => (values[row] === missing ? Number.NaN : values[row]);
}

function sameGroups(one: Tokens, two: Tokens | undefined, rows: number): boolean {
  if (!two) return false;
  const [there, back] = [new Map<number, number>(), new Map<number, number>()];
  let known = 0;
  for (let row = 0; row < rows; row++) {
    const [a, b] = [one(row), two(row)];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    known++;
    if ((there.get(a) ?? b) !== b || (back.get(b) ?? a) !== a) return false;
    there.set(a, b);
    back.set(b, a);
  }
  return known >= FEWEST_ROWS && there.size > 1 && there.size * 2 <= known;
}
