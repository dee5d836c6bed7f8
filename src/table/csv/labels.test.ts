/** Label columns over many blocks, against reading cell by cell: few labels, many texts, and one that turns from the first into the second late. */
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { stream } from '../../base/random.ts';
import { cellsOf } from '../column.ts';
import { readCsv } from './read.ts';

const random = stream('label columns');
const pick = <T>(options: readonly T[]): T => options[random.below(options.length)];
/** As written in the file, and what is read. */
type Written = readonly [string, string | null];
const ODD: readonly Written[] = [
  ['', null],
  ['NA', null],
  [' NA ', null],
  ['"NA"', 'NA'],
  ['?', null],
  ['  padded ', 'padded'],
  ['" kept "', ' kept '],
  ["'=1+2", '=1+2'],
  ["'quoted'", "'quoted'"],
  ['"a ""b"", c"', 'a "b", c'],
  ['"two\nlines"', 'two\nlines'],
  ['Nowhere', 'Nowhere'],
  ['naïve 😀', 'naïve 😀'],
];
const plain = (levels: number): Written => {
  const text = `level ${random.below(levels)}${pick(['', '', ' and a tail that is longer than one vector'])}`;
  return [text, text];
};

describe('label columns', () => {
  it.each([
    ['few labels', 'category', () => plain(300)],
    ['many texts', 'text', () => plain(1e6)],
    ['texts from row 15,000 on', 'text', (row: number) => plain(row < 15_000 ? 30 : 1e6)],
  ] as const)('%s', (_, type, make) => {
    for (const share of [0, 0.02, 0.7]) {
      const cells = Array.from({ length: 20_000 }, (_, row): Written => (random.uniform() < share ? pick(ODD) : make(row)));
      const text = `n,label,m\n${cells.map(([written], row) => `${row},${written},x`).join('\n')}\n`;
      const { table, columns, problems } = readCsv(utf8(text));
      expect(table.columns[1].type).toBe(type);
      expect(cellsOf(table.columns[1])).toEqual(cells.map(([, read]) => read));
      const [column] = table.columns.slice(1, 2);
      if (column.type === 'category')
        expect(column.dictionary).toEqual([...new Set(cells.flatMap(([, read]) => (read === null ? [] : [read])))]);
      const count = (written: (cell: string) => boolean) => cells.filter(([cell]) => written(cell)).length;
      const found = Object.fromEntries(problems.filter(({ at }) => at?.column === 'label').map(({ code, args }) => [code, args?.count]));
      const [padded, tokens, guarded] = [/^ |^[^"].* $/, / ?(NA|\?) ?$/, /^'=/].map((pattern) =>
        count((cell) => !cell.startsWith('"') && pattern.test(cell)),
      );
      expect([found['column.trimmed'] ?? 0, found['column.missing'] ?? 0, found['column.unguarded'] ?? 0]).toEqual([
        padded,
        tokens,
        guarded,
      ]);
      expect(columns[1].name).toBe('label');
    }
  });
});
