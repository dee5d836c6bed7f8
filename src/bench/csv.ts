/** CSV text into typed columns: our scanner beside PapaParse and pandas' C parser. */
import Papa from 'papaparse';
import { fromUtf8 } from '../base/bytes.ts';
import { writeCsv } from '../table/csv/write.ts';
import { readTable } from '../table/read.ts';
import type { Area } from './area.ts';
import { benchTable } from './data.ts';

/** As many rows of the benchmark's table as make about `megabytes` of text. */
export function csvOf(megabytes: number): Uint8Array {
  const sample = benchTable(10_000);
  const perRow = writeCsv(sample, { guard: false }).length / sample.rowCount;
  return writeCsv(benchTable(Math.round((megabytes * 1e6) / perRow)), { guard: false });
}

export const csvArea: Area = {
  name: 'csv',
  about: 'CSV text into typed columns, types inferred',
  contests: (full) => [
    {
      title: `${full ? 100 : 20} MB, 20 columns`,
      open: () => {
        const bytes = csvOf(full ? 100 : 20);
        return {
          entrants: [
            { name: 'millrace', run: () => readTable(bytes) },
            { name: 'PapaParse', run: () => Papa.parse(fromUtf8(bytes), { dynamicTyping: true }).data.length },
          ],
          python: {
            script: 'verbs_speed.py',
            files: () => ({ 'table.csv': bytes }),
            args: ['csv', 'table.csv'],
            asks: [{ name: 'pandas', work: 'csv' }],
          },
          notes: () => [`${(bytes.length / 1e6).toFixed(1)} MB of text`],
        };
      },
    },
  ],
};
