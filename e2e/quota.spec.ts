/** The browser gives 20 MB: files come in until there is no more room, which is said; what was told as kept is there after a reload, and work goes on. */
import type { Page } from '@playwright/test';
import {
  dropFile,
  expect,
  goTo,
  nodeFace,
  nodeStates,
  runAll,
  startApp,
  test,
  waitFresh,
  waitReady,
  waitRunEnd,
  waitSaved,
} from './driver.ts';
import { passengers, passengersCsv } from './passengers.ts';

const QUOTA = 20 * 1024 * 1024;
const FULL = 'The browser gave no more space, so this was not saved. What was saved before is untouched.';

/** About 3 MB that no two files share. */
function bulk(seed: number): string {
  let state = seed;
  const lines = Array.from({ length: 60_000 }, (_, i) => {
    state = (state * 48271) % 2147483647;
    return `${i},${state},${(state * 7) % 1000003},${seed}.${state % 997},${state % 2 ? 'odd' : 'even'}`;
  });
  return `row,a,b,c,kind\n${lines.join('\n')}\n`;
}
const files = (page: Page) =>
  page
    .locator('.mr-node-title')
    .filter({ hasText: /^bulk\d+\.csv$/ })
    .allTextContents();

test('20 MB: nothing that was told as kept is lost, and what finds no room is told with the next step', async () => {
  test.slow();
  const app = await startApp();
  const { page } = app;
  const cdp = await app.context.newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(app.url).origin, quotaSize: QUOTA });

  await dropFile(page, 'passengers.csv', passengersCsv(passengers(200)));
  await page.getByTestId('build-starter').click();
  await waitFresh(page, 'Register model');
  expect(await waitRunEnd(page)).toBe('Completed');
  await waitSaved(page);

  // Files until one is refused: it becomes no node, and the reason and the way on are said.
  let refused = false;
  for (let i = 1; i <= 12 && !refused; i++) {
    const before = await files(page);
    await dropFile(page, `bulk${i}.csv`, bulk(i));
    const alert = page.getByRole('alert').filter({ hasText: FULL });
    await expect(alert.or(page.locator('.mr-node-title').getByText(`bulk${i}.csv`, { exact: true }))).toBeVisible();
    refused = await alert.isVisible();
    if (refused) {
      await expect(alert).toContainText('delete old models, datasets or runs, or free space on the disk');
      expect(await files(page)).toEqual(before);
    } else await waitSaved(page);
  }
  expect(refused).toBe(true);
  const kept = (await files(page)).sort();
  expect(kept.length).toBeGreaterThan(1);

  // Results that find no room on the disk stay in memory: the run ends well, and edits are still kept.
  expect(await runAll(page)).toBe('Completed');
  expect(new Set(Object.values(await nodeStates(page)))).toEqual(new Set(['fresh', 'reused']));
  const name = page.getByLabel('Pipeline name');
  await name.fill('Little room');
  await name.press('Enter');
  await waitSaved(page);

  await page.reload();
  await waitReady(page);
  await expect(name).toHaveValue('Little room');
  await expect.poll(async () => (await files(page)).sort()).toEqual(kept);
  await goTo(page, 'Models');
  await expect(page.getByRole('row').filter({ hasText: 'passengers' })).toContainText('proved');
  await goTo(page, 'Designer');
  // Every kept file is read whole once more.
  expect(await runAll(page, 120_000)).toBe('Completed');
  for (const file of kept) await waitFresh(page, file);
  await waitFresh(page, 'Evaluate');
  expect(await nodeFace(page, kept[0]).textContent()).toContain('60,000 × 5');
  await app.close();
});
