/** Deleting everything in a workspace: records, bytes and counters; the workspace itself stays, empty. */
import type { Registry } from './db.ts';
import { write } from './db.ts';

/** Answers with the ids of the file handles that its documents held, which are the page's to forget. */
export async function clearWorkspace({ db, blobs }: Registry): Promise<string[]> {
  const documents = [await db.pipelines.toArray(), await db.pipelineVersions.toArray(), await db.runs.toArray()].flat();
  const handles = documents.flatMap(({ document }) => Array.from(document.matchAll(/"handle":"([^"]+)"/g), (found) => found[1]));
  const stores = [
    'pipelines',
    'pipelineVersions',
    'runs',
    'datasets',
    'models',
    'modelVersions',
    'bytes',
    'files',
    'keyvalue',
    'events',
  ] as const;
  await write(db, stores, async () => {
    for (const store of stores) await db.table(store).clear();
  });
  for (const { digest } of await blobs.list()) await blobs.delete(digest);
  return [...new Set(handles)];
}
