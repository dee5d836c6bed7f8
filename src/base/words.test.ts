/** A text is filled in by name, in English at once and in another language by its own template. */
import { describe, expect, it } from 'vitest';
import { fillIn, inEnglish, kindName, phrase, rowsOf, type Writer } from './words.ts';

const FRENCH: Writer = {
  number: (value) => value.toLocaleString('en').replaceAll(',', ' '),
  list: (items) => items.join(' et '),
  phrase: ({ code, text }) => (code === 'kind' ? 'Découper' : text),
};

describe('phrase', () => {
  it('fills names, numbers, lists and phrases in', () => {
    const split = kindName({ id: 'prepare.split', title: 'Split' });
    const made = phrase('toy.all', '{title} drops {rows} of {names}: {at}', {
      title: split,
      rows: rowsOf(1309),
      names: ['age', 'fare'],
      at: [1, 1309],
    });
    expect(made.text).toBe('Split drops 1,309 rows of “age”, “fare”: 1, 1,309');
    expect(inEnglish(made)).toBe(made.text);
    expect(inEnglish('as it stands {name}')).toBe('as it stands {name}');
  });

  it('agrees with the count', () => {
    expect(rowsOf(1).text).toBe('1 row');
    expect(rowsOf(0).text).toBe('0 rows');
  });

  it('does not read braces in what it fills in', () => {
    expect(phrase('toy.brace', '“{name}” of {other}', { name: '{other} {a|b}', other: 'x' }).text).toBe('“{other} {a|b}” of x');
  });
});

describe('fillIn', () => {
  it('says the same in another language', () => {
    const args = { title: kindName({ id: 'prepare.split', title: 'Split' }), count: 1309, names: ['age', 'fare'] };
    expect(fillIn('{title} : {count} {ligne|lignes}, {names}', args, FRENCH)).toBe('Découper : 1 309 lignes, “age” et “fare”');
  });

  it('has no answer where a value is missing', () => {
    expect(fillIn('{a} and {b}', { a: 1 }, FRENCH)).toBeUndefined();
    expect(fillIn('{a}', { a: { odd: true } }, FRENCH)).toBeUndefined();
  });
});
