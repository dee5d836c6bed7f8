/** Why a node is in its state, as one sentence for hovering, details and screen readers; pure. */
import type { PlannedStep } from '../../engine/plan-types.ts';
import { translate } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import type { NodeState } from '../kit/state-badge.tsx';
import type { StepRun } from './run-store.ts';

/** `reason` is what the face's second line says of it. */
export function explainState(state: NodeState, reason: string, planned: PlannedStep | undefined, run: StepRun | undefined): string {
  const because = (key: string, text: string) =>
    text ? translate(`canvas.why.${key}-because`, { reason: text }) : translate(`canvas.why.${key}`);
  switch (state) {
    case 'idle':
    case 'cancelled':
    case 'disabled':
    case 'reused':
      return translate(`canvas.why.${state}`);
    case 'fresh':
      return because('fresh', wordsText(run?.reason ?? ''));
    case 'running':
      return because('running', wordsText(run?.reason ?? ''));
    case 'queued':
      return run?.place ? translate('canvas.why.queued-place', { place: run.place }) : translate('canvas.why.queued');
    case 'stale':
      return planned?.state === 'will-check' ? translate('canvas.why.may-run') : because('stale', reason);
    case 'pinned':
      return because('pinned', wordsText(planned?.reason ?? ''));
    case 'failed':
      return run?.problem && run.state === 'failed' ? `${reason} ${problemText(run.problem).hint}` : reason;
    default:
      return reason;
  }
}
