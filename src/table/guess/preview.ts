/** The first rows of a table as texts, for a look before anything is imported. */
import { cellAt } from '../column.ts';
import { formatDateTime } from '../datetime.ts';
import type { Table } from '../table.ts';

const LONGEST = 200;

export function previewOf(table: Table, rows: number): (string | null)[][] {
  return Array.from({ length: Math.min(rows, table.rowCount) }, (_, row) =>
    table.columns.map((column) => {
      const cell = cellAt(column, row);
      if (cell === null) return null;
      const text = column.type === 'datetime' ? formatDateTime(cell as number) : String(cell);
      return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    }),
  );
}
