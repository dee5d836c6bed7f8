/** How far the running steps are, as one line on a terminal that the next text takes the place of; elsewhere only how a race stands, in lines. */
import { inEnglish, type Words } from '../base/words.ts';
import type { RunEvent } from '../events/event.ts';
import type { LiveRace } from '../recipe/results.ts';
import { leader, raceOf, standing } from './race-words.ts';

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

/** Where lines stay, one is written when there is a better trial, else after so long. */
const PLAIN_MS = 30_000;

/** What was said last of a race. */
interface Said {
  at: number;
  best?: number;
  phase: LiveRace['phase'];
}

export function progressLine(terminal: Terminal, titleOf: (node: string) => string): ProgressLine {
  const running = new Map<string, { fraction?: number; text?: Words; race?: LiveRace }>();
  const said = new Map<string, Said>();
  const plain = (node: string, race: LiveRace, at: number) => {
    const best = leader(race)?.id;
    const before = said.get(node);
    if (before && before.best === best && before.phase === race.phase && at - before.at < PLAIN_MS) return;
    said.set(node, { at, phase: race.phase, ...(best === undefined ? {} : { best }) });
    if (best !== undefined || before) terminal.write(`… ${titleOf(node)}: ${standing(race)}\n`);
  };
  let shown = false;
  const clear = () => {
    if (shown) terminal.write('\r\x1b[K');
    shown = false;
  };
  const show = () => {
    clear();
    const parts = [...running].map(([node, { fraction, text, race }]) =>
      [
        titleOf(node),
        fraction === undefined ? '' : `${Math.floor(fraction * 100)} %`,
        race ? standing(race) : text === undefined ? '' : inEnglish(text),
      ]
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
      if (!('node' in event)) return;
      const race = event.type === 'step-progress' ? raceOf(event.progress.live) : undefined;
      if (!terminal.isTTY) {
        if (race && 'at' in event) plain(event.node, race, event.at);
        return;
      }
      if (event.type === 'step-started') running.set(event.node, {});
      else if (event.type === 'step-progress')
        running.set(event.node, { ...running.get(event.node), ...event.progress, ...(race ? { race } : {}) });
      else if (event.type === 'step-log' || event.type === 'step-queued') return;
      else running.delete(event.node);
      show();
    },
  };
}
