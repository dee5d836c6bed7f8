/** Small pills: neutral facts, accents, alerts; with a remove button when they can be taken away. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  tone?: 'neutral' | 'accent' | 'alert' | 'stale' | 'fresh';
  icon?: IconName;
  children: ReactNode;
  onRemove?: () => void;
  removeLabel?: string;
}

export function Chip({ tone = 'neutral', icon, children, onRemove, removeLabel }: Props) {
  return (
    <span className={`mr-chip mr-chip-${tone}`}>
      {icon ? <Icon name={icon} size={12} /> : null}
      {children}
      {onRemove ? (
        <button type="button" aria-label={removeLabel} onClick={onRemove}>
          <Icon name="close" size={12} />
        </button>
      ) : null}
    </span>
  );
}

/** One key as printed on it. */
export const Key = ({ children }: { children: ReactNode }) => <kbd className="mr-key">{children}</kbd>;
