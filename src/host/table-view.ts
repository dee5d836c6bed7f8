/** Pages of a table for the page's grid: sorted and filtered by row indices, which are kept for the last few requests. */
import { type Cell, cellAt } from '../table/column.ts';
import { columnNamed, schemaOf, type Table } from '../table/table.ts';
import { sortOrder } from '../table/verbs/sort.ts';
import type { PageRequest, TablePage } from './protocol.ts';

const KEPT_ORDERS = 4;

/** Row indices in the requested order; stable, so equal values keep the table's order. */
function orderOf(table: Table, request: PageRequest): Int32Array | null {
  if (!request.sort && !request.filter?.text && !request.rows) return null;
  let ids = request.rows
    ? Int32Array.from(request.rows).filter((row) => row >= 0 && row < table.rowCount)
    : Int32Array.from({ length: table.rowCount }, (_, i) => i);
  if (request.filter?.text) {
    const wanted = request.filter.text.toLowerCase();
    const column = columnNamed(table, request.filter.column);
    ids = ids.filter((i) =>
      String(cellAt(column, i) ?? '')
        .toLowerCase()
        .includes(wanted),
    );
  }
  if (request.sort) {
    const { column, descending } = request.sort;
    const place = sortOrder([{ column: columnNamed(table, column), descending }], table.rowCount);
    const rank = new Int32Array(table.rowCount);
    place.forEach((row, i) => {
      rank[row] = i;
    });
    ids.sort((a, b) => rank[a] - rank[b]);
  }
  return ids;
}

/** Answers page requests; one per engine, because it remembers orders. */
export function createTableView(): (table: Table, request: PageRequest) => TablePage {
  const orders = new Map<string, Int32Array | null>();
  return (table, request) => {
    const key = JSON.stringify([request.digest, request.sort, request.filter, request.rows]);
    let order = orders.get(key);
    if (order === undefined) {
      order = orderOf(table, request);
      orders.set(key, order);
      if (orders.size > KEPT_ORDERS) orders.delete(orders.keys().next().value as string);
    }
    const total = order?.length ?? table.rowCount;
    const from = Math.min(Math.max(0, request.from), total);
    const count = Math.max(0, Math.min(request.count, total - from, 1000));
    const rows: Cell[][] = [];
    const rowIds: number[] = [];
    for (let i = from; i < from + count; i++) {
      const id = order ? order[i] : i;
      rowIds.push(id);
      rows.push(table.columns.map((column) => cellAt(column, id)));
    }
    return { schema: schemaOf(table), from, total, rowIds, rows };
  };
}
