/** Finds node kinds by title, synonyms, peers' names and summary, forgiving one typo, and names the nearest when none fits; pure. */
import type { Kind } from '../../kind/kind.ts';

/** Lower case, without accents; words are runs of letters and digits, camelCase and snake_case split. */
export function words(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Words of Chinese titles run together, so two signs inside one are as good as a word of their own. */
const HAN = /\p{Script=Han}/u;
const mayBeInside = (word: string) => word.length >= 3 || HAN.test(word);

/** One insertion, deletion, replacement or swap of neighbours turns `a` into (the beginning of) `b`. */
export function nearPrefix(a: string, b: string): boolean {
  if (a.length < 4) return false;
  for (const length of [a.length - 1, a.length, a.length + 1]) {
    if (length <= b.length && oneOff(a, b.slice(0, length))) return true;
  }
  return false;
}
function oneOff(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [restA, restB] = [endA - start, endB - start];
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

export interface Searchable {
  kind: Kind;
  /** Title as shown, which may be translated. */
  title: string;
  names: string[][];
  summary: string[];
}
export const searchable = (kind: Kind, title: string = kind.title, summary: string = kind.summary): Searchable => ({
  kind,
  title,
  names: [words(title), ...(title === kind.title ? [] : [words(kind.title)]), ...kind.synonyms.map(words)],
  summary: [...words(summary), ...Object.values(kind.params).flatMap((p) => words(`${p.label} ${p.alias ?? ''}`))],
});

/** How well one name answers the query: every query word must be found in it. */
function nameScore(query: readonly string[], joined: string, name: readonly string[]): number {
  const glued = name.join('');
  if (glued === joined) return 1000;
  if (glued.startsWith(joined)) return 700 - Math.min(100, glued.length - joined.length);
  let score = 0;
  for (const word of query) {
    let best = 0;
    name.forEach((part, at) => {
      const early = at === 0 ? 20 : 0;
      if (part === word) best = Math.max(best, 120 + early);
      else if (part.startsWith(word)) best = Math.max(best, 80 + early + (20 * word.length) / part.length);
      else if (nearPrefix(word, part)) best = Math.max(best, 45 + early - Math.abs(part.length - word.length));
      else if (mayBeInside(word) && part.includes(word)) best = Math.max(best, 25);
    });
    if (best === 0) return joined.length >= 4 && (glued.includes(joined) || nearPrefix(joined, glued)) ? 60 : 0;
    score += best;
  }
  return score / query.length + 160 - Math.min(60, 8 * Math.max(0, name.length - query.length));
}

/** Kinds that answer the query, best first. An empty query answers with all, in the order given. */
export function search(items: readonly Searchable[], text: string): Kind[] {
  const query = words(text);
  if (query.length === 0) return items.map((item) => item.kind);
  const joined = query.join('');
  const scored = items.map((item) => {
    let score = 0;
    item.names.forEach((name, at) => {
      const found = nameScore(query, joined, name);
      // Of two kinds with one synonym, the one that names it earlier is more that.
      if (found > 0) score = Math.max(score, found + (at === 0 ? 40 : -at / 100));
    });
    if (score === 0) {
      const hits = query.filter((word) =>
        item.summary.some((part) => part === word || (mayBeInside(word) && (HAN.test(word) ? part.includes(word) : part.startsWith(word)))),
      );
      const across = query.filter(
        (word) => hits.includes(word) || item.names.some((name) => name.some((part) => part.startsWith(word) || nearPrefix(word, part))),
      );
      if (across.length === query.length) score = 30 + hits.length + 10 * (across.length - hits.length);
    }
    return { kind: item.kind, score };
  });
  return scored
    .filter((item) => item.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((item) => item.kind);
}

/** Pairs of neighbouring letters; the ends count as letters, so that equal beginnings weigh more. */
function pairsOf(word: string): Set<string> {
  const edged = `^${word}$`;
  return new Set(Array.from({ length: edged.length - 1 }, (_, i) => edged.slice(i, i + 2)));
}
/** Share of letter pairs in common (Dice), 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return (2 * common) / (a.size + b.size);
}
const ALIKE = 0.34;

/** Letter pairs of an item's names, made when first asked for. */
const pairsOfNames = new WeakMap<Searchable, readonly ReadonlySet<string>[]>();
function namePairs(item: Searchable): readonly ReadonlySet<string>[] {
  let pairs = pairsOfNames.get(item);
  if (!pairs) {
    pairs = [...new Set(item.names.flatMap((name) => [...name, name.join('')]))].map(pairsOf);
    pairsOfNames.set(item, pairs);
  }
  return pairs;
}

/** For a query that finds nothing: the kinds whose names look most like it, nearest first; none when nothing is alike. */
export function nearest(items: readonly Searchable[], text: string, most = 3): Kind[] {
  const query = words(text);
  const asked = [...query, query.join('')].map(pairsOf);
  return items
    .map((item) => ({ kind: item.kind, score: Math.max(0, ...asked.flatMap((a) => namePairs(item).map((b) => likeness(a, b)))) }))
    .filter((item) => item.score >= ALIKE)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((item) => item.kind);
}
