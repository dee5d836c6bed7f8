/** Which pipeline a fresh page shows: the last one worked on here, else an empty one that is stored with its first edit. */
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import type { Backend } from '../../host/protocol.ts';
import { randomId } from '../../host/random-id.ts';
import { translate } from '../i18n/text.ts';
import { localValues, type Storage } from './storage.ts';

export interface Opened {
  document: PipelineDocument;
  revision: number;
  savedAt: number | undefined;
}

export const newPipelineId = (): string => `p-${randomId().slice(0, 8)}`;

export async function openFirst(backend: Pick<Backend, 'loadPipeline'>, storage: Storage = localValues): Promise<Opened> {
  const last = storage.read<string | undefined>('last-pipeline', undefined);
  const stored = last ? await backend.loadPipeline(last).catch(() => undefined) : undefined;
  if (stored && !stored.deletedAt)
    return { document: JSON.parse(stored.document) as PipelineDocument, revision: stored.revision, savedAt: stored.updatedAt };
  // A pipeline that is not stored yet keeps its id: two tabs, or a reload, are then about the same one.
  const id = last && !stored ? last : newPipelineId();
  storage.write('last-pipeline', id);
  return { document: emptyDocument(id, translate('designer.untitled')), revision: 0, savedAt: undefined };
}
