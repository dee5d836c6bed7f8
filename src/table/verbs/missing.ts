/** Missing cells of whole columns as bytes, one loop per column type; what becomes of them is the verbs' business. */
import type { Column } from '../column.ts';

/** Adds 1 to `counts` at each row where the column is missing. */
export function countMissingInto(column: Column, counts: Uint8Array | Int32Array): void {
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

/** 1 where the cell is missing. */
export function missingFlags(column: Column): Uint8Array {
  const flags = new Uint8Array(column.length);
  countMissingInto(column, flags);
  return flags;
}

/** Indices of the rows whose byte is `wanted`. */
export function rowsWhere(flags: Uint8Array, wanted: number): Int32Array {
  let count = 0;
  for (let i = 0; i < flags.length; i++) if (flags[i] === wanted) count++;
  const rows = new Int32Array(count);
  for (let i = 0, at = 0; at < count; i++) if (flags[i] === wanted) rows[at++] = i;
  return rows;
}
