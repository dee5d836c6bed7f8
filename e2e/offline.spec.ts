/** Without a network: once the app says that it is ready, a reload and a whole run need nothing from outside. */
import { expect, runAll, test, waitFresh, waitReady } from './driver.ts';

test('ready offline, reloaded without a network, a template runs to its result', async ({ app: { page, context } }) => {
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready', { timeout: 90_000 });
  const failed: string[] = [];
  context.on('requestfailed', (request) => failed.push(`${request.url()}: ${request.failure()?.errorText}`));
  await context.setOffline(true);
  await page.reload();
  await waitReady(page);
  await page.getByRole('button', { name: /^Predict a category/ }).click();
  expect(await runAll(page)).toBe('Completed');
  await waitFresh(page, 'Evaluate');
  await expect(page.getByText(/AUC 0\.\d+/).first()).toBeVisible();
  expect(failed).toEqual([]);
});
