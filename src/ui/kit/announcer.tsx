/** The one polite live region: what happened, after it happened, said once. */
import { create } from 'zustand';

const useAnnouncement = create<{ text: string; turn: number }>(() => ({ text: '', turn: 0 }));

/** Speaks a finished sentence to screen readers; the same sentence twice is spoken twice. */
export const announce = (text: string): void => useAnnouncement.setState((state) => ({ text, turn: state.turn + 1 }));

export function Announcer() {
  const { text, turn } = useAnnouncement();
  return (
    <div className="mr-hidden" role="status" aria-live="polite" data-testid="announcer">
      <span key={turn}>{text}</span>
    </div>
  );
}
