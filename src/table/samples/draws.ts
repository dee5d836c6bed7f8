/** Random draws for the synthetic samples: choices, noise and clipping over one stream. */
import { type Random, stream } from '../../base/random.ts';

export interface Draws {
  random: Random;
  normal: (mean: number, sd: number) => number;
  between: (low: number, high: number) => number;
  whole: (low: number, high: number) => number;
  chance: (p: number) => boolean;
  /** One of the options, by weight. */
  pick: <const T>(options: readonly T[], weights?: readonly number[]) => T;
}

export function draws(name: string): Draws {
  const random = stream('sample', name);
  const uniform = () => random.uniform();
  return {
    random,
    normal: (mean, sd) => mean + sd * random.normal(),
    between: (low, high) => low + (high - low) * uniform(),
    whole: (low, high) => low + random.below(high - low + 1),
    chance: (p) => uniform() < p,
    pick: (options, weights) => {
      if (!weights) return options[random.below(options.length)];
      let at = uniform() * weights.reduce((sum, w) => sum + w, 0);
      for (let i = 0; i < options.length; i++) {
        at -= weights[i];
        if (at < 0) return options[i];
      }
      return options[options.length - 1];
    },
  };
}

export const round = (x: number, digits: number): number => Number(x.toFixed(digits));
export const clip = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
