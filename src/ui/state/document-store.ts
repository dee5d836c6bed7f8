/** The open document: it changes only through `edit`, and every step can be taken back. Saving takes the history along. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { Words } from '../../base/words.ts';
import { applyEdit } from '../../engine/apply-edit.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import type { Edit } from '../../engine/edit.ts';
import { emptyHistory, type History, redo, remember, undo } from '../../engine/history.ts';
import { kindsById } from './kinds.ts';

export interface DocumentState {
  document: PipelineDocument;
  history: History;
  /** Why the last edit was refused; gone with the next one that fits. */
  refused: Problem | undefined;
}
export interface Documents extends StoreApi<DocumentState> {
  /** The one dispatcher. An edit without changes is no step; one that does not fit changes nothing and says why. */
  edit: (edit: Edit) => boolean;
  /** Label of the step taken back or done again; nothing when there was none. */
  undo: () => Words | undefined;
  redo: () => Words | undefined;
  open: (document: PipelineDocument, history?: History) => void;
  /** While there is a reason, nothing is changed, and whoever tries is told. */
  hold: (reason: Problem | undefined) => void;
}

export function createDocuments(first: PipelineDocument, past = emptyHistory, now: () => number = Date.now): Documents {
  const store = createStore<DocumentState>()(() => ({ document: first, history: past, refused: undefined }));
  let held: Problem | undefined;
  const isHeld = () => {
    if (held) store.setState({ refused: held });
    return held !== undefined;
  };
  const edit = (change: Edit): boolean => {
    if (change.changes.length === 0 || isHeld()) return false;
    const { document: before, history } = store.getState();
    try {
      const { document: after, inverse } = applyEdit(before, change, kindsById);
      store.setState({ document: after, history: remember(history, change, inverse, now()), refused: undefined });
    } catch (error) {
      store.setState({ refused: toProblem(error) });
      return false;
    }
    return true;
  };
  const travel = (way: typeof undo) => () => {
    const { document: before, history } = store.getState();
    const step = way(history);
    if (!step || isHeld()) return undefined;
    store.setState({ document: applyEdit(before, step.edit, kindsById).document, history: step.history, refused: undefined });
    return step.edit.label;
  };
  return Object.assign(store, {
    edit,
    undo: travel(undo),
    redo: travel(redo),
    open: (document: PipelineDocument, history = emptyHistory) => store.setState({ document, history, refused: undefined }),
    hold: (reason: Problem | undefined) => {
      held = reason;
      if (!reason) store.setState({ refused: undefined });
    },
  });
}
