/** What a person does to a race while it runs: pause it, give it time, end a trial or keep one; told by asks, read by the race between folds. */
import { type Phrase, phrase } from '../base/words.ts';
import type { Ask } from '../kind/run.ts';

/** What AutoML listens to. `seconds` and `trial` are numbers, `on` is whether the trial is to be kept. */
export const RACE_ASKS = ['pause', 'resume', 'add-time', 'end-trial', 'pin-trial'] as const;

export interface Steering {
  hear: (ask: Ask) => void;
  /** Milliseconds of a clock that stands still while the race is paused. */
  now: () => number;
  paused: () => boolean;
  /** Resolves when it goes on, or is to stop. */
  resumed: () => Promise<void>;
  /** Milliseconds given on top of the budget. */
  extraMs: () => number;
  isEnded: (trial: number) => boolean;
  /** Resolves when that trial is to be ended. */
  ended: (trial: number) => Promise<void>;
  isPinned: (trial: number) => boolean;
  /** What was done, in order. */
  said: () => readonly Phrase[];
}

/** `clock` gives milliseconds, `start` is when it began to count; `changed` is called after each ask that did something, with what to say of it. `kept` are trials pinned in the race that this one goes on from. */
export function createSteering(
  clock: () => number,
  start: number,
  changed: (what: Phrase) => void,
  kept: readonly number[] = [],
): Steering {
  const ended = new Map<number, { done: boolean; promise: Promise<void>; resolve: () => void }>();
  const pinned = new Set(kept);
  const said: Phrase[] = [];
  let pausedAt: number | undefined;
  let pausedMs = 0;
  let extraMs = 0;
  let goOn = () => {};
  let resumed = Promise.resolve();
  const now = () => (pausedAt ?? clock()) - start - pausedMs;
  const endOf = (trial: number) => {
    let end = ended.get(trial);
    if (!end) {
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      end = { done: false, promise, resolve };
      ended.set(trial, end);
    }
    return end;
  };
  const tell = (what: Phrase) => {
    said.push(what);
    changed(what);
  };
  const at = () => Math.round(now() / 1000);
  const resume = () => {
    if (pausedAt === undefined) return;
    pausedMs += clock() - pausedAt;
    pausedAt = undefined;
    goOn();
    tell(phrase('automl.resumed', 'Went on at {seconds} s.', { seconds: at() }));
  };
  return {
    hear: ({ name, args }) => {
      const { seconds, trial, on } = (args ?? {}) as { seconds?: number; trial?: number; on?: boolean };
      if (name === 'pause' && pausedAt === undefined) {
        pausedAt = clock();
        resumed = new Promise((resolve) => {
          goOn = resolve;
        });
        tell(phrase('automl.paused', 'Paused at {seconds} s.', { seconds: at() }));
      }
      if (name === 'resume' || name === 'stop') resume();
      if (name === 'stop') tell(phrase('automl.stopped', 'Stopped by hand at {seconds} s.', { seconds: at() }));
      if (name === 'add-time' && seconds !== undefined && seconds > 0) {
        extraMs += seconds * 1000;
        tell(phrase('automl.added', '{seconds} s more at {at} s.', { seconds, at: at() }));
      }
      if (name === 'end-trial' && trial !== undefined && !endOf(trial).done) {
        endOf(trial).done = true;
        endOf(trial).resolve();
        tell(phrase('automl.ended-trial', 'Trial {number} ended by hand at {seconds} s.', { number: trial + 1, seconds: at() }));
      }
      if (name === 'pin-trial' && trial !== undefined && pinned.has(trial) !== (on === true)) {
        if (on === true) pinned.add(trial);
        else pinned.delete(trial);
        tell(
          on === true
            ? phrase('automl.pinned', 'Trial {number} is to be in the ensemble.', { number: trial + 1 })
            : phrase('automl.unpinned', 'Trial {number} need not be in the ensemble.', { number: trial + 1 }),
        );
      }
    },
    now,
    paused: () => pausedAt !== undefined,
    resumed: () => resumed,
    extraMs: () => extraMs,
    isEnded: (trial) => ended.get(trial)?.done === true,
    ended: (trial) => endOf(trial).promise,
    isPinned: (trial) => pinned.has(trial),
    said: () => said,
  };
}
