/** The formats a table can be saved in: extension, MIME type and the writer, loaded when it is used. */
import type { Table } from '../../table/table.ts';

interface Format {
  mime: string;
  write: (table: Table) => Promise<Uint8Array>;
}
export const FORMATS: Readonly<Record<string, Format>> = {
  csv: { mime: 'text/csv', write: async (table) => (await import('../../table/csv/write.ts')).writeCsv(table) },
  json: { mime: 'application/json', write: async (table) => (await import('./json.ts')).tableJson(table) },
  parquet: {
    mime: 'application/vnd.apache.parquet',
    write: async (table) => (await import('../../table/formats/write-parquet.ts')).writeParquet(table),
  },
  xlsx: {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: async (table) => (await import('../../table/formats/write-excel.ts')).writeExcel(table),
  },
};
