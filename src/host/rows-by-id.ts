/** Finds rows of a table by their number in its source: what was judged as row 106 of the file, wherever it stands now. */
import type { Frame } from '../recipe/frame.ts';
import { frameIds } from '../recipe/track.ts';
import { cellAt } from '../table/column.ts';
import { schemaOf, type Table } from '../table/table.ts';
import type { RowsById } from './protocol.ts';

/** Source row of each row of a frame; what was scored keeps the numbers that it had before. */
export function sourceRows(frame: Frame): Int32Array {
  const ids = frameIds(frame);
  const before = frame.scored?.[0]?.ids;
  return before ? ids.map((id) => (id < 0 ? id : before[id])) : ids;
}

/** Place of each source row, -1 where the table has none; of repeated rows the first. */
export function placesOf(rows: Int32Array): Int32Array {
  const places = new Int32Array(rows.reduce((most, id) => Math.max(most, id), -1) + 1).fill(-1);
  for (let i = rows.length - 1; i >= 0; i--) if (rows[i] >= 0) places[rows[i]] = i;
  return places;
}

/** In the order of `ids`; null for a row that is not in the table. */
export const rowsById = (table: Table, places: Int32Array | undefined, ids: ArrayLike<number>): RowsById => ({
  schema: schemaOf(table),
  rows: Array.from(ids, (id) => {
    const at = places ? (places[id] ?? -1) : id < table.rowCount ? id : -1;
    return at < 0 ? null : table.columns.map((column) => cellAt(column, at));
  }),
});
