/** The older version that the present one is held against; what differs follows every edit. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { PipelineVersion } from '../../registry/records.ts';
import type { Documents } from '../state/document-store.ts';
import { storedDocument } from '../state/open-first.ts';
import { type DocumentDiff, diffDocuments } from './document-diff.ts';

export interface Compared {
  version: PipelineVersion;
  document: PipelineDocument;
  diff: DocumentDiff;
}
export interface CompareState {
  compared: Compared | undefined;
  /** Why the chosen version cannot be shown. */
  problem: Problem | undefined;
}
export interface CompareStore extends StoreApi<CompareState> {
  /** Holds the present against this version; nothing ends it. */
  show: (version: PipelineVersion | undefined) => void;
}

export function createCompare(documents: Documents): CompareStore {
  const store = createStore<CompareState>()(() => ({ compared: undefined, problem: undefined }));
  const none: CompareState = { compared: undefined, problem: undefined };
  const show = (version: PipelineVersion | undefined) => {
    if (!version) {
      store.setState(none);
      return;
    }
    try {
      const document = storedDocument(version);
      store.setState({ compared: { version, document, diff: diffDocuments(document, documents.getState().document) }, problem: undefined });
    } catch (error) {
      store.setState({ compared: undefined, problem: toProblem(error) });
    }
  };
  documents.subscribe(({ document: now }, before) => {
    const { compared } = store.getState();
    if (!compared || now === before.document) return;
    if (now.id !== compared.document.id) store.setState(none);
    else store.setState({ compared: { ...compared, diff: diffDocuments(compared.document, now) } });
  });
  return Object.assign(store, { show });
}
