/** Order of the command palette: what answers the words that were typed, best first; what was used lately before the rest. Pure. */
import { nearPrefix, words } from '../palette/search.ts';

export interface Findable {
  id: string;
  title: string;
  /** Where it belongs: "Add node", "Open pipeline". */
  area: string;
  /** Other words that find it. */
  more: string;
}

const MOST = 60;
/** A used item wins against an equal one. */
const RECENT = 0.3;

/** Mean over the query's words of how well each is found; 0 when one is not found at all. Long titles give way a little. */
export function scoreItem(item: Findable, query: readonly string[]): number {
  const title = words(item.title);
  const around = words(`${item.area} ${item.more}`);
  let sum = 0;
  for (const word of query) {
    const best = title.some((part) => part === word)
      ? 5
      : title.some((part) => part.startsWith(word))
        ? 4
        : title.some((part) => part.includes(word) && word.length > 1)
          ? 3
          : around.some((part) => part.startsWith(word))
            ? 2
            : title.some((part) => nearPrefix(word, part))
              ? 1
              : 0;
    if (best === 0) return 0;
    sum += best;
  }
  return sum / query.length - title.length * 0.05;
}

/** Without a query: recent ones, then all others in their order. `recents` says how many of the answer are recent. */
export function rankItems<T extends Findable>(
  all: readonly T[],
  query: string,
  recent: readonly string[],
): { items: T[]; recents: number } {
  const asked = words(query);
  if (asked.length === 0) {
    const first = recent.flatMap((id) => all.find((item) => item.id === id) ?? []);
    return { items: [...first, ...all.filter((item) => !recent.includes(item.id))].slice(0, MOST), recents: first.length };
  }
  const items = all
    .map((item) => ({ item, score: scoreItem(item, asked) }))
    .filter(({ score }) => score > 0)
    .map(({ item, score }) => ({ item, score: score + (recent.includes(item.id) ? RECENT : 0) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ item }) => item);
  return { items, recents: 0 };
}
