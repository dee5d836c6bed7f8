/** Trees go by what the metric asks for, and amounts get a trial of their own. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { tableOf } from '../table/table.ts';
import { FAMILIES, portfolio, usual } from './portfolio.ts';
import { treeLosses } from './tree-losses.ts';

const draw = stream('amounts');
const even = Array.from({ length: 400 }, () => draw.normal());
const amounts = even.map((value) => Math.round(100 * Math.max(0, value) ** 4) / 100);
const goal = { task: 'regress' as const, target: 'y' };
const of = (y: number[], metric: string) => treeLosses(tableOf({ y: ['number', y] }), goal, metric);

test('the value in the middle is asked for by metrics of plain distances', () => {
  for (const metric of ['mae', 'median_ae', 'mape']) expect(of(amounts, metric)).toEqual({ all: 'absolute' });
  expect(of(even, 'rmse')).toEqual({});
});

test('skewed amounts, none of them negative, get one more trial; so do all amounts judged by proportion', () => {
  expect(of(amounts, 'rmse')).toEqual({ more: 'tweedie' });
  expect(of([...amounts, -0.1], 'rmse')).toEqual({});
  expect(of([...amounts, Number.NaN], 'r2')).toEqual({ more: 'tweedie' });
  const level = even.map((value) => 50 + value);
  expect([of(level, 'rmse'), of(level, 'rmsle')]).toEqual([{}, { more: 'tweedie' }]);
  expect(of([0, 0, 0], 'rmsle')).toEqual({});
  const classes = tableOf({ y: ['category', ['a', 'b']] });
  expect(treeLosses(classes, { task: 'classify', target: 'y' }, 'auc')).toEqual({});
});

test('the race has them', () => {
  const ask = {
    goal: { task: 'regress' as const },
    rows: 800,
    features: 8,
    numbers: 8,
    evening: [],
    crossed: [],
    words: [],
    families: new Set(FAMILIES),
  };
  const lossesOf = (losses: ReturnType<typeof treeLosses>, made = portfolio) =>
    made({ ...ask, losses }).flatMap(({ family, params }) => (family === 'boosting' ? [params.loss] : []));
  const plain = lossesOf({});
  expect(new Set(plain)).toEqual(new Set([undefined]));
  expect(lossesOf({ all: 'absolute' })).toEqual(plain.map(() => 'absolute'));
  expect(lossesOf({ all: 'absolute' }, usual)).toEqual(['absolute']);
  expect(lossesOf({ more: 'tweedie' }).filter((loss) => loss === 'tweedie')).toHaveLength(1);
  expect(lossesOf({ more: 'tweedie' })).toHaveLength(plain.length + 1);
});
