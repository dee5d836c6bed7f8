/** A table as JSON text: a list of row objects, one a line. Missing is null, date-times are ISO 8601 texts. */
import { concatBytes, utf8 } from '../../base/bytes.ts';
import { cellAt } from '../../table/column.ts';
import { formatDateTime } from '../../table/datetime.ts';
import type { Table } from '../../table/table.ts';

const ROWS_AT_ONCE = 10_000;

export function tableJson({ fields, columns, rowCount }: Table): Uint8Array<ArrayBuffer> {
  const keys = fields.map((field) => JSON.stringify(field.name));
  const cell = (c: number, row: number) => {
    const value = cellAt(columns[c], row);
    return JSON.stringify(columns[c].type === 'datetime' && typeof value === 'number' ? formatDateTime(value) : value);
  };
  const parts: Uint8Array[] = [utf8('[')];
  for (let from = 0; from < rowCount; from += ROWS_AT_ONCE) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(rowCount, from + ROWS_AT_ONCE); row++)
      lines.push(`${row === 0 ? '\n' : ',\n'}{${keys.map((key, c) => `${key}:${cell(c, row)}`).join(',')}}`);
    parts.push(utf8(lines.join('')));
  }
  parts.push(utf8('\n]\n'));
  return concatBytes(parts);
}
