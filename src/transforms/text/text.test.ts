/** Words to numbers: how texts are taken apart, which words get a column, and what stands in it. */
import { expect, it } from 'vitest';
import { defaults } from '../../kind/params.ts';
import { columnOf, type NumericColumn } from '../../table/column.ts';
import { columnNamed, type Table, table } from '../../table/table.ts';
import { textToNumbers } from './kind.ts';
import { apply, fit } from './step.ts';
import { termsOf, wordsOf } from './words.ts';

const params = (more = {}) => ({ ...defaults(textToNumbers.params), rows: 1, ...more });
const said = (...texts: (string | null)[]): Table => table(['t'], [columnOf('text', texts)], texts.length);
const numbers = (t: Table, name: string) => [...(columnNamed(t, name) as NumericColumn).values];

it('words are runs of letters and digits in small letters, letter by letter', () => {
  expect(wordsOf("The FOX's 2 cubs—don't_touch!")).toEqual(['the', 'fox', 's', '2', 'cubs', 'don', 't_touch']);
  expect(wordsOf('ΣΊΣΥΦΟΣ Ёлка')).toEqual(['σίσυφοσ', 'ёлка']);
  expect(wordsOf('…')).toEqual([]);
  expect(termsOf(['a', 'b', 'c'], true)).toEqual(['a', 'b', 'c', 'a b', 'b c']);
});

it('TF-IDF is the share of the words times the smoothed idf; unknown words count as words', () => {
  const train = said('red fox', 'red red dog', 'cat');
  const out = apply(said('red red new new', null), params(), fit(train, params()));
  expect(out.fields.map(({ name }) => name)).toEqual(['t: cat', 't: dog', 't: fox', 't: red', 't: number of words']);
  expect(numbers(out, 't: red')[0]).toBeCloseTo(0.5 * (Math.log(4 / 3) + 1), 14);
  expect(numbers(out, 't: number of words')).toEqual([4, 0]);
  expect(numbers(out, 't: red')[1]).toBe(0);
});

it('of too many words those in a middling share of the rows come first, neither those in all nor those in one', () => {
  const rows = Array.from({ length: 30 }, (_, i) => `the ${i % 6 === 0 ? 'great' : 'poor'} only${i}`);
  const { columns } = fit(said(...rows), params({ terms: 2 }));
  expect(columns[0].terms).toEqual(['great', 'poor']);
});

it('words without a column of their own are counted together in others, each always in the same; unknown ones in none', () => {
  const rows = Array.from({ length: 12 }, (_, i) => `often${i % 2} rare${i} rare${(i * 5) % 12}`);
  const given = params({ method: 'counts', terms: 2, others: 3 });
  const fitted = fit(said(...rows), given);
  const out = apply(said('often0 rare3 rare4 rare5 rare3', 'never'), given, fitted);
  const others = [1, 2, 3].map((i) => numbers(out, `t: other words ${i}`));
  expect(out.fields.map(({ name }) => name)).toEqual([
    't: often0',
    't: often1',
    't: other words 1',
    't: other words 2',
    't: other words 3',
    't: number of words',
  ]);
  expect(others.reduce((sum, [first]) => sum + first, 0)).toBe(4);
  expect(others.map(([, second]) => second)).toEqual([0, 0, 0]);
  expect(fit(said(...rows.toReversed()), given)).toEqual(fitted);
  expect(fit(said(...rows), params({ others: 3 })).columns[0].at).toBeUndefined();
});
