/** Stable sort of row indices by several columns; categories and text compare by code point, missing rows stand together. */
import { fromUtf8 } from '../../base/bytes.ts';
import { type Column, isMissing } from '../column.ts';

export interface SortKey {
  column: Column;
  descending: boolean;
}

/** Numbers that order as the cells do; NaN where missing. */
export function sortRanks(column: Column): Float64Array {
  const ranks = new Float64Array(column.length);
  if (column.type === 'category' || column.type === 'text') {
    const labels =
      column.type === 'category'
        ? column.dictionary
        : Array.from({ length: column.length }, (_, i) => fromUtf8(column.bytes.subarray(column.offsets[i], column.offsets[i + 1])));
    const order = Array.from(labels, (_, i) => i).sort((a, b) => (labels[a] < labels[b] ? -1 : labels[a] > labels[b] ? 1 : a - b));
    const place = new Float64Array(labels.length);
    let rank = 0;
    order.forEach((at, i) => {
      if (i > 0 && labels[at] !== labels[order[i - 1]]) rank++;
      place[at] = rank;
    });
    for (let i = 0; i < ranks.length; i++)
      ranks[i] = isMissing(column, i) ? Number.NaN : place[column.type === 'category' ? column.codes[i] : i];
    return ranks;
  }
  for (let i = 0; i < ranks.length; i++) ranks[i] = isMissing(column, i) ? Number.NaN : column.values[i];
  return ranks;
}

/** Row indices in order; equal rows keep their order. Missing cells come last, or first, whatever the direction (as pandas). */
export function sortOrder(keys: readonly SortKey[], rowCount: number, missingFirst = false): Int32Array {
  const columns = keys.map((key) => ({ ranks: sortRanks(key.column), sign: key.descending ? -1 : 1 }));
  const missing = missingFirst ? -1 : 1;
  const order = Int32Array.from({ length: rowCount }, (_, i) => i);
  return order.sort((a, b) => {
    for (const { ranks, sign } of columns) {
      const x = ranks[a];
      const y = ranks[b];
      if (x === y) continue;
      const noX = Number.isNaN(x);
      const noY = Number.isNaN(y);
      if (noX && noY) continue;
      if (noX) return missing;
      if (noY) return -missing;
      return x < y ? -sign : sign;
    }
    return a - b;
  });
}
