/** One pipeline through most kinds gives the same bits everywhere: in the page, and on the command line with 1 and with 8 workers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { PipelineDocument } from '../src/engine/document.ts';
import type { RunRecord } from '../src/registry/records.ts';
import { runPipeline } from './command-line.ts';
import { expect, openPipeline, runAll, test } from './driver.ts';

const FILE = path.join(import.meta.dirname, 'fixtures', 'golden.json');
const golden = JSON.parse(readFileSync(FILE, 'utf8')) as PipelineDocument;

/** `node.port` → digest. */
type Digests = Record<string, string>;

/** What tells how long trials took. */
const TIMED = new Set(['automl.results', 'automl.table']);

const fromRecord = ({ steps }: RunRecord): Digests =>
  Object.fromEntries(
    steps.flatMap(({ node, outputs = {} }) =>
      Object.entries(outputs).flatMap(([port, digest]) => (TIMED.has(`${node}.${port}`) ? [] : [[`${node}.${port}`, digest]])),
    ),
  );

async function fromCommandLine(workers: number, out: string): Promise<Digests> {
  const steps = await runPipeline(FILE, ['--workers', String(workers), '--out', out]);
  return Object.fromEntries(
    steps.flatMap(({ node, outputs }) =>
      Object.entries(outputs).flatMap(([port, value]) => (TIMED.has(`${node}.${port}`) ? [] : [[`${node}.${port}`, value.digest]])),
    ),
  );
}

/** The newest run, as the workspace keeps it. */
const lastRun = (page: Page): Promise<RunRecord> =>
  page.evaluate(
    () =>
      new Promise<RunRecord>((resolve, reject) => {
        const opening = indexedDB.open('millrace-default');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const cursor = opening.result.transaction('runs').objectStore('runs').index('number').openCursor(null, 'prev');
          cursor.onerror = () => reject(cursor.error);
          cursor.onsuccess = () => {
            resolve(cursor.result?.value as RunRecord);
            opening.result.close();
          };
        };
      }),
  );

test('page, one worker and eight workers give equal digests', async ({ app: { page } }, info) => {
  test.slow();
  await openPipeline(page, FILE);
  expect(await runAll(page, 110_000)).toBe('Completed');
  await expect.poll(async () => (await lastRun(page))?.status).toBe('Completed');
  const here = fromRecord(await lastRun(page));
  expect([...new Set(Object.keys(here).map((output) => output.split('.')[0]))].sort()).toEqual(Object.keys(golden.nodes).sort());
  const [one, eight] = await Promise.all([fromCommandLine(1, info.outputPath('one')), fromCommandLine(8, info.outputPath('eight'))]);
  expect(one).toEqual(here);
  expect(eight).toEqual(here);
});
