/** Saves the document and its undo history shortly after each edit and says how it stands; a conflict stops saving until the person chooses. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import { type History, keptHistory } from '../../engine/history.ts';
import type { Backend } from '../../host/protocol.ts';

export interface SaveState {
  /** `reading`: another tab writes this workspace, so nothing is saved from here. */
  status: 'saved' | 'dirty' | 'saving' | 'failed' | 'reading';
  savedAt: number | undefined;
  revision: number;
  problem: Problem | undefined;
}
export interface Autosave extends StoreApi<SaveState> {
  /** The document changed. */
  touch: () => void;
  /** Saves now what is not saved yet. */
  flush: () => Promise<void>;
  /** Another document is open from here on, as stored with this revision. */
  start: (revision: number, savedAt: number | undefined) => void;
  /** Saves nothing from here on, or saves again. What could not be saved stays marked so. */
  hold: (reading: boolean) => void;
  /** After a conflict: save over the other version. */
  overwrite: () => Promise<void>;
}

export function createAutosave(
  backend: Pick<Backend, 'savePipeline' | 'loadPipeline'>,
  open: () => { document: PipelineDocument; history: History },
  delayMs = 300,
): Autosave {
  const store = createStore<SaveState>()(() => ({ status: 'saved', savedAt: undefined, revision: 0, problem: undefined }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<void> | undefined;

  async function save(): Promise<void> {
    const { document, history } = open();
    store.setState({ status: 'saving' });
    try {
      const record = await backend.savePipeline(document, store.getState().revision, { history: keptHistory(history) });
      store.setState({
        revision: record.revision,
        savedAt: record.updatedAt,
        problem: undefined,
        status: open().document === document ? 'saved' : 'dirty',
      });
      if (open().document !== document && open().document.id === document.id) schedule();
    } catch (error) {
      store.setState({ status: 'failed', problem: toProblem(error) });
    }
  }
  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (inFlight) await inFlight;
    if (store.getState().status !== 'dirty') return;
    inFlight = save().finally(() => {
      inFlight = undefined;
    });
    await inFlight;
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delayMs);
  };
  return Object.assign(store, {
    touch: () => {
      const { status, problem } = store.getState();
      // A full disk may have room by now; over a conflict the person decides.
      if (status === 'reading' || (status === 'failed' && problem?.code !== 'storage.full')) return;
      store.setState({ status: 'dirty' });
      schedule();
    },
    flush,
    start: (revision: number, savedAt: number | undefined) => {
      clearTimeout(timer);
      const { status } = store.getState();
      store.setState({ status: status === 'reading' ? 'reading' : 'saved', savedAt, revision, problem: undefined });
    },
    hold: (reading: boolean) => {
      const { status } = store.getState();
      if (reading && status === 'saved') store.setState({ status: 'reading' });
      if (!reading && status === 'reading') store.setState({ status: 'saved' });
    },
    overwrite: async () => {
      const stored = await backend.loadPipeline(open().document.id);
      store.setState({ status: 'dirty', problem: undefined, revision: stored?.revision ?? 0 });
      await flush();
    },
  });
}
