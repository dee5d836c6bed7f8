/** Dragging a wire: judge while it moves, connect, refuse with reasons, or ask for a new node where it was dropped. */
import { useCallback, useMemo } from 'react';
import type { Connection, FinalConnectionState, OnConnectStartParams } from 'reactflow';
import { wordsText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { connect } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { type Session, useSession } from '../state/session.ts';
import { type End, judge, refusalOf, type Side } from './connect-rules.ts';
import { useConnecting } from './connecting-store.ts';
import { refuse } from './refusals.ts';

const endsOf = (c: {
  source: string;
  sourceHandle?: string | null;
  target: string;
  targetHandle?: string | null;
}): { from: End; to: End } => ({
  from: { node: c.source, port: c.sourceHandle ?? '' },
  to: { node: c.target, port: c.targetHandle ?? '' },
});

/** Adds the wire, or opens the refusal at `at`. */
export function tryConnect(session: Session, from: End, to: End, at: { x: number; y: number }): void {
  const { document } = session.documents.getState();
  const refused = refusalOf(document, from, to);
  if (refused) {
    const refusal = refuse(session, refused, from, to, at);
    session.panels.getState().set({ refusal });
    announce(refusal.message);
    return;
  }
  const edit = connect(document, from, to);
  session.documents.edit(edit);
  announce(wordsText(edit.label));
}

const pointOf = (event: MouseEvent | TouchEvent) =>
  'changedTouches' in event
    ? { x: event.changedTouches[0].clientX, y: event.changedTouches[0].clientY }
    : { x: event.clientX, y: event.clientY };

/** Dropped on the body of a node: its first port that fits. */
function portOnBody(session: Session, fixed: End, side: Side, node: string): End | undefined {
  const { document } = session.documents.getState();
  const kind = kindOf(document.nodes[node]?.kind ?? '');
  const ask = judge(document, fixed, side);
  const ports = (side === 'out' ? kind?.inputs : kind?.outputs) ?? [];
  const fits = ports.find((port) => ask({ node, port: port.id }) === undefined) ?? ports[0];
  return fits && { node, port: fits.id };
}

export function useConnect() {
  const session = useSession();
  const isValidConnection = useCallback(
    (c: Connection | { source: string; target: string; sourceHandle?: string | null; targetHandle?: string | null }) => {
      const { from, to } = endsOf(c);
      const { now } = useConnecting.getState();
      if (now) return now.judge(now.side === 'out' ? to : from) === undefined;
      return refusalOf(session.documents.getState().document, from, to) === undefined;
    },
    [session],
  );
  const onConnectStart = useCallback(
    (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
      if (!nodeId || !handleId) return;
      const fixed = { node: nodeId, port: handleId };
      const side: Side = handleType === 'source' ? 'out' : 'in';
      useConnecting.setState({ now: { fixed, side, judge: judge(session.documents.getState().document, fixed, side) } });
      session.panels.getState().set({ peek: undefined, quickAdd: undefined });
    },
    [session],
  );
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { now } = useConnecting.getState();
      useConnecting.setState({ now: undefined });
      if (!now) return;
      const at = pointOf(event);
      const moved = state.from && state.to ? Math.hypot(state.to.x - state.from.x, state.to.y - state.from.y) : 0;
      const other: End | undefined =
        state.toHandle && state.toHandle.nodeId !== now.fixed.node
          ? { node: state.toHandle.nodeId, port: state.toHandle.id ?? '' }
          : bodyUnder(session, now.fixed, now.side, at);
      if (other) {
        const [from, to] = now.side === 'out' ? [now.fixed, other] : [other, now.fixed];
        tryConnect(session, from, to, at);
        return;
      }
      if (moved < 12) return;
      const place = session.canvas.port.toCanvas(at);
      session.panels.getState().set({ quickAdd: { at, place, from: { ...now.fixed, side: now.side } } });
    },
    [session],
  );
  return useMemo(() => ({ isValidConnection, onConnectStart, onConnectEnd }), [isValidConnection, onConnectStart, onConnectEnd]);
}

function bodyUnder(session: Session, fixed: End, side: Side, at: { x: number; y: number }): End | undefined {
  const node = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>('[data-node]')?.dataset.node;
  return node && node !== fixed.node ? portOnBody(session, fixed, side, node) : undefined;
}
