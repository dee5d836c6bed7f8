/** Parquet by hyparquet, loaded on demand: whole columns, no row objects. */
import type { AsyncBuffer, FileMetaData, SchemaElement, SchemaTree } from 'hyparquet';
import type { CsvOptions } from '../csv/options.ts';
import { Tally } from '../findings/tally.ts';
import { clock } from './clock.ts';
import { columnsToTable, emptyResult } from './columns-to-table.ts';
import type { FormatResult } from './format-result.ts';

/** Cells are JavaScript values while they are read; so many still fit in memory. A damaged file may claim any number. */
const MOST_CELLS = 2 ** 28;

export async function readParquet(bytes: Uint8Array, options: CsvOptions = {}): Promise<FormatResult> {
  const tally = new Tally();
  const [{ parquetMetadataAsync, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  // A page of nothing but missing cells is an empty block, which the library takes for a damaged one.
  const LZ4_RAW = (input: Uint8Array, length: number) => (length === 0 ? new Uint8Array() : compressors.LZ4_RAW!(input, length));
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => bytes.slice(start, end ?? bytes.length).buffer as ArrayBuffer,
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const schema = parquetSchema(metadata);
    checkPaths(metadata, schema);
    const fields = schema.children.map(({ element }) => element);
    const names = fields.map(({ name }) => name);
    const untyped = new Set(
      fields.filter((field) => field.type === 'BYTE_ARRAY' && !field.logical_type && !field.converted_type).map(({ name }) => name),
    );
    const clocks = new Map(fields.map((field) => [field.name, unitsPerSecond(field)]));
    const rowCount = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    if (!(rowCount * names.length <= MOST_CELLS)) {
      tally.add('parquet.too-big', { about: { rows: rowCount, columns: names.length } });
      return emptyResult(tally);
    }
    const values = new Map(names.map((name) => [name, new Array<unknown>(rowCount).fill(null)]));
    await parquetRead({
      file,
      metadata,
      compressors: { ...compressors, LZ4_RAW },
      onChunk: ({ columnName, columnData, rowStart, rowEnd }) => {
        const into = values.get(columnName)!;
        const perSecond = clocks.get(columnName);
        const raw = untyped.has(columnName);
        for (let row = rowStart; row < rowEnd; row++) {
          const value = columnData[row - rowStart];
          into[row] = perSecond === undefined || value === null || value === undefined ? textOf(value) : clock(Number(value) / perSecond);
          if (raw && String(into[row]).includes('\uFFFD')) tally.add('column.not-text', { column: columnName, row });
        }
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

/**
 * Throws where a column chunk names no field of the schema. The library finds that only when it has begun to read the chunks
 * before, and leaves their errors without anybody to hear them, which ends a Node process.
 */
function checkPaths({ row_groups: groups }: FileMetaData, schema: SchemaTree): void {
  for (const { columns } of groups) {
    for (const { meta_data: about } of columns) {
      const path = about?.path_in_schema ?? [];
      const leaf = path.reduce<SchemaTree | undefined>((at, name) => at?.children.find(({ element }) => element.name === name), schema);
      if (leaf === undefined || leaf === schema) throw new Error(`the column ${path.join('.')} is not in its schema`);
    }
  }
}

/** Of a time of day; undefined for all else. */
function unitsPerSecond({ logical_type: type, converted_type: old }: SchemaElement): number | undefined {
  if (type?.type === 'TIME') return PER_SECOND[type.unit];
  return old === 'TIME_MILLIS' ? PER_SECOND.MILLIS : old === 'TIME_MICROS' ? PER_SECOND.MICROS : undefined;
}
/** Units of a time of day. */
const PER_SECOND = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 };
const textOf = (value: unknown): unknown => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
