/** Which rows must stay on one side of a split or fold, and which strata they are dealt from (contracts §1 rule 6). */
import { indices } from '../base/indices.ts';
import type { Column } from '../table/column.ts';
import { classesOf, encodeClasses, numbersOf } from './target.ts';

const BANDS = 10;

/** Whether all keys differ because each is larger than the one before: the usual case, cheap to see. */
function ascends(keys: ArrayLike<number>): boolean {
  for (let i = 1; i < keys.length; i++) if (!(keys[i] > keys[i - 1])) return false;
  return true;
}

/** A number per row, that of the first row linked to it by the same id or the same group; negative or NaN keys link nothing. */
export function rowsTogether(ids: ArrayLike<number>, groups?: ArrayLike<number>): Int32Array {
  const parent = indices(ids.length);
  if (ascends(ids) && (!groups || ascends(groups))) return parent;
  const find = (row: number): number => {
    let root = row;
    while (parent[root] !== root) root = parent[root];
    let at = row;
    while (parent[at] !== root) {
      const next = parent[at];
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const link = (keys: ArrayLike<number>) => {
    if (ascends(keys)) return;
    const first = new Map<number, number>();
    for (let i = 0; i < keys.length; i++) {
      if (!(keys[i] >= 0)) continue;
      const seen = first.get(keys[i]);
      if (seen === undefined) first.set(keys[i], i);
      else {
        const a = find(seen);
        const b = find(i);
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  };
  link(ids);
  if (groups) link(groups);
  return parent.map((_, row) => find(row));
}

/** Class codes, or for numbers with many values the tenth of the order that a row is in; missing is a stratum of its own. */
export function strataOf(column: Column): Int32Array {
  const numeric = column.type === 'number' || column.type === 'integer' || column.type === 'datetime';
  const classes = classesOf(column);
  if (!numeric || classes.length <= 2 * BANDS) return knownCodes(encodeClasses(column, classes));
  const values = numbersOf(column);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges = Array.from({ length: BANDS - 1 }, (_, band) => sorted[Math.floor(((band + 1) * sorted.length) / BANDS)]);
  return Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : edges.filter((edge) => value >= edge).length));
}

/** −1 where there is no class. */
function knownCodes(codes: Float64Array): Int32Array {
  const known = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) known[i] = Number.isNaN(codes[i]) ? -1 : codes[i];
  return known;
}

/** Group codes of a column; rows without a group have none (-1). */
export const groupsOf = (column: Column): Int32Array => knownCodes(encodeClasses(column, classesOf(column)));

/** Times as numbers that order the rows: dates and numbers as they are, labels by code point. */
export const timesOf = (column: Column): Float64Array =>
  column.type === 'category' || column.type === 'text' ? encodeClasses(column, classesOf(column)) : numbersOf(column);
