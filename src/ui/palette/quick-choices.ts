/** What quick add lists for a query: kinds that fit; without any, those that are called so and would stand apart, or the nearest ones; pure. */
import type { Kind } from '../../kind/kind.ts';
import { nearest, type Searchable, search } from './search.ts';

export interface QuickChoices {
  kinds: readonly Kind[];
  /** `fits`: wired at once. `apart`: they do not fit here. `near`: nothing is called so; these fit and are called alike. */
  how: 'fits' | 'apart' | 'near';
}

export function quickChoices(fitting: readonly Searchable[], others: readonly Searchable[], query: string): QuickChoices {
  const found = search(fitting, query);
  if (found.length > 0) return { kinds: found, how: 'fits' };
  const apart = search(others, query);
  if (apart.length > 0) return { kinds: apart, how: 'apart' };
  return { kinds: nearest(fitting, query), how: 'near' };
}
