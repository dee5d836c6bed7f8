/** Which pipeline a fresh page shows: the last one worked on here, else an empty one that is stored with its first edit. */
import { type Problem, toProblem } from '../../base/problem.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { emptyHistory, type History, historyFrom } from '../../engine/history.ts';
import { parseDocument } from '../../engine/parse-document.ts';
import type { Backend } from '../../host/protocol.ts';
import { randomId } from '../../host/random-id.ts';
import type { PipelineRecord } from '../../registry/records.ts';
import { translate } from '../i18n/text.ts';
import { kindsById } from './kinds.ts';
import { localValues, type Storage } from './storage.ts';

export interface Opened {
  document: PipelineDocument;
  history: History;
  /** 0 while nothing of it is stored. */
  revision: number;
  savedAt: number | undefined;
}

/** The document in a stored record, brought up to date. Throws a ProblemError when this version of the app cannot read it. */
export const storedDocument = (record: Pick<PipelineRecord, 'document'>): PipelineDocument => parseDocument(record.document, kindsById);

export const openedFrom = (record: PipelineRecord): Opened => ({
  document: storedDocument(record),
  history: historyFrom(record.history),
  revision: record.revision,
  savedAt: record.updatedAt,
});

/** A document that is stored with its first save. */
export const newOpened = (document: PipelineDocument): Opened => ({ document, history: emptyHistory, revision: 0, savedAt: undefined });

export const newPipelineId = (): string => `p-${randomId().slice(0, 8)}`;

interface Last {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
}
/** Notes which pipeline is open, for the next start. */
export const rememberOpen = (storage: Storage, id: string): void => storage.write('last-pipeline', { id, at: Date.now() } satisfies Last);

/**
 * The pipeline to start with. A browser that was killed has lost the newest of these notes, but no document: one that was
 * saved after the note was made is the one that was worked on.
 */
async function lastOpen(backend: Pick<Backend, 'listPipelines'>, storage: Storage): Promise<string | undefined> {
  const noted = storage.read<Last | undefined>('last-pipeline', undefined);
  const [newest] = (await backend.listPipelines().catch(() => [])).sort((a, b) => b.updatedAt - a.updatedAt);
  return newest && newest.updatedAt > (noted?.at ?? 0) ? newest.id : noted?.id;
}

/** With a problem: the last pipeline is there, but this version of the app cannot read it; it is left as it is. */
export async function openFirst(
  backend: Pick<Backend, 'loadPipeline' | 'listPipelines'>,
  storage: Storage = localValues,
): Promise<{ opened: Opened; problem?: Problem }> {
  const last = await lastOpen(backend, storage);
  const stored = last ? await backend.loadPipeline(last).catch(() => undefined) : undefined;
  const fresh = (id: string) => {
    rememberOpen(storage, id);
    return newOpened(emptyDocument(id, translate('designer.untitled')));
  };
  // A pipeline that is not stored yet keeps its id: two tabs, or a reload, are then about the same one.
  if (!stored || stored.deletedAt) return { opened: fresh(last && !stored ? last : newPipelineId()) };
  try {
    return { opened: openedFrom(stored) };
  } catch (error) {
    return { opened: fresh(newPipelineId()), problem: toProblem(error) };
  }
}
