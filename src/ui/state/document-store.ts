/** The open document: it changes only through `edit`, and every step can be taken back. The history survives a reload. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PipelineDocument } from '../../engine/document.ts';
import type { ApplyEdit, Edit } from '../../engine/edit.ts';
import type { Storage } from './storage.ts';

/** One step that can be taken back: its name and the edit that undoes it; `redo` holds the same for the other way. */
interface Step {
  label: string;
  inverse: Edit;
  merge?: string;
  at: number;
}
export interface DocumentState {
  document: PipelineDocument;
  past: readonly Step[];
  future: readonly Step[];
}
export interface Documents extends StoreApi<DocumentState> {
  /** The one dispatcher; an edit without changes is no step. */
  edit: (edit: Edit) => void;
  undo: () => string | undefined;
  redo: () => string | undefined;
  open: (document: PipelineDocument) => void;
}

const STEPS = 500;
const MERGE_MS = 500;
/** Steps kept over a reload: enough for the work in hand, small enough for local storage. */
const KEPT = 60;

interface Options {
  apply: ApplyEdit;
  storage: Storage;
  now?: () => number;
}

export function createDocuments(document: PipelineDocument, { apply, storage, now = Date.now }: Options): Documents {
  const load = (of: PipelineDocument): DocumentState => {
    const stored = storage.read<{ document?: string; past: Step[] }>(`history.${of.id}`, { past: [] });
    return { document: of, past: stored.document === JSON.stringify(of) ? stored.past : [], future: [] };
  };
  const store = createStore<DocumentState>()(() => load(document));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { document: of, past } = store.getState();
      storage.write(`history.${of.id}`, { document: JSON.stringify(of), past: past.slice(-KEPT) });
    }, 400);
  };

  const edit = (change: Edit) => {
    if (change.changes.length === 0) return;
    const { document: before, past } = store.getState();
    const { document: after, inverse } = apply(before, change);
    const last = past.at(-1);
    const at = now();
    const merges = last !== undefined && change.merge !== undefined && last.merge === change.merge && at - last.at <= MERGE_MS;
    const step: Step = merges
      ? {
          label: change.label,
          merge: change.merge,
          at,
          inverse: { ...last.inverse, changes: [...inverse.changes, ...last.inverse.changes] },
        }
      : { label: change.label, merge: change.merge, at, inverse };
    store.setState({ document: after, past: [...(merges ? past.slice(0, -1) : past), step].slice(-STEPS), future: [] });
    keep();
  };
  const travel = (from: 'past' | 'future', to: 'past' | 'future') => () => {
    const state = store.getState();
    const step = state[from].at(-1);
    if (!step) return undefined;
    const { document: after, inverse } = apply(state.document, step.inverse);
    store.setState({
      document: after,
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], { label: step.label, inverse, at: 0 }],
    });
    keep();
    return step.label;
  };
  return Object.assign(store, {
    edit,
    undo: travel('past', 'future'),
    redo: travel('future', 'past'),
    open: (next: PipelineDocument) => store.setState(load(next)),
  });
}
