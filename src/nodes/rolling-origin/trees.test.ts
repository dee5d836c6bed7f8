/** Boosted trees at rolling origins: judged as the model itself is, with what is known in advance, over gaps and windows. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { isShown } from '../../kind/fill.ts';
import { defaults } from '../../kind/params.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Results } from '../../recipe/results.ts';
import type { SeriesModel } from '../../recipe/series-model.ts';
import { DAY_MS } from '../../table/datetime.ts';
import { type Table, tableOf } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';
import { rollingOrigin } from './kind.ts';

/** Two shops whose sales follow a price that jumps; the second opened later. */
function sales(): Table {
  const random = stream('priced at origins');
  const rows = ['north', 'south'].flatMap((shop, s) =>
    Array.from({ length: 90 - 20 * s }, (_, i) => {
      const price = 5 + random.below(10);
      return { shop, when: (19_000 + 20 * s + i) * DAY_MS, price, sold: 120 + 30 * s - 6 * price + random.normal() };
    }),
  );
  return tableOf({
    shop: ['category', rows.map(({ shop }) => shop)],
    when: ['datetime', rows.map(({ when }) => when)],
    price: ['number', rows.map(({ price }) => price)],
    sold: ['number', rows.map(({ sold }) => sold)],
  });
}
const common = { target: 'sold', ids: { names: ['shop'] }, horizon: 3, origins: 3, period: 1 };
const known = { known: { names: ['price'] } };
const judge = async (params: object) => {
  const { outputs, log } = await runKind('series.rolling-origin', { ...common, ...params }, { table: rawFrame(sales()) });
  return { ...(outputs.results as Results), log: log.join('\n') };
};
const only = (method: string) => ({ methods: [{ method }] });

describe.each(['boosting-direct', 'boosting-recursive'])('%s', (method) => {
  it('is judged as Forecast model judges it, better with what is known in advance', async () => {
    const [blind, told] = [await judge(only(method)), await judge({ ...only(method), ...known })];
    expect(told.models[0].metrics.mase).toBeLessThan(0.5 * blind.models[0].metrics.mase);
    expect(told.models[0].foldMetrics).toHaveLength(3);
    expect(told.models[0].truth).toHaveLength(18);
    expect(told.log).toMatch(/told “price” of the steps that are judged/);
    expect(blind.log).not.toMatch(/told/);
    const { outputs } = await runKind('series.forecaster', { ...common, ...known, method }, { table: rawFrame(sales()) });
    expect(told.models[0].metrics.mase).toBeCloseTo((outputs.model as SeriesModel).about.metrics.mase, 10);
  });
});

it('beside other methods, over a gap, from a window and in strides', async () => {
  const methods = [{ method: 'boosting-direct' }, { method: 'mean' }];
  const { models } = await judge({ methods, ...known });
  expect(models).toHaveLength(2);
  expect(models[1].truth).toEqual(models[0].truth);
  const far = await judge({ methods, ...known, gap: 4, stride: 5 });
  expect(far.models[1].truth).toEqual(far.models[0].truth);
  expect(far.models[0].metrics.mase).toBeLessThan(far.models[1].metrics.mase);
  const [short] = (await judge({ ...only('boosting-direct'), ...known, history: 'sliding', window: 40 })).models;
  expect(short.truth).toEqual(models[0].truth);
  expect(short.predicted).not.toEqual(models[0].predicted);
  await expect(judge({ ...only('boosting-direct'), history: 'sliding', window: 6 })).rejects.toMatchObject({
    problem: { code: 'series.too-short-for-trees' },
  });
});

it('what trees look at is asked for only where trees are among the methods', () => {
  const shown = (methods: object[]) => isShown(rollingOrigin.params.known, { ...defaults(rollingOrigin.params), methods } as never);
  expect(shown([{ method: 'ets' }])).toBe(false);
  expect(shown([{ method: 'ets' }, { method: 'boosting-recursive' }])).toBe(true);
});
