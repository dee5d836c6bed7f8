/** How far the running steps are, as one line on a terminal that the next text takes the place of; elsewhere nothing. */
import { inEnglish, type Words } from '../base/words.ts';
import type { RunEvent } from '../events/event.ts';

export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write: (text: string) => unknown;
}
export interface ProgressLine {
  take: (event: RunEvent) => void;
  /** Before anything else is written. */
  clear: () => void;
}

export function progressLine(terminal: Terminal, titleOf: (node: string) => string): ProgressLine {
  const running = new Map<string, { fraction?: number; text?: Words }>();
  let shown = false;
  const clear = () => {
    if (shown) terminal.write('\r\x1b[K');
    shown = false;
  };
  const show = () => {
    clear();
    const parts = [...running].map(([node, { fraction, text }]) =>
      [titleOf(node), fraction === undefined ? '' : `${Math.floor(fraction * 100)} %`, text === undefined ? '' : inEnglish(text)]
        .filter((part) => part !== '')
        .join('  '),
    );
    if (parts.length === 0) return;
    terminal.write(`… ${parts.join(' | ')}`.slice(0, (terminal.columns || 80) - 1));
    shown = true;
  };
  return {
    clear,
    take: (event) => {
      if (!terminal.isTTY || !('node' in event)) return;
      if (event.type === 'step-started') running.set(event.node, {});
      else if (event.type === 'step-progress') running.set(event.node, { ...running.get(event.node), ...event.progress });
      else if (event.type === 'step-log' || event.type === 'step-queued') return;
      else running.delete(event.node);
      show();
    },
  };
}
