/** Copies chosen rows of columns: one loop per kind of array, as a loop over several kinds is several times slower. */
import { booleans, type Column, categories, type NumericColumn, numeric } from './column.ts';
import { gatherTexts } from './text-rows.ts';

/** Whether any of the row indices is negative, which stands for a missing cell. */
export function anyNegative(ids: Int32Array): boolean {
  for (let i = 0; i < ids.length; i++) if (ids[i] < 0) return true;
  return false;
}

/** Whether the rows are all of `rowCount`, in their order. */
export function isEveryRow(ids: Int32Array, rowCount: number): boolean {
  if (ids.length !== rowCount) return false;
  for (let i = 0; i < ids.length; i++) if (ids[i] !== i) return false;
  return true;
}

/**
 * New column of the rows `ids`, in that order; -1 gives a missing cell. `gaps` says whether there is a -1, for callers that
 * gather many columns by the same rows.
 */
export function gather(column: Column, ids: Int32Array, gaps = anyNegative(ids)): Column {
  const n = ids.length;
  switch (column.type) {
    case 'category': {
      const from = column.codes;
      const codes = new Int32Array(n);
      if (gaps) for (let i = 0; i < n; i++) codes[i] = ids[i] < 0 ? -1 : from[ids[i]];
      else pickCodes(from, ids, codes);
      return categories(codes, column.dictionary);
    }
    case 'boolean': {
      const from = column.values;
      const values = new Uint8Array(n);
      for (let i = 0; i < n; i++) values[i] = ids[i] < 0 ? 2 : from[ids[i]];
      return booleans(values);
    }
    case 'text':
      return gatherTexts(column, ids);
    default: {
      const from = column.values;
      const values = new Float64Array(n);
      if (gaps) for (let i = 0; i < n; i++) values[i] = ids[i] < 0 ? Number.NaN : from[ids[i]];
      else pickNumbers(from, ids, values);
      return numeric(values, column.type);
    }
  }
}

/** Whether each row index is larger than the one before, as where rows were left out. */
function areRising(ids: Int32Array): boolean {
  for (let i = 1; i < ids.length; i++) if (ids[i] <= ids[i - 1]) return false;
  return true;
}

/**
 * The columns' rows `ids`, in that order, as `gather` gives them. Where rows were but left out, numbers go four columns a turn: the waits for memory of
 * all four overlap. In any other order four columns would push each other out of the cache.
 */
export function gatherAll(columns: readonly Column[], ids: Int32Array, gaps = anyNegative(ids)): Column[] {
  const made = new Array<Column>(columns.length);
  const apart = gaps || !areRising(ids);
  let group: number[] = [];
  columns.forEach((column, at) => {
    if (apart || !isNumeric(column)) {
      made[at] = gather(column, ids, gaps);
      return;
    }
    group.push(at);
    if (group.length < TOGETHER) return;
    const sources = group.map((place) => (columns[place] as NumericColumn).values);
    const values = pickFour(sources, ids);
    for (const [k, place] of group.entries()) made[place] = numeric(values[k], (columns[place] as NumericColumn).type);
    group = [];
  });
  for (const at of group) made[at] = gather(columns[at], ids, gaps);
  return made;
}

const TOGETHER = 4;
const isNumeric = (column: Column): column is NumericColumn => ['number', 'integer', 'datetime'].includes(column.type);

function pickFour([a, b, c, d]: readonly Float64Array[], ids: Int32Array): Float64Array[] {
  const n = ids.length;
  const [toA, toB, toC, toD] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const row = ids[i];
    const w = a[row];
    const x = b[row];
    const y = c[row];
    const z = d[row];
    toA[i] = w;
    toB[i] = x;
    toC[i] = y;
    toD[i] = z;
  }
  return [toA, toB, toC, toD];
}

/** Four loads a turn before their stores, so that the waits for memory overlap. */
function pickNumbers(from: Float64Array, ids: Int32Array, to: Float64Array): void {
  const n = ids.length;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const a = from[ids[i]];
    const b = from[ids[i + 1]];
    const c = from[ids[i + 2]];
    const d = from[ids[i + 3]];
    to[i] = a;
    to[i + 1] = b;
    to[i + 2] = c;
    to[i + 3] = d;
  }
  for (; i < n; i++) to[i] = from[ids[i]];
}

function pickCodes(from: Int32Array, ids: Int32Array, to: Int32Array): void {
  const n = ids.length;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const a = from[ids[i]];
    const b = from[ids[i + 1]];
    const c = from[ids[i + 2]];
    const d = from[ids[i + 3]];
    to[i] = a;
    to[i + 1] = b;
    to[i + 2] = c;
    to[i + 3] = d;
  }
  for (; i < n; i++) to[i] = from[ids[i]];
}
