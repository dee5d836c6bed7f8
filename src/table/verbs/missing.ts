/** Missing cells of whole columns as bytes, one loop per column type; what becomes of them is the verbs' business. */
import type { Column } from '../column.ts';

/** Adds 1 to `counts` at each row where the column is missing. */
export function countMissingInto(column: Column, counts: Int32Array): void {
  const n = column.length;
  switch (column.type) {
    case 'category': {
      const { codes } = column;
      for (let i = 0; i < n; i++) if (codes[i] < 0) counts[i]++;
      return;
    }
    case 'text': {
      const { offsets } = column;
      for (let i = 0; i < n; i++) if (offsets[i] === offsets[i + 1]) counts[i]++;
      return;
    }
    case 'boolean': {
      const { values } = column;
      for (let i = 0; i < n; i++) if (values[i] === 2) counts[i]++;
      return;
    }
    default: {
      const { values } = column;
      for (let i = 0; i < n; i++) if (Number.isNaN(values[i])) counts[i]++;
    }
  }
}

/** Sets `flags` to 1 at each row where the column is missing. */
export function markMissing(column: Column, flags: Uint8Array): void {
  const n = column.length;
  switch (column.type) {
    case 'category': {
      const { codes } = column;
      for (let i = 0; i < n; i++) flags[i] |= codes[i] >>> 31;
      return;
    }
    case 'text': {
      const { offsets } = column;
      for (let i = 0; i < n; i++) flags[i] |= Number(offsets[i] === offsets[i + 1]);
      return;
    }
    case 'boolean': {
      const { values } = column;
      for (let i = 0; i < n; i++) flags[i] |= values[i] >>> 1;
      return;
    }
    default:
      markNumbers(column.values, flags);
  }
}

/** Sets `flags` to 1 at each row where any of the columns is missing; numbers four columns a turn, so that the waits for memory overlap. */
export function markAnyMissing(columns: readonly Column[], flags: Uint8Array): void {
  let group: Float64Array[] = [];
  for (const column of columns) {
    if (column.type === 'category' || column.type === 'text' || column.type === 'boolean') markMissing(column, flags);
    else if (group.push(column.values) === TOGETHER) {
      markFour(group, flags);
      group = [];
    }
  }
  for (const values of group) markNumbers(values, flags);
}

const TOGETHER = 4;

/** Without a branch: no one could guess where the holes are. */
function markFour([a, b, c, d]: readonly Float64Array[], flags: Uint8Array): void {
  for (let i = 0; i < flags.length; i++) {
    const w = a[i];
    const x = b[i];
    const y = c[i];
    const z = d[i];
    flags[i] |= Number(Number.isNaN(w)) | Number(Number.isNaN(x)) | Number(Number.isNaN(y)) | Number(Number.isNaN(z));
  }
}

function markNumbers(values: Float64Array, flags: Uint8Array): void {
  for (let i = 0; i < flags.length; i++) {
    const x = values[i];
    flags[i] |= Number(Number.isNaN(x));
  }
}

/** 1 where the cell is missing. */
export function missingFlags(column: Column): Uint8Array {
  const flags = new Uint8Array(column.length);
  markMissing(column, flags);
  return flags;
}

/** Indices of the rows whose flag (0 or 1) is `wanted`. */
export function rowsWhere(flags: Uint8Array, wanted: 0 | 1): Int32Array {
  const flip = 1 - wanted;
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i] ^ flip;
  // Every row is written, and the place moves on where it is wanted: no branch to guess wrong.
  const rows = new Int32Array(count);
  for (let i = 0, at = 0; at < count; i++) {
    rows[at] = i;
    at += flags[i] ^ flip;
  }
  return rows;
}
