/** The race of forecasting methods: within its time, steered by hand, and the same whichever worker ends first. */
import { expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { madeUpSeries } from '../forecast/method.contract.ts';
import { fitPanel } from './fit.ts';
import { LEVELS } from './intervals.ts';
import { runMethod } from './method-job.ts';
import type { Panel } from './panel.ts';
import type { FitAsk, FitWork, Line } from './race.ts';

const panel: Panel = {
  grid: { unit: 'month', every: 1, anchor: 0 },
  series: Array.from({ length: 9 }, (_, i) => ({ key: [`s${i}`], first: 0, y: madeUpSeries(52, 4, `race ${i}`), known: [], filled: 0 })),
  empty: 0,
  rowCount: 0,
  notes: [],
};
const ask: FitAsk = {
  methods: ['seasonal-naive', 'theta', 'dynamic-theta', 'ets', 'mstl-theta'],
  choose: true,
  periods: [4],
  horizon: 4,
  origins: 2,
  levels: LEVELS,
};
const work = (more: Partial<FitWork> = {}): FitWork => ({
  width: 1,
  now: () => 0,
  stopRequested: () => false,
  run: async (job) => runMethod(panel.series, job, { random: (purpose) => stream('race test', purpose), stopRequested: () => false }),
  shared: () => Promise.reject(new Error('no method here is shared')),
  told: () => {},
  ...more,
});
/** What a model is made of. */
const outcome = async (of: Partial<FitAsk>, by: Partial<FitWork>) => {
  const { series, tried, scores } = await fitPanel(panel, { ...ask, ...of }, work(by));
  return { series, scores, tried: tried.map(({ method, weight, scores: own }) => ({ method, weight, own })) };
};
/** Jobs that take a second each of a clock of their own. */
function clocked(perJob = 1000) {
  let at = 0;
  const { run } = work();
  return {
    now: () => at,
    run: async (job: Parameters<typeof run>[0]) => {
      at += perJob;
      return run(job);
    },
  };
}

it('limited by trials it is the same on one worker and on eight that end in any order', async () => {
  const { run } = work();
  const random = stream('order');
  const late: FitWork['run'] = async (job) => {
    for (let turns = random.below(20); turns > 0; turns--) await Promise.resolve();
    return run(job);
  };
  const alone = await outcome({ trials: 3 }, {});
  expect(alone.tried.map(({ method }) => method)).toEqual(['seasonal-naive', 'theta', 'dynamic-theta']);
  expect(await outcome({ trials: 3 }, { width: 8, run: late })).toEqual(alone);
});

it('ends with its time: what was done counts, jobs are told how long they have, every series has a model', async () => {
  const clock = clocked();
  const given: number[] = [];
  const { series, tried } = await fitPanel(
    panel,
    ask,
    work({
      ...clock,
      left: () => 6500 - clock.now(),
      slackMs: 100,
      run: (job) => {
        given.push(job.ms ?? Number.NaN);
        expect(job.mostMs).toBe((job.ms ?? Number.NaN) + 100);
        return clock.run(job);
      },
    }),
  );
  expect(given).toEqual([6500, 5500, 4500, 3500, 2500, 1500, 500]);
  expect(tried.map(({ method, state }) => [method, state])).toEqual([
    ['seasonal-naive', 'complete'],
    ['theta', 'complete'],
    ['dynamic-theta', 'cut'],
  ]);
  expect(series).toHaveLength(9);
});

it('without any time left the simplest method speaks for all', async () => {
  const { series, tried } = await fitPanel(panel, ask, work({ left: () => 0 }));
  expect(tried.map(({ method }) => method)).toEqual(['naive']);
  expect(series).toHaveLength(9);
});

it('a job leaves the series it has no time for, and says so', () => {
  let at = 0;
  const now = () => {
    at += 10;
    return at;
  };
  const run = { random: () => stream('late'), stopRequested: () => false, now };
  const done = runMethod(panel.series, { method: 'naive', series: [0, 1, 2], periods: [4], horizon: 4, origins: 2, ms: 40 }, run);
  expect(done.map((fit) => ('problem' in fit ? fit.problem.code : 'done'))).toEqual(['done', 'series.out-of-time', 'series.out-of-time']);
});

it('a crash is a row with its reason; a method ended by hand has no say; both are told while it runs', async () => {
  const seen: Line['state'][][] = [];
  const { run } = work();
  const { series, tried } = await fitPanel(
    panel,
    ask,
    work({
      run: (job) => (job.method === 'theta' ? Promise.reject(new Error('boom')) : run(job)),
      steering: { paused: () => false, resumed: async () => {}, isEnded: (trial) => trial === 2, ended: () => new Promise(() => {}) },
      changed: (lines) => void seen.push(lines.map(({ state }) => state)),
    }),
  );
  const theta = tried.find(({ method }) => method === 'theta');
  expect(theta).toMatchObject({ state: 'failed', failed: 9 });
  expect(theta?.problem?.message).toMatch(/boom/);
  expect(tried.map(({ method }) => method)).not.toContain('dynamic-theta');
  for (const { members } of series) expect(members.map(({ method }) => method)).not.toContain('theta');
  expect(seen[0]).toEqual(['running']);
  expect(seen.at(-1)).toEqual(['complete', 'failed', 'complete']);
});

it('stands still while it is paused', async () => {
  let paused = true;
  let goOn = () => {};
  const jobs: string[] = [];
  const { run } = work();
  const racing = fitPanel(
    panel,
    ask,
    work({
      run: (job) => {
        jobs.push(job.method);
        return run(job);
      },
      steering: {
        paused: () => paused,
        resumed: () =>
          new Promise((resolve) => {
            goOn = resolve;
          }),
        isEnded: () => false,
        ended: () => new Promise(() => {}),
      },
    }),
  );
  await Promise.resolve();
  expect(jobs).toEqual([]);
  paused = false;
  goOn();
  expect((await racing).tried.length).toBeGreaterThan(3);
});
