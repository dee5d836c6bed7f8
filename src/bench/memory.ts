/** What a table read from CSV holds in memory, against the bytes of its columns; needs `--expose-gc`. */
import { writeCsv } from '../table/csv/write.ts';
import { readTable } from '../table/read.ts';
import { tableBytes } from '../table/table.ts';
import { type Area, many } from './area.ts';
import { benchTable } from './data.ts';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

function held(): { held: number; resident: number } {
  for (let i = 0; i < 4; i++) globalThis.gc?.();
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage();
  return { held: arrayBuffers + heapUsed, resident: rss };
}

/** Apart, so that the table it is written from is gone when the text stands. */
const textOf = (rows: number): Uint8Array => writeCsv(benchTable(rows), { guard: false });

export const memoryArea: Area = {
  name: 'memory',
  about: 'what a table read from CSV holds',
  nodeOnly: true,
  contests: (full) => {
    const rows = full ? 1_000_000 : 200_000;
    return [
      {
        title: `${many(rows)} rows × 20 columns`,
        open: async () => {
          const bytes = textOf(rows);
          const before = held();
          const { table } = await readTable(bytes);
          const after = held();
          const columns = tableBytes(table);
          const growth = after.held - before.held;
          const note =
            `columns ${megabytes(columns)}, held ${megabytes(growth)} = ${(growth / columns).toFixed(3)}×; ` +
            `resident before ${megabytes(before.resident)}, after ${megabytes(after.resident)}`;
          return { entrants: [{ name: 'millrace', run: () => readTable(bytes) }], notes: () => [note] };
        },
      },
    ];
  },
};
