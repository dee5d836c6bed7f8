/** What quick add lists for a query: kinds that fit; behind them those that are called so and would stand apart; else the nearest ones; pure. */
import type { Kind } from '../../kind/kind.ts';
import { nearest, type Searchable, search } from './search.ts';

export interface QuickChoices {
  /** Wired at once. */
  fits: readonly Kind[];
  /** They do not fit here: added without a wire. All there are, where nothing fits at all. */
  apart: readonly Kind[];
  /** Nothing is called so: what fits is only called alike. */
  near: boolean;
}

const FEW = 3;

export function quickChoices(fitting: readonly Searchable[], others: readonly Searchable[], query: string): QuickChoices {
  const asked = query.trim() !== '';
  const fits = search(fitting, query);
  const apart = asked || fitting.length === 0 ? search(others, query) : [];
  if (fits.length > 0) return { fits, apart: apart.slice(0, FEW), near: false };
  return apart.length > 0 ? { fits, apart, near: false } : { fits: nearest(fitting, query), apart, near: true };
}
