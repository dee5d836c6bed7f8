/** Parquet by hyparquet, loaded on demand: whole columns, no row objects. */
import type { AsyncBuffer } from 'hyparquet';
import type { CsvOptions } from '../csv/options.ts';
import { Tally } from '../findings/tally.ts';
import { columnsToTable, emptyResult } from './columns-to-table.ts';
import type { FormatResult } from './format-result.ts';

export async function readParquet(bytes: Uint8Array, options: CsvOptions = {}): Promise<FormatResult> {
  const tally = new Tally();
  const [{ parquetMetadataAsync, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => bytes.slice(start, end ?? bytes.length).buffer as ArrayBuffer,
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const names = parquetSchema(metadata).children.map((child) => child.element.name);
    const rowCount = Number(metadata.num_rows);
    const values = new Map(names.map((name) => [name, new Array<unknown>(rowCount).fill(null)]));
    await parquetRead({
      file,
      metadata,
      compressors,
      onChunk: ({ columnName, columnData, rowStart, rowEnd }) => {
        const into = values.get(columnName)!;
        for (let row = rowStart; row < rowEnd; row++) into[row] = plain(columnData[row - rowStart]);
      },
    });
    return columnsToTable(
      names.map((name) => ({ name, values: values.get(name)! })),
      options,
      tally,
    );
  } catch (error) {
    tally.add('file.damaged', { about: { format: 'Parquet', reason: error instanceof Error ? error.message : String(error) } });
    return emptyResult(tally);
  }
}

const plain = (value: unknown): unknown => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
