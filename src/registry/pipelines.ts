/** Pipelines as saved: the newest document with its revision, 50 timed copies and every named one. */
import { canonical } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import type { PipelineDocument } from '../engine/document.ts';
import { type Registry, write } from './db.ts';
import type { PipelineRecord, PipelineVersion } from './records.ts';

const TIMED_COPIES = 50;
/** Autosave writes every second; a copy for the history is kept at most this often. */
const COPY_EVERY_MS = 120_000;

/**
 * Saves a document as the next revision. `expectedRevision` is the one it was made from (0 = new); if another tab saved
 * meanwhile, nothing is written and a `registry.revision-conflict` Problem is thrown. Saving takes it out of the trash. The undo
 * history goes into the same transaction, so that after any end of the page it fits the document.
 */
export function savePipeline(
  { db, now }: Registry,
  document: PipelineDocument,
  expectedRevision: number,
  more: { label?: string; headline?: string; history?: string } = {},
): Promise<PipelineRecord> {
  const text = canonical(document);
  const at = now();
  return write(db, ['pipelines', 'pipelineVersions'], async () => {
    const old = await db.pipelines.get(document.id);
    const stored = old?.revision ?? 0;
    if (stored !== expectedRevision) throw conflict(document.name, expectedRevision, stored);
    const headline = more.headline ?? old?.headline;
    const record: PipelineRecord = {
      id: document.id,
      name: document.name,
      document: text,
      createdAt: old?.createdAt ?? at,
      updatedAt: at,
      revision: stored + 1,
      nodeCount: Object.keys(document.nodes).length,
      ...(headline === undefined ? {} : { headline }),
      ...(more.history === undefined ? {} : { history: more.history }),
    };
    await db.pipelines.put(record);
    await keepCopy(db, record, more.label);
    return record;
  });
}

async function keepCopy(db: Registry['db'], record: PipelineRecord, label?: string): Promise<void> {
  const copies = await db.pipelineVersions.where('pipeline').equals(record.id).sortBy('revision');
  const timed = copies.filter((copy) => copy.label === undefined);
  const last = timed.at(-1);
  if (label === undefined && last && record.updatedAt - last.at < COPY_EVERY_MS) return;
  await db.pipelineVersions.put({
    pipeline: record.id,
    revision: record.revision,
    at: record.updatedAt,
    document: record.document,
    ...(label === undefined ? {} : { label }),
  });
  const surplus = timed.slice(0, Math.max(0, timed.length + (label === undefined ? 1 : 0) - TIMED_COPIES));
  await db.pipelineVersions.bulkDelete(surplus.map((copy): [string, number] => [copy.pipeline, copy.revision]));
}

const conflict = (name: string, expected: number, stored: number) =>
  new ProblemError({
    code: 'registry.revision-conflict',
    args: { name, expected, stored },
    message: `“${name}” was changed in another tab, so this change was not saved over it.`,
    hint: 'Load the newer one, or save yours under another name.',
  });

export const loadPipeline = ({ db }: Registry, id: string): Promise<PipelineRecord | undefined> => db.pipelines.get(id);

/** Pipelines that are not in the trash, last changed first, without their histories. */
export const listPipelines = async ({ db }: Registry): Promise<PipelineRecord[]> =>
  (await db.pipelines.orderBy('updatedAt').reverse().toArray())
    .filter((record) => record.deletedAt === undefined)
    .map(({ history: _history, ...record }) => record);

/** Copies of a pipeline, newest first. */
export const pipelineVersions = async ({ db }: Registry, id: string): Promise<PipelineVersion[]> =>
  (await db.pipelineVersions.where('pipeline').equals(id).sortBy('revision')).reverse();
