/** What a person tells a step that runs, kept until the step's code listens. */
import type { Ask } from '../kind/run.ts';

export interface Asks {
  tell: (ask: Ask) => void;
  /** Hears those told before too. */
  listen: (handler: (ask: Ask) => void) => void;
}

export function createAsks(): Asks {
  const waiting: Ask[] = [];
  let heard: ((ask: Ask) => void) | undefined;
  return {
    tell: (ask) => (heard ? heard(ask) : void waiting.push(ask)),
    listen: (handler) => {
      heard = handler;
      for (const ask of waiting.splice(0)) handler(ask);
    },
  };
}
