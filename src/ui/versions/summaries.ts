/** What each version brought, in a few words: its first difference from the one before it; pure. */
import type { PipelineVersion } from '../../registry/records.ts';
import { translate } from '../i18n/text.ts';
import { storedDocument } from '../state/open-first.ts';
import { differences } from './difference-text.ts';
import { diffDocuments } from './document-diff.ts';

/** Beyond that many characters of documents the list must not wait for reading them. */
const MOST_TEXT = 8e6;

/** By revision; `versions` come newest first. A version that this app cannot read has no summary. */
export function summariesOf(versions: readonly PipelineVersion[]): ReadonlyMap<number, string> {
  const summaries = new Map<number, string>();
  let read = 0;
  let newer: { revision: number; document: ReturnType<typeof storedDocument> } | undefined;
  for (const version of versions) {
    read += version.document.length;
    if (read > MOST_TEXT) break;
    try {
      const document = storedDocument(version);
      if (newer) {
        const [first, ...more] = differences(diffDocuments(document, newer.document), document, newer.document);
        if (first)
          summaries.set(
            newer.revision,
            more.length === 0 ? first.text : translate('versions.and-more', { text: first.text, count: more.length }),
          );
      }
      newer = { revision: version.revision, document };
    } catch {
      newer = undefined;
    }
  }
  return summaries;
}
