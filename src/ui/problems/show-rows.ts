/** Has the dock show a node's table cut to some rows of it. */
import type { Session } from '../state/session.ts';

/** `rows` are counted from 1. */
export function showRows(session: Session, node: string, rows: readonly number[]): void {
  session.selection.getState().select({ nodes: [node] });
  session.panels.getState().set({ dockOpen: true, dockPinned: undefined, shownRows: { node, rows: rows.map((row) => row - 1) } });
}
