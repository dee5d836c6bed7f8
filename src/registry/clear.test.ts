/** Deleting everything in a workspace leaves nothing of it, and nothing of another one is touched. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { emptyDocument } from '../engine/document.ts';
import { clearWorkspace } from './clear.ts';
import { storeFile } from './files.ts';
import { listModels, registerModel } from './models.ts';
import { listPipelines, savePipeline } from './pipelines.ts';
import { ABOUT, ORIGIN, smallModel, testRegistry } from './test-registry.ts';

async function filled() {
  const registry = testRegistry();
  const file = { ...(await storeFile(registry, 'a.csv', Uint8Array.of(1))), handle: 'h-1' };
  const node = { id: 'n', kind: 'data.file-import', version: 1, params: { file: { ...file } }, position: { x: 0, y: 0 } };
  await savePipeline(registry, { ...emptyDocument('p', 'P'), nodes: { n: node } }, 0);
  await registerModel(registry, 'm', smallModel(), ABOUT, ORIGIN);
  return registry;
}

it('empties every store and the blobs, and names the file handles', async () => {
  const [registry, other] = [await filled(), await filled()];
  expect(await clearWorkspace(registry)).toEqual(['h-1']);
  for (const table of registry.db.tables) expect([table.name, await table.count()]).toEqual([table.name, 0]);
  expect(await registry.blobs.list()).toEqual([]);
  expect([(await listPipelines(other)).length, (await listModels(other)).length]).toEqual([1, 1]);
  expect(await other.blobs.list()).toHaveLength(1);
});
