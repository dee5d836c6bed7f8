/** Nothing is lost: a reload in mid-work keeps document, undo, results and registry; a tab closed during a run says so afterwards. */
import path from 'node:path';
import {
  dropFile,
  expect,
  goTo,
  nodeFace,
  nodeStates,
  openPipeline,
  runAll,
  test,
  waitFresh,
  waitReady,
  waitRunEnd,
  waitSaved,
} from './driver.ts';
import { passengers, passengersCsv } from './passengers.ts';

test('a reload in mid-work keeps document, undo, results and registry', async ({ app: { page } }) => {
  await dropFile(page, 'passengers.csv', passengersCsv(passengers(200)));
  await page.getByTestId('build-starter').click();
  await waitFresh(page, 'Register model');
  expect(await waitRunEnd(page)).toBe('Completed');
  const name = page.getByLabel('Pipeline name');
  await name.fill('Second thoughts');
  await name.press('Enter');
  await waitSaved(page);
  const results = async () => (await page.locator('.mr-node-result').allTextContents()).sort();
  const before = await results();

  await page.reload();
  await waitReady(page);
  await expect(name).toHaveValue('Second thoughts');
  await expect(page.locator('[data-node]')).toHaveCount(6);
  await expect.poll(async () => new Set(Object.values(await nodeStates(page)))).toEqual(new Set(['fresh']));
  expect(await results()).toEqual(before);
  await expect(page.getByRole('region', { name: 'Results' })).toContainText('AUC');

  expect(await runAll(page)).toBe('Completed');
  expect(new Set(Object.values(await nodeStates(page)))).toEqual(new Set(['reused']));

  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(name).toHaveValue('passengers');
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect(name).toHaveValue('Second thoughts');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.locator('[data-node]')).toHaveCount(1);
  await waitSaved(page);

  await goTo(page, 'Models');
  await expect(page.getByRole('row').filter({ hasText: 'passengers' })).toContainText('proved');
  await goTo(page, 'Runs');
  await expect(page.getByRole('row').filter({ hasText: 'Completed' })).toHaveCount(2);
});

test('a tab closed during a run: the run is told as interrupted, and the work is there', async ({ app: { page, newPage } }) => {
  await openPipeline(page, path.join(import.meta.dirname, 'fixtures', 'golden.json'));
  await page.getByTestId('run').click();
  await waitFresh(page, 'Fill missing');
  await expect(page.getByTestId('stop')).toBeEnabled();
  const other = await newPage('runs');
  await expect(other.getByRole('row').filter({ hasText: 'Golden digests' })).toContainText('Running');
  await other.close();
  await page.close();

  const later = await newPage();
  await expect(later.getByLabel('Pipeline name')).toHaveValue('Golden digests');
  await expect(nodeFace(later, 'Fill missing')).toBeVisible();
  await goTo(later, 'Runs');
  const row = later.getByRole('row').filter({ hasText: 'Golden digests' });
  await expect(row).toContainText('Failed');
  await expect(row).toContainText('was closed during this run');
  // The run tells its steps apart, and the node that was under way says so on the canvas.
  await row.getByRole('link', { name: /^Run \d+$/ }).click();
  const step = (state: string) => later.getByRole('row').filter({ has: later.locator(`.mr-state-${state}`) });
  await expect(step('fresh').filter({ hasText: 'Fill missing' })).toBeVisible();
  await expect(step('interrupted').first()).toContainText('Interrupted');
  await expect(step('queued').or(step('running'))).toHaveCount(0);
  const title = (await step('interrupted').first().getByRole('cell').first().innerText()).trim();
  await goTo(later, 'Designer');
  await expect(nodeFace(later, title).first()).toHaveAttribute('data-state', 'failed');
  await expect(nodeFace(later, 'Fill missing')).toHaveAttribute('data-state', 'fresh');
  expect(await runAll(later)).toBe('Completed');
});
