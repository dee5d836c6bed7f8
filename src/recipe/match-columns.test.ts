/** Which columns of a table can stand for a model's inputs. */
import { expect, test } from 'vitest';
import { column } from '../kind/schema.ts';
import { cellAt } from '../table/column.ts';
import { tableOf } from '../table/table.ts';
import { conform, lacking } from './match-columns.ts';

test('numbers stand for each other and for labels; an empty column stands for anything; a date for nothing else', () => {
  const wanted = [column('when', 'datetime'), column('flag', 'boolean'), column('code', 'category'), column('size', 'integer')];
  const rows = tableOf({
    size: ['number', [1.5, null]],
    code: ['integer', [7, 8]],
    flag: ['number', [null, null]],
    when: ['number', [null, null]],
  });
  expect(lacking(rows, wanted)).toEqual([]);
  const { columns } = conform(rows, wanted, new Set(wanted.map((entry) => entry.name)));
  expect(columns.map((entry) => [entry.type, cellAt(entry, 0), cellAt(entry, 1)])).toEqual([
    ['datetime', null, null],
    ['boolean', null, null],
    ['category', '7', '8'],
    ['integer', 1.5, null],
  ]);
  const wrong = tableOf({
    when: ['number', [1, null]],
    flag: ['category', ['a', 'b']],
    code: ['datetime', [0, 1]],
    size: ['text', ['1', '2']],
  });
  expect(lacking(wrong, wanted)).toEqual(['when', 'flag', 'code', 'size']);
});
