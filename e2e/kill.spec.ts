/** A browser killed at random moments loses nothing that it said was saved, tears nothing, and leaves nothing half done. */
import { expect, test } from '@playwright/test';
import { killSeries } from './kill.ts';

test('six kills while editing, running and registering', async ({ baseURL }) => {
  test.slow();
  const report = await killSeries(baseURL ?? '', 6, Number(process.env.KILL_SEED ?? Date.now()));
  expect(report.faults).toEqual([]);
  expect(report.kills).toBe(6);
});
