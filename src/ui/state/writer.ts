/** While another tab writes the workspace: shows what it saves as it saves it, changes nothing, and takes over when asked. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Problem, problem } from '../../base/problem.ts';
import { historyFrom } from '../../engine/history.ts';
import type { Backend, WriterState } from '../../host/protocol.ts';
import type { Autosave } from './autosave.ts';
import type { Documents } from './document-store.ts';
import { storedDocument } from './open-first.ts';

export interface WriterFacts {
  /** Unknown until the host has said so; then this tab may write, as the revision guards what it saves. */
  state: WriterState | undefined;
}
export interface Writing extends StoreApi<WriterFacts> {
  /** Why nothing can be changed or run here; nothing when this tab writes. */
  held: () => Problem | undefined;
  /** Stops listening. */
  close: () => void;
}

const HELD = problem({
  code: 'workspace.reading',
  severity: 'warning',
  message: 'Another tab works on this workspace, so nothing is changed from here.',
  hint: 'Take over to work in this tab.',
});
export const mayNotWrite = (state: WriterState | undefined): boolean => state === 'reader' || state === 'taken';

export function followWriter(
  backend: Pick<Backend, 'subscribeWriter' | 'subscribeRegistry' | 'loadPipeline'>,
  documents: Documents,
  saving: Autosave,
): Writing {
  const store = createStore<WriterFacts>()(() => ({ state: undefined }));
  const held = () => (mayNotWrite(store.getState().state) ? HELD : undefined);
  /** Shows the stored document where it is newer. What this tab could not save stays. */
  const follow = async () => {
    const { document } = documents.getState();
    const stored = await backend.loadPipeline(document.id);
    const { status, revision } = saving.getState();
    if (!stored || stored.deletedAt !== undefined || status !== 'reading' || stored.revision <= revision) return;
    if (documents.getState().document !== document) return;
    saving.start(stored.revision, stored.updatedAt);
    documents.open(storedDocument(stored), historyFrom(stored.history));
  };
  const changed = async (state: WriterState) => {
    const before = store.getState().state;
    store.setState({ state });
    const isStill = () => store.getState().state === state;
    if (mayNotWrite(state)) {
      documents.hold(HELD);
      await saving.flush();
      if (!isStill()) return;
      saving.hold(true);
      await follow();
    } else {
      if (mayNotWrite(before)) await follow();
      if (!isStill()) return;
      saving.hold(false);
      documents.hold(undefined);
    }
  };
  const leave = [
    backend.subscribeWriter(changed),
    backend.subscribeRegistry((stores) => {
      if (held() && stores.includes('pipelines')) void follow();
    }),
  ];
  return Object.assign(store, {
    held,
    close: () => {
      for (const stop of leave) stop();
    },
  });
}
