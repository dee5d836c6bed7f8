/** CSV text into typed columns: our scanner beside PapaParse. */
import Papa from 'papaparse';
import { fromUtf8 } from '../base/bytes.ts';
import { writeCsv } from '../table/csv/write.ts';
import { readTable } from '../table/read.ts';
import { benchTable } from './data.ts';
import { line, measure } from './measure.ts';

export async function csvArea(rows: number): Promise<void> {
  const bytes = writeCsv(benchTable(rows));
  const megabytes = bytes.length / 1e6;
  const timings = await measure(
    [
      { name: 'millrace', run: () => readTable(bytes) },
      { name: 'papaparse (dynamicTyping)', run: () => Papa.parse(fromUtf8(bytes), { header: false, dynamicTyping: true }).data.length },
    ],
    3,
  );
  process.stdout.write(`${line(`csv ${megabytes.toFixed(0)} MB`, timings)}\n`);
  for (const { name, median } of timings) process.stdout.write(`  ${name}: ${((megabytes / median) * 1000).toFixed(0)} MB/s\n`);
}
