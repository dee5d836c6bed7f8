/** Small integers that are equal exactly where the cells of a column are: what grouping and removing duplicates work on. */
import type { Column } from '../column.ts';
import { numberTable, textTable } from './key-tables.ts';

/** 0 is missing; `width` is above the largest. */
export interface Codes {
  codes: Int32Array;
  width: number;
}

export function codesOf(column: Column): Codes {
  const n = column.length;
  const codes = new Int32Array(n);
  switch (column.type) {
    case 'category':
      for (let i = 0; i < n; i++) codes[i] = column.codes[i] + 1;
      return { codes, width: column.dictionary.length + 1 };
    case 'boolean':
      for (let i = 0; i < n; i++) codes[i] = column.values[i] === 2 ? 0 : column.values[i] + 1;
      return { codes, width: 3 };
    case 'text': {
      const known = textTable(column);
      known.add(column, codes);
      return { codes, width: known.width() };
    }
    default:
      return numberCodes(column.values, codes);
  }
}

/** Least and greatest of whole numbers; undefined when there is another number, or none at all. */
export function wholeRange(values: Float64Array): { least: number; most: number } | undefined {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (Math.floor(value) !== value) return undefined;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most && most - least < Number.POSITIVE_INFINITY ? { least, most } : undefined;
}

/** NaN is missing; -0 equals 0. Whole numbers that lie close together are their own codes; others are numbered through a hash table. */
export function numberCodes(values: Float64Array, codes: Int32Array = new Int32Array(values.length)): Codes {
  const range = wholeRange(values);
  if (range && range.most - range.least <= 2 * values.length + 65_536) {
    const { least } = range;
    for (let i = 0; i < values.length; i++) codes[i] = Number.isNaN(values[i]) ? 0 : values[i] - least + 1;
    return { codes, width: range.most - least + 2 };
  }
  const known = numberTable(values.length);
  known.add(values, codes);
  return { codes, width: known.width() };
}
