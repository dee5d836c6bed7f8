/** Many kills, in series of fifty on a profile each: `KILLS` of them (100 when not set), reproducible by `KILL_SEED`. */
import { expect, test } from '@playwright/test';
import { killSeries } from './kill.ts';

const KILLS = Number(process.env.KILLS ?? 100);
const SERIES = 50;
const seed = Number(process.env.KILL_SEED ?? Date.now());

for (let from = 0; from < KILLS; from += SERIES) {
  const kills = Math.min(SERIES, KILLS - from);
  test(`kills ${from + 1} to ${from + kills}`, async ({ baseURL }) => {
    test.setTimeout(kills * 60_000);
    const report = await killSeries(baseURL ?? '', kills, seed + from);
    console.log(JSON.stringify(report));
    expect(report.faults).toEqual([]);
    expect(report.kills).toBe(kills);
  });
}
