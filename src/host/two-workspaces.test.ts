/** Two workspaces in one browser: nothing of one is seen, numbered, swept or deleted from the other, though their content is equal. */
import 'fake-indexeddb/auto';
import { beforeAll, expect, test } from 'vitest';
import { emptyDocument } from '../engine/document.ts';
import { clearWorkspace } from '../registry/clear.ts';
import { listDatasets, readDataset, saveDataset } from '../registry/datasets.ts';
import type { Registry } from '../registry/db.ts';
import { readFile, storeFile } from '../registry/files.ts';
import { listModels, readModel, registerModel, setAlias } from '../registry/models.ts';
import { listPipelines, pipelineVersions, savePipeline } from '../registry/pipelines.ts';
import { createRun, listRuns } from '../registry/runs.ts';
import { ABOUT, ORIGIN, passengers, smallModel } from '../registry/test-registry.ts';
import { remove, sweepOrphans } from '../registry/trash.ts';
import { createWorkspace, openWorkspace } from '../registry/workspaces.ts';
import { idbBlobs } from './blob-idb.ts';

const CSV = new TextEncoder().encode('age,sex\n22,male\n');
const source = { type: 'run' as const, run: 'r1', node: 'n1' };

/** As the engine worker opens it, with the blobs of a browser that has no private file system. */
async function open(id?: string): Promise<Registry> {
  const { workspace, db } = await openWorkspace(1, id);
  return { db, blobs: idbBlobs(`millrace-blobs-${workspace.id}`), now: () => 1 };
}

/** One of everything that a workspace can hold, the same in each. */
async function fill(registry: Registry) {
  const file = await storeFile(registry, 'a.csv', CSV);
  const node = { id: 'n', kind: 'data.file-import', version: 1, params: { file: { ...file } }, position: { x: 0, y: 0 } };
  await savePipeline(registry, { ...emptyDocument('p1', 'P'), nodes: { n: node } }, 0, { label: 'first' });
  const environment = { app: '0', kernels: 'k', browser: 'b', workers: 1 };
  await createRun(registry, {
    id: 'r1',
    pipeline: 'p1',
    pipelineName: 'P',
    document: '{}',
    status: 'Running',
    startedAt: 1,
    steps: [],
    environment,
  });
  const model = await registerModel(registry, 'm', smallModel(), ABOUT, ORIGIN);
  await setAlias(registry, 'm', 'champion', 1);
  const dataset = await saveDataset(registry, 'd', passengers(), { description: '', tags: {}, source });
  return { file, versions: [model.version.version, dataset.dataset.version] };
}

const listed = async (registry: Registry) => [
  (await listPipelines(registry)).length,
  (await pipelineVersions(registry, 'p1')).length,
  (await listRuns(registry)).length,
  (await listModels(registry)).length,
  (await listDatasets(registry)).length,
];

let one: Registry;
let two: Registry;
beforeAll(async () => {
  one = await open();
  two = await open((await createWorkspace('Second', 2)).id);
});

test('what one holds, the other neither lists nor reads, nor counts on from', async () => {
  const { file } = await fill(one);
  expect(await listed(one)).toEqual([1, 1, 1, 1, 1]);
  expect(await listed(two)).toEqual([0, 0, 0, 0, 0]);
  await expect(readModel(two, 'm', 1)).rejects.toMatchObject({ problem: { code: 'registry.not-found' } });
  await expect(readModel(two, 'm', 'champion')).rejects.toMatchObject({ problem: { code: 'registry.not-found' } });
  await expect(readDataset(two, 'd', 'latest')).rejects.toMatchObject({ problem: { code: 'registry.not-found' } });
  await expect(readFile(two, file)).rejects.toThrow('not in this workspace');
  for (const table of two.db.tables) expect([table.name, await table.count()]).toEqual([table.name, 0]);
  expect(await two.blobs.list()).toEqual([]);

  await registerModel(one, 'm', smallModel(0.5), ABOUT, ORIGIN);
  expect((await fill(two)).versions).toEqual([1, 1]);
});

test('deleting, sweeping and emptying one leaves the other whole', async () => {
  const { file } = await storedIn(two);
  await remove(one, { type: 'model', name: 'm', version: 1 });
  await remove(one, { type: 'pipeline', id: 'p1' });
  await sweepOrphans({ ...one, now: () => 1e12 });
  await clearWorkspace(one);
  expect(await listed(one)).toEqual([0, 0, 0, 0, 0]);

  await sweepOrphans(two);
  expect(await listed(two)).toEqual([1, 1, 1, 1, 1]);
  expect(await readModel(two, 'm', 'champion')).toEqual(smallModel());
  expect(await readDataset(two, 'd', 1)).toEqual(passengers());
  expect(await readFile(two, file)).toEqual(CSV);
});

/** The file that the pipeline of a filled workspace names. */
async function storedIn(registry: Registry) {
  const [record] = await registry.db.files.toArray();
  return { file: { name: record.name, digest: record.digest, size: CSV.length } };
}
