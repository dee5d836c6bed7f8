/** A panel's methods put together: what each series is forecast by, that nothing hangs on chance or units, and that ONNX answers alike. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { madeUpSeries, SHAPES } from '../forecast/method.contract.ts';
import type { FittedSeries, SeriesModel } from '../recipe/series-model.ts';
import { aheadOf } from './ahead.ts';
import { fitPanel } from './fit.ts';
import { LEVELS } from './intervals.ts';
import { runMethod } from './method-job.ts';
import type { Panel } from './panel.ts';
import { proveSeries } from './prove.ts';
import type { FitAsk } from './race.ts';

const grid = { unit: 'month', every: 1, anchor: 0 } as const;
const panelOf = (values: Readonly<Record<string, Float64Array>>): Panel => ({
  grid,
  series: Object.entries(values).map(([name, y]) => ({ key: [name], first: 0, y, known: [], filled: 0 })),
  empty: 0,
  rowCount: 0,
  notes: [],
});
/** Without the slow and the shared: how they are put together is the same. */
const METHODS = ['seasonal-naive', 'theta', 'dynamic-theta', 'ets', 'sba', 'tsb', 'mstl-theta'];
const ask = (more: Partial<FitAsk> = {}): FitAsk => ({
  methods: METHODS,
  choose: true,
  periods: [4],
  horizon: 8,
  origins: 3,
  levels: LEVELS,
  ...more,
});
const fit = (panel: Panel, more: Partial<FitAsk> = {}, pinned: readonly number[] = []) =>
  fitPanel(panel, ask(more), {
    steering: {
      paused: () => false,
      resumed: async () => {},
      isEnded: () => false,
      ended: () => new Promise(() => {}),
      isPinned: (id) => pinned.includes(id),
    },
    width: 1,
    now: () => 0,
    stopRequested: () => false,
    run: async (job) => runMethod(panel.series, job, { random: (purpose) => stream('fit test', purpose), stopRequested: () => false }),
    shared: () => Promise.reject(new Error('no method here is shared')),
    told: () => {},
  });
const modelOf = (series: readonly FittedSeries[], horizon = 8): SeriesModel => ({
  shape: 'series',
  task: 'forecast',
  inputs: [{ name: 'name', type: 'text', role: 'group' }],
  outputs: [],
  target: 'y',
  learner: { kind: 'test', version: 1, params: {} },
  time: 'time',
  ids: ['name'],
  known: [],
  grid,
  periods: [4],
  horizon,
  levels: LEVELS,
  series,
  about: { rowCount: 0, notes: [], metrics: {} },
  learned: { source: '', ids: Int32Array.of() },
});

describe('a panel of series of every shape', () => {
  const panel = panelOf(Object.fromEntries(SHAPES.map(({ name, y }) => [name, y])));
  const first = fit(panel);

  it('gives each an answer by methods whose say adds up', async () => {
    const { series, lost } = await first;
    const model = modelOf(series);
    expect(lost).toEqual([]);
    for (const one of series) {
      const most = one.history.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
      const { mean, lower, upper } = aheadOf(model, one, 8);
      expect([...mean].filter((value) => !Number.isFinite(value) || Math.abs(value) > 20 * most)).toEqual([]);
      for (const [i, value] of [...mean, ...mean].entries()) {
        expect(lower[i]).toBeLessThanOrEqual(value);
        expect(upper[i]).toBeGreaterThanOrEqual(value);
      }
      expect(one.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      if (one.key[0] === 'constant') for (const value of mean) expect(value).toBeCloseTo(5, 6);
      if (one.history.every((value) => value >= 0)) expect([...mean, ...lower].every((value) => value >= 0)).toBe(true);
    }
  });

  it('is the same every time', async () => {
    expect(await fit(panel)).toEqual(await first);
  });

  it('answers from ONNX as it does here, though each series has methods of its own', async () => {
    const { series } = await first;
    expect(new Set(series.map(({ members }) => members.map(({ method }) => method).join())).size).toBeGreaterThan(2);
    const proof = await proveSeries(modelOf(series));
    if (proof.problem) throw new Error(proof.problem.message);
    expect(proof.certificate).toMatchObject({ passed: true, rows: SHAPES.length });
  });
});

it('forecasts do not change with the unit', async () => {
  const y = madeUpSeries(60, 4, 'unit');
  const [plain] = (await fit(panelOf({ y }))).series;
  const [larger] = (await fit(panelOf({ y: y.map((value) => value * 1024) }))).series;
  const model = modelOf([]);
  expect([...aheadOf(model, larger, 8).mean]).toEqual([...aheadOf(model, plain, 8).mean].map((value) => value * 1024));
});

it('a series that one method knows exactly is left to it', async () => {
  const line = Float64Array.from({ length: 60 }, (_, i) => 10 + 3 * i);
  const { series } = await fit(panelOf({ line }), { methods: ['mean', 'drift'], choose: false, periods: [], horizon: 6 });
  const drift = series[0].members.find(({ method }) => method === 'drift');
  expect(drift?.weight).toBeGreaterThan(0.99);
  expect(aheadOf(modelOf([], 6), series[0], 2).mean[1]).toBeCloseTo(10 + 3 * 61, 1);
});

it('intervals are as often right as they say, judged on origins that had no say in them', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`s${i}`, madeUpSeries(64, 4, `cover ${i}`)]));
  const { scores } = await fit(panelOf(many), { methods: ['theta', 'ets'] });
  expect(scores.coverage_80).toBeGreaterThan(0.72);
  expect(scores.coverage_80).toBeLessThan(0.9);
  expect(scores.coverage_95).toBeGreaterThan(0.89);
});

it('a method that is pinned has a fifth of the say at least, the others share the rest as they did; with the best alone it has none', async () => {
  const y = madeUpSeries(80, 4, 'pinned');
  const panel = panelOf({ y });
  const free = await fit(panel);
  const worst = free.tried.filter(({ state }) => state === 'complete').toSorted((a, b) => a.weight - b.weight)[0];
  expect(worst.weight).toBeLessThan(0.2);
  const held = await fit(panel, {}, [worst.id]);
  const say = (run: typeof free, method: string) => run.tried.find((tried) => tried.method === method)!.weight;
  expect(say(held, worst.method)).toBeCloseTo(0.2, 9);
  expect(held.tried.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  const [one, other] = free.tried.filter(({ id, weight }) => id !== worst.id && weight > 0.02);
  expect(say(held, one.method) / say(held, other.method)).toBeCloseTo(one.weight / other.weight, 6);
  const alone = await fit(panel, { single: true }, [worst.id]);
  expect(say(alone, worst.method)).toBe(0);
});
