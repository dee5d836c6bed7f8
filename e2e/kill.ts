/** Kills the browser at random moments of editing, running and registering, and counts what was lost, torn or left half done. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PipelineDocument } from '../src/engine/document.ts';
import { expect, nodeFace, openPipeline, runAll, waitRunEnd, waitSaved } from './driver.ts';
import { type MortalBrowser, startMortal } from './mortal-browser.ts';
import { faultsOf, readStored, type Stored, type Whole } from './stored.ts';

/** What the page said is done: after that it may not be lost. */
interface Acknowledged {
  /** Thousandths that the n-th edit of the test size added. */
  edit: number;
  /** Runs that were shown as completed. */
  runs: string[];
}
export interface KillReport {
  kills: number;
  edits: number;
  runs: number;
  faults: string[];
  /** What was under way at the kills, counted. */
  moments: Record<string, number>;
}

const FILE = path.join(import.meta.dirname, 'fixtures', 'kill.json');
const BASE = 0.2;
const sizeAfter = (edit: number) => Math.round((BASE + edit / 1000) * 1000) / 1000;

/** Lehmer's generator: the moments of a failed series can be had again by its seed. */
function draws(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export async function killSeries(url: string, kills: number, seed: number): Promise<KillReport> {
  const draw = draws(seed);
  const profile = await mkdtemp(path.join(os.tmpdir(), 'millrace-kill-'));
  const report: KillReport = { kills: 0, edits: 0, runs: 0, faults: [], moments: {} };
  const whole: Whole = new Map();
  const done: Acknowledged = { edit: 0, runs: [] };
  let alive = await startMortal(profile, url);
  try {
    await openPipeline(alive.page, FILE);
    expect(await runAll(alive.page, 110_000)).toBe('Completed');
    done.runs.push((await alive.page.getByTestId('run').getAttribute('data-run')) ?? '');
    for (let kill = 1; kill <= kills; kill++) {
      const moment = await liveAndDie(alive, done, draw() * 8000, draw() < 0.8);
      report.kills++;
      report.moments[moment] = (report.moments[moment] ?? 0) + 1;
      alive = await startMortal(profile, url);
      const told = (text: string) => void report.faults.push(`kill ${kill} of seed ${seed}, while ${moment}: ${text}`);
      for (const fault of await inspect(alive, done, whole)) told(fault);
    }
    report.edits = done.edit;
    report.runs = done.runs.length;
  } finally {
    await alive.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return report;
}

/** Edits and runs until the time is up, then kills; answers with what was under way. */
async function liveAndDie({ page, kill }: MortalBrowser, done: Acknowledged, lifeMs: number, runs: boolean): Promise<string> {
  let moment = 'editing';
  let dead = false;
  const life = async () => {
    await nodeFace(page, 'Split').click();
    const field = page.getByRole('textbox', { name: 'Test size' });
    while (!dead) {
      moment = 'editing';
      const edit = done.edit + 1;
      await field.fill(String(sizeAfter(edit)));
      await field.press('Enter');
      await waitSaved(page);
      done.edit = edit;
      if (!runs) continue;
      moment = 'running';
      const button = page.getByTestId('run');
      const before = await button.getAttribute('data-run');
      await button.click();
      await expect.poll(() => button.getAttribute('data-run')).not.toBe(before);
      const run = await button.getAttribute('data-run');
      const registering = nodeFace(page, 'Register model');
      void expect(registering)
        .toHaveAttribute('data-state', 'running')
        .then(
          () => {
            moment = 'registering';
          },
          () => undefined,
        );
      if ((await waitRunEnd(page)) === 'Completed') done.runs.push(run ?? '');
    }
  };
  const living = life().catch((error: Error) => {
    if (!dead) throw error;
  });
  await Promise.race([living, new Promise((resolve) => setTimeout(resolve, lifeMs))]);
  dead = true;
  await kill();
  await living;
  return moment;
}

/** After a restart: everything that was acknowledged is there, and nothing is torn or half done. */
async function inspect({ page }: MortalBrowser, done: Acknowledged, whole: Whole): Promise<string[]> {
  const faults: string[] = [];
  await expect(page.getByTestId('writer')).toHaveAttribute('data-state', 'writer');
  await expect(nodeFace(page, 'Split')).toBeVisible();
  const open = (stored: Stored) => stored.runs.filter((run) => run.endedAt === undefined).length;
  let stored = await readStored(page, whole);
  for (let tries = 0; tries < 20 && open(stored) > 0; tries++) {
    await page.waitForTimeout(100);
    stored = await readStored(page, whole);
  }
  faults.push(...(await faultsOf(stored, whole)));
  const documents = stored.pipelines.map((pipeline) => JSON.parse(pipeline.document) as PipelineDocument);
  const split = documents
    .map((document) => Object.values(document.nodes).find((node) => node.kind === 'prepare.split'))
    .find((node) => node);
  const kept = Number(split?.params.test);
  if (!(kept >= sizeAfter(done.edit))) faults.push(`edit ${done.edit} is lost: the test size is ${kept}`);
  // An edit that was saved but not yet shown as saved counts from here on.
  else done.edit = Math.round((kept - BASE) * 1000);
  for (const id of done.runs) {
    const run = stored.runs.find((one) => one.id === id);
    if (run?.status !== 'Completed') faults.push(`run ${id} was shown as completed and is ${run?.status ?? 'gone'}`);
    const versions = stored.modelVersions.filter((version) => version.lineage.run === id);
    if (versions.length !== 1) faults.push(`run ${id} left ${versions.length} versions of its model`);
  }
  return faults;
}
