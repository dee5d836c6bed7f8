/** What a table read from CSV holds in memory, against the bytes of its columns; needs `--expose-gc`. */
import { writeCsv } from '../table/csv/write.ts';
import { readTable } from '../table/read.ts';
import { tableBytes } from '../table/table.ts';
import { benchTable } from './data.ts';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

function held(): { typed: number; heap: number; resident: number } {
  for (let i = 0; i < 4; i++) globalThis.gc?.();
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage();
  return { typed: arrayBuffers, heap: heapUsed, resident: rss };
}

export async function memoryArea(rows: number): Promise<void> {
  const bytes = writeCsv(benchTable(rows), { guard: false });
  const before = held();
  const { table } = await readTable(bytes);
  const after = held();
  const columns = tableBytes(table);
  const growth = after.typed - before.typed + after.heap - before.heap;
  process.stdout.write(
    `\nmemory, ${rows.toLocaleString('en')} rows × ${table.columns.length} columns from ${megabytes(bytes.length)} of CSV: columns ${megabytes(columns)}, ` +
      `held ${megabytes(growth)} = ${(growth / columns).toFixed(3)}×; resident before ${megabytes(before.resident)}, after ${megabytes(after.resident)}, ` +
      `most ${megabytes(process.resourceUsage().maxRSS * 1024)}\n`,
  );
}
