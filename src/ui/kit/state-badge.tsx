/** State as icon, word and colour together; each of the three alone would do. Words come from the language files. */
import { useText } from '../i18n/text.ts';
import { Icon } from './icon.tsx';

export type NodeState =
  | 'idle'
  | 'needs-input'
  | 'stale'
  | 'queued'
  | 'running'
  | 'fresh'
  | 'reused'
  | 'failed'
  | 'blocked'
  | 'cancelled'
  | 'interrupted'
  | 'not-started'
  | 'disabled'
  | 'pinned';

/** Yellow disc with an arrow: "needs a run", and nothing else is yellow. */
function StaleDisc({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className="mr-stale-disc">
      <circle cx="8" cy="8" r="7.2" />
      <path d="M10.9 6.1A3.5 3.5 0 1 0 11.4 9M11.2 4.2v2.2H9" />
    </svg>
  );
}

/** Arc filled to `fraction`; a quarter that turns when the length is not known. */
function Arc({ fraction, size }: { fraction?: number; size: number }) {
  const around = 2 * Math.PI * 5.5;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 14 14"
      aria-hidden="true"
      className={`mr-arc${fraction === undefined ? ' is-turning' : ''}`}
    >
      <circle cx="7" cy="7" r="5.5" className="mr-arc-track" />
      <circle cx="7" cy="7" r="5.5" strokeDasharray={`${(fraction ?? 0.25) * around} ${around}`} transform="rotate(-90 7 7)" />
    </svg>
  );
}

export function StateIcon({ state, fraction, size = 13 }: { state: NodeState; fraction?: number; size?: number }) {
  if (state === 'stale') return <StaleDisc size={size} />;
  if (state === 'running') return <Arc fraction={fraction} size={size} />;
  return <Icon name={state} size={size} />;
}

export function StateBadge({ state, fraction, word = true }: { state: NodeState; fraction?: number; word?: boolean }) {
  const t = useText();
  const text =
    state === 'running' && fraction !== undefined
      ? t('designer.percent', { value: Math.round(fraction * 100) })
      : t(`designer.state.${state}`);
  return (
    <span className={`mr-state mr-state-${state}`}>
      <StateIcon state={state} fraction={fraction} />
      <span className={word ? undefined : 'mr-hidden'}>{text}</span>
    </span>
  );
}
