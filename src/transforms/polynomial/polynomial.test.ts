/** Products of columns: which there are, what they are called, and what they are of missing and huge numbers. */
import { expect, it } from 'vitest';
import { defaults } from '../../kind/params.ts';
import type { NumericColumn } from '../../table/column.ts';
import { columnNamed, tableOf } from '../../table/table.ts';
import { polynomial } from './kind.ts';
import { productCount, productsOf } from './products.ts';
import { apply, fit } from './step.ts';

const namesOf = (count: number, degree: number, interactions: boolean) =>
  productsOf(['a', 'b', 'c', 'd'].slice(0, count), new Set(), degree, interactions).map(({ name }) => name);

it('lists the products in the order of scikit-learn, those of two first', () => {
  expect(namesOf(2, 2, false)).toEqual(['a²', 'a × b', 'b²']);
  expect(namesOf(3, 2, true)).toEqual(['a × b', 'a × c', 'b × c']);
  expect(namesOf(2, 3, false)).toEqual(['a²', 'a × b', 'b²', 'a³', 'a² × b', 'a × b²', 'b³']);
  expect(namesOf(4, 3, true).slice(6)).toEqual(['a × b × c', 'a × b × d', 'a × c × d', 'b × c × d']);
  for (const degree of [2, 3]) {
    for (const interactions of [true, false]) {
      for (const count of [0, 1, 2, 4]) expect(productCount(count, degree, interactions)).toBe(namesOf(count, degree, interactions).length);
    }
  }
});

it('multiplies; missing and too large are missing', () => {
  const table = tableOf({ a: ['number', [2, null, 1e200, -3]], b: ['integer', [5, 1, 4, 0]], c: ['boolean', [true, false, true, null]] });
  const params = { ...defaults(polynomial.params), degree: '3' };
  const out = apply(table, params, fit(table, params));
  const cells = (name: string) => [...(columnNamed(out, name) as NumericColumn).values];
  expect(cells('a²')).toEqual([4, Number.NaN, Number.NaN, 9]);
  expect(cells('a × b')).toEqual([10, Number.NaN, 4e200, -0]);
  expect(cells('a × b × c')).toEqual([10, Number.NaN, 4e200, Number.NaN]);
  expect(cells('b² × c')).toEqual([25, 0, 16, Number.NaN]);
});

it('refuses more columns than a model can use, before it runs and when it does', () => {
  const wide = tableOf(Object.fromEntries(Array.from({ length: 80 }, (_, j) => [`x${j}`, ['number', [1]] as const])));
  const params = { ...defaults(polynomial.params), degree: '2' };
  const schema = { columns: wide.fields.map(({ name }) => ({ name, type: 'number' as const, role: 'feature' as const })) };
  const context = { params, inputs: { table: { type: 'table' as const, schema } }, lists: {} };
  expect(polynomial.check!(context).map(({ code, args }) => [code, args?.count])).toEqual([['polynomial.too-many', 3240]]);
  expect(() => fit(wide, params)).toThrow('3240');
});
