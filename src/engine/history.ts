/** Undo and redo as plain data: named steps of changes both ways, bursts in one place merged, 500 steps kept. Pure. */
import type { Words } from '../base/words.ts';
import type { Change, Edit } from './edit.ts';

export interface HistoryStep {
  label: Words;
  merge?: string;
  /** When it was last added to, in milliseconds; nothing merges into a step that was undone or redone. */
  at?: number;
  undo: readonly Change[];
  redo: readonly Change[];
}
/** Survives JSON. */
export interface History {
  past: readonly HistoryStep[];
  /** Undone steps, the next one to redo last. */
  future: readonly HistoryStep[];
}
export const emptyHistory: History = { past: [], future: [] };

const MOST_STEPS = 500;
const MERGE_MS = 500;

/** More text than this is not worth keeping over a reload: the oldest steps go first. */
const MOST_KEPT_CHARACTERS = 2_000_000;

/** The history as text for the place where its document is stored; both go into one write, so that they never disagree. */
export function keptHistory(history: History): string {
  const kept = [...history.past];
  let text = JSON.stringify(history);
  while (text.length > MOST_KEPT_CHARACTERS && kept.length > 0) {
    kept.splice(0, Math.ceil(kept.length / 4));
    text = JSON.stringify({ past: kept, future: history.future });
  }
  return text.length > MOST_KEPT_CHARACTERS ? JSON.stringify(emptyHistory) : text;
}

/** The history from such a text; an empty one from none. */
export const historyFrom = (text: string | undefined): History => (text === undefined ? emptyHistory : (JSON.parse(text) as History));

/** After an edit was applied: remembers it, and forgets what could have been redone. */
export function remember(history: History, edit: Edit, inverse: Edit, at: number): History {
  const last = history.past.at(-1);
  const merges = last?.at !== undefined && edit.merge !== undefined && last.merge === edit.merge && at - last.at <= MERGE_MS;
  const step: HistoryStep = {
    label: edit.label,
    ...(edit.merge === undefined ? {} : { merge: edit.merge }),
    at,
    undo: merges ? lastPerTarget([...inverse.changes, ...last.undo]) : inverse.changes,
    redo: merges ? lastPerTarget([...last.redo, ...edit.changes]) : edit.changes,
  };
  return { past: [...(merges ? history.past.slice(0, -1) : history.past), step].slice(-MOST_STEPS), future: [] };
}

/** The edit that takes back the last step, and the history once it is applied; undefined when there is none. */
export function undo(history: History): { edit: Edit; history: History } | undefined {
  return travel(history.past, history.future, 'undo', (past, future) => ({ past, future }));
}

export function redo(history: History): { edit: Edit; history: History } | undefined {
  return travel(history.future, history.past, 'redo', (future, past) => ({ past, future }));
}

function travel(
  from: readonly HistoryStep[],
  to: readonly HistoryStep[],
  way: 'undo' | 'redo',
  make: (from: readonly HistoryStep[], to: readonly HistoryStep[]) => History,
): { edit: Edit; history: History } | undefined {
  const step = from.at(-1);
  if (!step) return undefined;
  const rest = from.slice(0, -1);
  return { edit: { label: step.label, changes: step[way] }, history: make(closeLast(rest), [...to, ...closeLast([step])]) };
}

function closeLast(steps: readonly HistoryStep[]): readonly HistoryStep[] {
  const last = steps.at(-1);
  if (last?.at === undefined) return steps;
  const { at: _at, ...closed } = last;
  return [...steps.slice(0, -1), closed];
}

/** Of changes that each set one whole thing of the same sort, only the last of each thing counts (a drag is one change). */
function lastPerTarget(changes: readonly Change[]): readonly Change[] {
  const sorts = new Set(changes.map((change) => change.type));
  if (sorts.size > 1 || changes.some((change) => 'id' in change && change.value === null)) return changes;
  const last = new Map(changes.map((change) => [targetOf(change), change]));
  return [...last.values()];
}
const targetOf = (change: Change): string =>
  change.type === 'param' ? JSON.stringify([change.node, change.param]) : change.type === 'field' ? change.field : change.id;
