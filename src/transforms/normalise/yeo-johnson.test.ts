/** The power transform against scikit-learn 1.9's PowerTransformer, and where it has nothing to do. */
import { describe, expect, it } from 'vitest';
import { newGraph } from '../../onnx/build.ts';
import type { LoweredColumn } from '../../recipe/step.ts';
import { tableOf } from '../../table/table.ts';
import { apply, fit, lower } from './step.ts';
import { likeliestLambda, yeoJohnson } from './yeo-johnson.ts';

/** Values, scikit-learn's exponent, and what it makes of the first, the sixth, the last and of zero. */
const CASES: [string, number[], number, number[]][] = [
  [
    'skewed',
    [0.1, 0.2, 0.5, 1, 1.5, 2, 3, 5, 8, 13, 40, 150],
    -0.3777181206657952,
    [-1.4400653355, -0.2396147973, 1.7727107421, -1.5795698512],
  ],
  [
    'signed',
    [-30, -8, -3, -1, -0.5, 0, 0.2, 0.7, 1, 2, 2.5, 4],
    1.6348877261294759,
    [-2.0238223713, -0.0977813632, 2.1169958875, -0.0977813632],
  ],
  [
    'skewed to the left',
    [-100, -20, -5, 1, 2, 3, 3.5, 4, 4.2, 4.5, 4.8, 5],
    1.8113299861763454,
    [-1.8857010603, 0.1445056737, 1.2445432392, -0.7876495163],
  ],
  ['even', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 0.732474084165681, [-1.7221035799, -0.0752441802, 1.498041135, -2.1582477564]],
];

describe('as scikit-learn', () => {
  it.each(CASES)('%s', (_name, values, lambda, wanted) => {
    expect(likeliestLambda(Float64Array.from(values))).toBeCloseTo(lambda, 5);
    const learned = fit(tableOf({ x: ['number', values] }), { columns: { all: true }, method: 'power' });
    const rows = tableOf({ x: ['number', [values[0], values[5], values.at(-1)!, 0, null]] });
    const [made] = apply(rows, { method: 'power' }, learned).columns as readonly { values: Float64Array }[];
    for (const [i, value] of wanted.entries()) expect(made.values[i]).toBeCloseTo(value, 4);
    expect(made.values[4]).toBeNaN();
  });
});

it('is the number itself at 1, the logarithm at 0, and goes on through zero', () => {
  for (const x of [-7.5, -1, -1e-9, 0, 1e-9, 2, 1e6]) expect(yeoJohnson(x, 1)).toBeCloseTo(x, 6);
  expect(yeoJohnson(Math.E - 1, 0)).toBeCloseTo(1, 12);
  expect(yeoJohnson(1 - Math.E, 2)).toBeCloseTo(-1, 12);
  for (const lambda of [-3, 0, 0.5, 2, 5]) expect(yeoJohnson(1e-9, lambda)).toBeCloseTo(-yeoJohnson(-1e-9, lambda), 15);
});

it('makes 0 of a constant column, and asks nothing of an empty one', () => {
  for (const cells of [
    [3, 3, 3],
    [-2, -2],
    [null, null],
  ]) {
    const table = tableOf({ x: ['number', cells] });
    const [made] = apply(table, { method: 'power' }, fit(table, { columns: { all: true }, method: 'power' })).columns as readonly {
      values: Float64Array;
    }[];
    expect([...made.values]).toEqual(cells.map((cell) => (cell === null ? Number.NaN : 0)));
  }
});

it('learns from many rows what it learns from a part of them', () => {
  const few = Float64Array.from({ length: 20_000 }, (_, i) => (i / 2000) ** 3);
  const many = Float64Array.from({ length: 60_000 }, (_, i) => few[Math.floor(i / 3)]);
  expect(likeliestLambda(many)).toBeCloseTo(likeliestLambda(few), 4);
});

it('does not grow without bound beyond the values that it was chosen for, where new rows are kept inside', () => {
  const seen = tableOf({ x: ['number', [1, 1, 1, 1, 1, 2, 1, 2, 1, 3]] });
  const params = { columns: { all: true }, method: 'power', clip: true };
  const rows = tableOf({ x: ['number', [-1e12, 1, 3, 1e12, Number.NEGATIVE_INFINITY, null]] });
  const made = (asked: typeof params) => [...(apply(rows, asked, fit(seen, asked)).columns[0] as { values: Float64Array }).values];
  const [below, least, most, above, infinite, missing] = made(params);
  expect([below, infinite, above]).toEqual([least, least, most]);
  expect(missing).toBeNaN();
  expect(made({ ...params, clip: false })[0]).toBe(-1e12);
});

it('writes hundreds of columns with few operators: a graph of many takes long to open', () => {
  const names = Array.from({ length: 300 }, (_, j) => `word ${j}`);
  const table = tableOf(Object.fromEntries(names.map((name, j) => [name, ['number', [0, 0, 0, j, j * j, 1]] as const])));
  const params = { columns: { all: true }, method: 'power', clip: true };
  const graph = newGraph('g');
  const inputs = names.map((name): [string, LoweredColumn] => [name, { type: 'number', value: graph.input(name, 'double', ['batch', 1]) }]);
  const lowered = lower(graph, new Map(inputs), params, fit(table, params));
  for (const [j, name] of names.entries()) graph.output(lowered.get(name)!.value, `out ${j}`);
  expect(graph.finish().nodes.filter(({ op }) => op !== 'Identity').length).toBeLessThan(60);
});
