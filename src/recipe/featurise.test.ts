/** The featuriser (rule 9): what each column becomes, caps and notes, and the graph bit for bit as the code. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import { newGraph, type Value } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession } from '../onnx/session.ts';
import { columnOf } from '../table/column.ts';
import { schemaOf, table, tableOf } from '../table/table.ts';
import { applyFeaturiser, featureKinds, fitFeaturiser } from './featurise.ts';
import { graphFeeds } from './graph-feeds.ts';
import { lowerFeaturiser } from './lower-featuriser.ts';
import type { LoweredColumn } from './step.ts';
import { guessTarget } from './target.ts';

const sample = () =>
  tableOf({
    n: ['number', [1, null, 4]],
    b: ['boolean', [true, false, null]],
    d: ['datetime', [1e12, null, 1e12 + 1]],
    c: ['category', ['y', 'x', null]],
    t: ['text', ['few', 'few', '']],
  });
const names = ['n', 'b', 'd', 'c', 't'];

describe('columns', () => {
  it('numbers are filled, categories and short texts one-hot, levels by code point', () => {
    const { featuriser, notes } = fitFeaturiser(sample(), names, 'impute');
    expect(featuriser.features).toEqual(['n', 'b', 'd', 'c=x', 'c=y', 't=few']);
    expect(notes).toEqual([]);
    const { values } = applyFeaturiser(featuriser, sample(), 'float64');
    expect([...values.subarray(6, 12)]).toEqual([2.5, 0, 1e12 + 0.5, 1, 0, 1]);
    expect([...values.subarray(12, 18)]).toEqual([4, 0.5, 1e12 + 1, 0, 0, 0]);
  });
  it('trees get missing numbers as they are; linear learners get them standardised, constants are left out and named', () => {
    const native = applyFeaturiser(fitFeaturiser(sample(), ['n'], 'native').featuriser, sample(), 'float32');
    expect([...native.values]).toEqual([1, Number.NaN, 4]);
    const flat = tableOf({ k: ['number', [7, 7]], n: ['number', [1, 3]], none: ['number', [null, null]] });
    const { featuriser, notes } = fitFeaturiser(flat, ['k', 'n', 'none'], 'impute-scale');
    expect([...applyFeaturiser(featuriser, flat, 'float64').values]).toEqual([-1, 1]);
    expect(notes.map(inEnglish)).toEqual(['Not used, because they are the same in every row: “k”, “none”.']);
    expect(fitFeaturiser(flat, ['k'], 'impute').featuriser.features).toEqual(['k']);
    const gaps = tableOf({ k: ['number', [7, null]], c: ['category', ['a', null]] });
    expect(fitFeaturiser(gaps, ['k', 'c'], 'native').featuriser.features).toEqual(['k', 'c=a']);
  });
  it('unseen and missing levels, and columns that are not there, are scorable', () => {
    const { featuriser } = fitFeaturiser(sample(), names, 'impute');
    const other = tableOf({ c: ['category', ['z', null]] });
    expect([...applyFeaturiser(featuriser, other, 'float64').values.subarray(0, 6)]).toEqual([2.5, 0.5, 1e12 + 0.5, 0, 0, 0]);
  });
  it('trees that ask for sets get categories as one column of codes, NaN for missing and unseen', () => {
    const { featuriser } = fitFeaturiser(sample(), names, 'native', 'codes');
    expect(featuriser.features).toEqual(names);
    expect(featureKinds(featuriser)).toEqual({
      types: ['number', 'boolean', 'datetime', 'category', 'text'],
      categories: [0, 0, 0, 2, 1],
    });
    const { values } = applyFeaturiser(featuriser, sample(), 'float64');
    expect([0, 1, 2].map((i) => [...values.subarray(i * 5 + 3, i * 5 + 5)])).toEqual([
      [1, 0],
      [0, 0],
      [Number.NaN, Number.NaN],
    ]);
    const other = applyFeaturiser(featuriser, tableOf({ c: ['category', ['z', 'y']] }), 'float64');
    expect([other.values[3], other.values[8]]).toEqual([Number.NaN, 1]);
    const many = tableOf({ m: ['category', Array.from({ length: 1200 }, (_, i) => `level ${i % 300}`)] });
    expect(fitFeaturiser(many, ['m'], 'native', 'codes').featuriser.columns[0].levels).toHaveLength(254);
  });
  it('many levels are capped at the most frequent hundred; names and free text are left out; all said', () => {
    const n = 600;
    const cells = (make: (i: number) => string) =>
      columnOf(
        'category',
        Array.from({ length: n }, (_, i) => make(i)),
      );
    const wide = table(
      ['many', 'id', 'text'],
      [
        cells((i) => `level ${i < 300 ? i % 150 : i % 50}`),
        cells((i) => `id ${i}`),
        columnOf(
          'text',
          Array.from({ length: n }, (_, i) => `free ${i % 40}`),
        ),
      ],
    );
    const { featuriser, notes } = fitFeaturiser(wide, ['many', 'id', 'text'], 'impute');
    expect(featuriser.features).toHaveLength(100);
    expect(featuriser.features.filter((name) => Number(name.slice(11)) < 50)).toHaveLength(50);
    expect(notes.map((note) => inEnglish(note).slice(0, 12))).toEqual(['“many” has 1', '“id” is not ', '“text” is te']);
  });
});

for (const [numbers, categories, precision] of [
  ['native', 'one-hot', 'float32'],
  ['native', 'codes', 'float32'],
  ['impute-scale', 'one-hot', 'float64'],
  ['impute', 'one-hot', 'float32'],
] as const) {
  it(`the graph gives the same bits: ${numbers}, ${categories}, ${precision}`, async () => {
    const random = stream('featurise');
    const rows = Array.from({ length: 200 }, () => random);
    const data = table(
      ['a', 'c', 'b', 'd'],
      [
        columnOf(
          'number',
          rows.map((r) => (r.below(9) === 0 ? null : r.below(30) === 0 ? Number.POSITIVE_INFINITY : r.normal() * 1000)),
        ),
        columnOf(
          'category',
          rows.map((r) => ['', 'x', 'ü', 'zz'][r.below(4)]),
        ),
        columnOf(
          'boolean',
          rows.map((r) => [true, false, null][r.below(3)]),
        ),
        columnOf(
          'datetime',
          rows.map((r) => 1.6e12 + r.below(1e9)),
        ),
      ],
    );
    const { featuriser } = fitFeaturiser(data, ['a', 'c', 'b', 'd'], numbers, categories);
    const graph = newGraph('test');
    const inputs = schemaOf(data).columns;
    const columns = new Map(
      inputs.map((input): [string, LoweredColumn] => [
        input.name,
        { type: input.type, value: graph.input(input.name, input.type === 'category' ? 'string' : 'double', ['batch', 1]) },
      ]),
    );
    const matrix: Value = lowerFeaturiser(graph, featuriser, columns, precision);
    graph.output(matrix, 'X');
    const session = await createSession(encodeModel(graph.finish(), { producer: { name: 'test', version: '' } }));
    const answer = await session.run(graphFeeds(inputs, data));
    await session.release();
    expect(answer.X.data).toEqual(applyFeaturiser(featuriser, data, precision).values);
  });
}

describe('guessing the target', () => {
  const guess = (spec: Parameters<typeof tableOf>[0]) => guessTarget(schemaOf(tableOf(spec)))?.column;
  it('by name, then the last column, then the last one of categories or numbers', () => {
    expect(guess({ survived: ['integer', [0, 1]], sex: ['category', ['a', 'b']] })).toBe('survived');
    expect(guess({ is_fraud: ['boolean', [true, false]], price: ['number', [1, 2]] })).toBe('is_fraud');
    expect(guess({ kind: ['category', ['a', 'b']], n: ['number', [1, 2]] })).toBe('n');
    expect(guess({ kind: ['category', ['a', 'b']], n: ['number', [1, 2]], when: ['datetime', [1, 2]] })).toBe('kind');
    expect(guess({ n: ['number', [1, 2]], m: ['number', [1, 2]], t: ['text', ['a', 'b']] })).toBe('m');
    expect(guess({ n: ['number', [1, 2]], row_id: ['integer', [1, 2]] })).toBe('n');
    expect(guess({ t: ['text', ['a', 'b']] })).toBeUndefined();
  });
});
