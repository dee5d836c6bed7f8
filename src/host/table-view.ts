/** Pages of a table for the page's grid: sorted and filtered by row indices, which are kept for the last few requests. */
import { type Cell, type Column, cellAt, isMissing } from '../table/column.ts';
import { columnNamed, schemaOf, type Table } from '../table/table.ts';
import type { PageRequest, TablePage } from './protocol.ts';

const KEPT_ORDERS = 4;

/** Rank of each distinct value, so that sorting compares numbers only; missing cells rank last either way. */
function ranks(column: Column, descending: boolean): Float64Array {
  const rank = new Float64Array(column.length);
  const missing = descending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (column.type === 'category' || column.type === 'text') {
    const labels =
      column.type === 'category'
        ? [...column.dictionary]
        : Array.from({ length: column.length }, (_, i) => String(cellAt(column, i) ?? ''));
    const order = labels.map((_, i) => i).sort((a, b) => (labels[a] < labels[b] ? -1 : labels[a] > labels[b] ? 1 : a - b));
    const place = new Float64Array(labels.length);
    let current = -1;
    order.forEach((at, i) => {
      if (i === 0 || labels[at] !== labels[order[i - 1]]) current++;
      place[at] = current;
    });
    for (let i = 0; i < column.length; i++)
      rank[i] = isMissing(column, i) ? missing : place[column.type === 'category' ? column.codes[i] : i];
    return rank;
  }
  for (let i = 0; i < column.length; i++) rank[i] = isMissing(column, i) ? missing : column.values[i];
  return rank;
}

/** Row indices in the requested order; stable, so equal values keep the table's order. */
function orderOf(table: Table, request: PageRequest): Int32Array | null {
  if (!request.sort && !request.filter?.text) return null;
  let ids = Int32Array.from({ length: table.rowCount }, (_, i) => i);
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
    const rank = ranks(columnNamed(table, column), descending);
    ids.sort((a, b) => (rank[a] === rank[b] ? a - b : descending ? (rank[b] > rank[a] ? 1 : -1) : rank[a] > rank[b] ? 1 : -1));
  }
  return ids;
}

/** Answers page requests; one per engine, because it remembers orders. */
export function createTableView(): (table: Table, request: PageRequest) => TablePage {
  const orders = new Map<string, Int32Array | null>();
  return (table, request) => {
    const key = JSON.stringify([request.digest, request.sort, request.filter]);
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
