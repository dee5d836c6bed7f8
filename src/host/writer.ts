/**
 * One writer per workspace: the tab that holds a lock, which the browser frees when a tab ends, however it ends. Another tab
 * may take over: the writer saves and gives way, or after a second without an answer its lock is stolen.
 */
import type { WriterState } from './protocol.ts';

export type WriterMessage = { type: 'ask'; from: string } | { type: 'ready'; to: string };
export interface WriterDeps {
  /** Of the lock; one per workspace. */
  name: string;
  /** Absent on plain http; then revisions alone keep tabs from overwriting each other. */
  locks: Pick<LockManager, 'request'> | undefined;
  /** Between the tabs of the workspace. */
  channel: { post: (message: WriterMessage) => void; listen: (handler: (message: WriterMessage) => void) => void };
  /** Of this tab. */
  id: string;
  /** Resolves when the page has done what the new state asks for; for `taken`, when it has saved. */
  changed: (state: WriterState) => Promise<void>;
  after: (ms: number, fire: () => void) => void;
}
export interface Writer {
  /** Resolves when this tab writes. */
  takeOver: () => Promise<void>;
  /** Resolves when it is known who writes: true when this tab does and no other tab did. */
  alone: Promise<boolean>;
}

/** A page that is loaded again meets the lock of its former self for a moment. */
const PATIENCE_MS = 400;
const ANSWER_MS = 1000;

export function startWriter({ name, locks, channel, id, changed, after }: WriterDeps): Writer {
  if (!locks) {
    void changed('unguarded');
    return { takeOver: async () => {}, alone: Promise.resolve(false) };
  }
  let state: WriterState | undefined;
  let turn = 0;
  let inLine: AbortController | undefined;
  let answered: (() => void) | undefined;
  const become = (next: WriterState): Promise<void> => {
    if (next === state) return Promise.resolve();
    state = next;
    return changed(next);
  };
  /** Asks for the lock and keeps it until it is stolen; resolves when it has it. */
  const acquire = (steal: boolean): Promise<void> =>
    new Promise((granted) => {
      const mine = ++turn;
      inLine?.abort();
      inLine = steal ? undefined : new AbortController();
      const hold = () => {
        void become('writer');
        granted();
        return new Promise<never>(() => {});
      };
      locks.request(name, inLine ? { signal: inLine.signal } : { steal: true }, hold).catch(() => {
        // Not stolen by another tab, but left by this one for a better place in the line.
        if (mine !== turn) return;
        void become('taken');
        void acquire(false);
      });
    });
  channel.listen((message) => {
    if (message.type === 'ready' && message.to === id) answered?.();
    if (message.type === 'ask' && state === 'writer') void become('taken').then(() => channel.post({ type: 'ready', to: message.from }));
  });
  const alone = new Promise<boolean>((resolve) => {
    void acquire(false).then(() => resolve(state === 'writer'));
    after(PATIENCE_MS, () => {
      resolve(false);
      if (state === undefined) void become('reader');
    });
  });
  return {
    alone,
    takeOver: async () => {
      if (state === 'writer') return;
      await new Promise<void>((resolve) => {
        answered = resolve;
        after(ANSWER_MS, resolve);
        channel.post({ type: 'ask', from: id });
      });
      await acquire(true);
    },
  };
}
