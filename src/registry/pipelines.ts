/** Pipelines as saved: the newest document with its revision, 50 timed copies and every named one. */
import { canonical } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import type { Words } from '../base/words.ts';
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
  more: { label?: string; headline?: Words; history?: string } = {},
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
    await keepCopy(db, record, old, more.label);
    return record;
  });
}

const copyOf = (record: PipelineRecord, label?: string): PipelineVersion => ({
  pipeline: record.id,
  revision: record.revision,
  at: record.updatedAt,
  document: record.document,
  ...(label === undefined ? {} : { label }),
});

/** What came out of its last run, for lists of pipelines; no new revision. */
export function noteHeadline({ db }: Registry, id: string, headline: Words): Promise<void> {
  return write(db, ['pipelines'], async () => {
    await db.pipelines.update(id, { headline });
  });
}

/** A timed copy each two minutes of work, and of whatever stood that long before this save: that is what one wants back. */
async function keepCopy(db: Registry['db'], record: PipelineRecord, old: PipelineRecord | undefined, label?: string): Promise<void> {
  const copies = await db.pipelineVersions.where('pipeline').equals(record.id).sortBy('revision');
  const last = copies.findLast((copy) => copy.label === undefined);
  const stood = old && record.updatedAt - old.updatedAt >= COPY_EVERY_MS && !copies.some((copy) => copy.revision === old.revision);
  if (stood) await db.pipelineVersions.put(copyOf(old));
  if (label !== undefined || !last || record.updatedAt - last.at >= COPY_EVERY_MS) await db.pipelineVersions.put(copyOf(record, label));
  await dropSurplus(db, record.id);
}

async function dropSurplus(db: Registry['db'], id: string): Promise<void> {
  const copies = await db.pipelineVersions.where('pipeline').equals(id).sortBy('revision');
  const timed = copies.filter((copy) => copy.label === undefined);
  const surplus = timed.slice(0, Math.max(0, timed.length - TIMED_COPIES));
  await db.pipelineVersions.bulkDelete(surplus.map((copy): [string, number] => [copy.pipeline, copy.revision]));
}

/** Names a copy, or the pipeline as it is now, so that it is kept for good; without a name it is a timed one again. */
export function nameVersion({ db }: Registry, id: string, revision: number, label: string | null): Promise<void> {
  return write(db, ['pipelines', 'pipelineVersions'], async () => {
    const now = await db.pipelines.get(id);
    const found = (await db.pipelineVersions.get([id, revision])) ?? (now?.revision === revision ? copyOf(now) : undefined);
    if (!found) throw goneVersion(revision);
    const { label: _label, ...copy } = found;
    await db.pipelineVersions.put(label === null ? copy : { ...copy, label });
    await dropSurplus(db, id);
  });
}

const goneVersion = (revision: number) =>
  new ProblemError({
    code: 'registry.no-version',
    args: { revision },
    message: 'That version is no longer kept.',
    hint: 'Choose another one; the 50 newest are kept, and every one with a name.',
  });

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
