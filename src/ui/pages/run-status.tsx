/** A run's status as icon, word and colour, in the vocabulary of the canvas. */
import type { RunStatus } from '../../registry/records.ts';
import { useText } from '../i18n/text.ts';
import { type NodeState, StateIcon } from '../kit/state-badge.tsx';

const LOOK: Record<RunStatus, NodeState> = {
  NotStarted: 'idle',
  Queued: 'queued',
  Running: 'running',
  Completed: 'fresh',
  Failed: 'failed',
  Canceled: 'cancelled',
  NotResponding: 'blocked',
};

export function RunStatusBadge({ status }: { status: RunStatus }) {
  const t = useText();
  return (
    <span className={`mr-state mr-state-${LOOK[status]}`}>
      <StateIcon state={LOOK[status]} />
      {t(`pages.runs.status.${status}`)}
    </span>
  );
}
