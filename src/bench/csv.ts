/** CSV text into typed columns: our scanner beside PapaParse and, with `npm run conformance:speed`, pandas' C parser. */
import { rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { fromUtf8 } from '../base/bytes.ts';
import { writeCsv } from '../table/csv/write.ts';
import { readTable } from '../table/read.ts';
import { benchTable } from './data.ts';
import { type Candidate, measure, median, ratio, show } from './measure.ts';
import { pandasCsv } from './pandas-process.ts';
import type { PeerProcess } from './peer-process.ts';

/** As many rows of the benchmark's table as make about `megabytes` of text. */
export function csvOf(megabytes: number): Uint8Array {
  const sample = benchTable(10_000);
  const perRow = writeCsv(sample, { guard: false }).length / sample.rowCount;
  return writeCsv(benchTable(Math.round((megabytes * 1e6) / perRow)), { guard: false });
}

/** Holds the last result, so that no work is optimised away. */
let kept: unknown;
export const lastResult = (): unknown => kept;

export async function csvArea(rows: number): Promise<void> {
  const bytes = csvOf(rows / 10_000);
  const megabytes = bytes.length / 1e6;
  const file = path.join(os.tmpdir(), `millrace-bench-${process.pid}.csv`);
  await writeFile(file, bytes);
  const inProcess = (run: () => unknown) => async () => {
    globalThis.gc?.();
    const start = process.cpuUsage();
    kept = await run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const candidates: Candidate[] = [
    { name: 'millrace', once: inProcess(() => readTable(bytes)) },
    { name: 'PapaParse (dynamicTyping)', once: inProcess(() => Papa.parse(fromUtf8(bytes), { dynamicTyping: true }).data.length) },
  ];
  let pandas: PeerProcess | undefined;
  try {
    pandas = pandasCsv(file);
    await pandas.start();
    const { name } = pandas;
    candidates.push({ name, once: async () => (await pandas!.ask('csv')).ms ?? Number.NaN });
  } catch (error) {
    process.stdout.write(`pandas left out: ${(error as Error).message}\n`);
  }
  const timings = await measure(candidates, 7);
  process.stdout.write(`\ncsv, ${megabytes.toFixed(0)} MB with type inference; CPU ms, median (min–max)\n`);
  for (const timing of timings) {
    const speed = ((megabytes / median(timing)) * 1000).toFixed(0);
    process.stdout.write(`${timing.name.padEnd(26)} ${show(timing).padEnd(22)} ${speed} MB/s  ${ratio(timing, timings[0]).toFixed(2)}×\n`);
  }
  pandas?.close();
  await rm(file);
}
