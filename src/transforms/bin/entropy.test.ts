/** Ranges that tell classes apart: the published cuts of the iris data, no cut through noise, and the step before and after a split. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { defaults } from '../../kind/params.ts';
import { type CategoryColumn, cellsOf, columnOf, type NumericColumn } from '../../table/column.ts';
import { readCsv } from '../../table/csv/read.ts';
import { columnNamed, table } from '../../table/table.ts';
import { entropyEdges } from './entropy.ts';
import { bin } from './kind.ts';
import * as step from './step.ts';

const params = (more = {}) => ({ ...defaults(bin.params), method: 'entropy', columns: { all: true }, ...more });

describe('edges', () => {
  it('cut where the classes part, half-way between the values, and nowhere else', () => {
    const values = Float64Array.from({ length: 90 }, (_, i) => (i * 37) % 90);
    const codes = Int32Array.from(values, (value) => (value < 30 ? 0 : value < 60 ? 1 : 0));
    expect(entropyEdges(values, codes, 2)).toEqual([29.5, 59.5]);
  });
  it('leave noise, equal values, single classes, missing values and unknown classes alone', () => {
    const draw = stream('entropy');
    const noise = Float64Array.from({ length: 400 }, () => draw.normal());
    expect(
      entropyEdges(
        noise,
        Int32Array.from(noise, () => draw.below(3)),
        3,
      ),
    ).toEqual([]);
    expect(
      entropyEdges(
        new Float64Array(50).fill(1),
        Int32Array.from({ length: 50 }, (_, i) => i % 2),
        2,
      ),
    ).toEqual([]);
    expect(entropyEdges(noise, new Int32Array(400), 1)).toEqual([]);
    expect(entropyEdges(new Float64Array(9).fill(Number.NaN), new Int32Array(9), 2)).toEqual([]);
    expect(entropyEdges(noise, new Int32Array(400).fill(-1), 2)).toEqual([]);
  });
  it('lie below the upper value also where no number lies between', () => {
    const next = 1 + Number.EPSILON;
    const values = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : next));
    expect(
      entropyEdges(
        values,
        Int32Array.from(values, (value) => (value === 1 ? 0 : 1)),
        2,
      ),
    ).toEqual([1]);
  });
});

describe('the step', () => {
  // Cuts as mdlp() of R's package discretization prints them for this data set.
  it('finds the published cuts of iris, with ranges as labels', async () => {
    const { table: iris } = await readCsv(new Uint8Array(readFileSync('public/samples/iris.csv')));
    const fitted = step.fit(iris, params({ target: 'species' }));
    expect(fitted.columns).toEqual([
      { name: 'sepal_length', edges: [5.55, 6.15].map((edge) => expect.closeTo(edge, 10)) },
      { name: 'sepal_width', edges: [2.95, 3.35].map((edge) => expect.closeTo(edge, 10)) },
      { name: 'petal_length', edges: [2.45, 4.75].map((edge) => expect.closeTo(edge, 10)) },
      { name: 'petal_width', edges: [0.8, 1.75].map((edge) => expect.closeTo(edge, 10)) },
    ]);
    const out = step.apply(iris, params(), fitted);
    expect((columnNamed(out, 'petal_width') as CategoryColumn).dictionary).toEqual(['≤ 0.8', '0.8 – 1.75', '> 1.75']);
  });
  it('leaves the target alone, needs it only to learn, and refuses an amount', () => {
    const t = table(
      ['x', 'y', 'price'],
      [
        columnOf(
          'number',
          Array.from({ length: 40 }, (_, i) => i),
        ),
        columnOf(
          'integer',
          Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
        ),
        columnOf(
          'number',
          Array.from({ length: 40 }, (_, i) => i * 1.5),
        ),
      ],
      40,
    );
    const fitted = step.fit(t, params({ target: 'y' }));
    expect(fitted.columns.map(({ name }) => name)).toEqual(['x', 'price']);
    const alone = table(['x', 'price'], [columnOf('number', [3, 30, null]), columnOf('number', [0, 100, 1])], 3);
    const out = step.apply(alone, params({ target: 'y', asNumber: true }), fitted);
    expect(cellsOf(columnNamed(out, 'x'))).toEqual([0, 1, null]);
    expect([...(columnNamed(out, 'price') as NumericColumn).values]).toEqual([0, 1, 0]);
    expect(() => step.fit(t, params({ target: 'price' }))).toThrow(/amount/);
  });
});
