/** AutoML's race while it runs: seen live, paused, a trial kept and one ended, stopped with the best; the model is whole and scores rows. */
import { writeFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, nodeFace, openPipeline, test, waitFresh, waitRunEnd } from './driver.ts';

/** Long enough that only a person ends it. */
const SECONDS = 600;
const at = (row: number) => ({ x: 300, y: 120 * row });
const PIPELINE = {
  format: 1,
  id: 'live-race',
  name: 'Live race',
  seed: 1,
  nodes: {
    data: { id: 'data', kind: 'data.sample', version: 1, params: { sample: 'customer-churn', target: 'churned' }, position: at(0) },
    automl: { id: 'automl', kind: 'automl.tables', version: 1, params: { seconds: SECONDS }, position: at(1) },
    score: { id: 'score', kind: 'evaluate.score', version: 1, params: {}, position: at(2) },
  },
  wires: {
    w1: { id: 'w1', from: { node: 'data', port: 'table' }, to: { node: 'automl', port: 'table' } },
    w2: { id: 'w2', from: { node: 'automl', port: 'model' }, to: { node: 'score', port: 'model' } },
    w3: { id: 'w3', from: { node: 'data', port: 'table' }, to: { node: 'score', port: 'table' } },
  },
  notes: {},
};

test('a race is seen while it runs, steered, and stopped with a model that scores', async ({ app: { page } }, info) => {
  const file = info.outputPath('race.json');
  await writeFile(file, JSON.stringify(PIPELINE));
  await openPipeline(page, file);
  await nodeFace(page, 'AutoML').click();
  await page.getByTestId('run').click();
  const dock = page.getByRole('region', { name: 'Results' });
  const rows = dock.locator('tbody tr');
  const completed = rows.filter({ hasText: 'Completed' });
  await expect(dock.getByText('Racing', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(completed.nth(1)).toBeVisible({ timeout: 120_000 });
  await expect(dock.getByText(/of 10 min 0 s/)).toBeVisible();

  await dock.getByRole('button', { name: 'Pause' }).press('Enter');
  await expect(dock.getByText('Paused', { exact: true })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.mr-dock').analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')}`))).toEqual([]);
  // The last of the board: the greedy choice would hardly take it.
  const last = completed.last();
  const kept = await last.getAttribute('data-trial');
  const pin = last.getByRole('button', { name: /in the ensemble$/ });
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await dock.getByRole('button', { name: '60 s more' }).click();
  await expect(dock.getByText(/of 11 min 0 s/)).toBeVisible();
  await dock.getByRole('button', { name: 'Go on' }).click();
  await expect(dock.getByText('Racing', { exact: true })).toBeVisible();

  // Some trials are over before a hand is at the button.
  const byHand = rows.filter({ hasText: 'Ended by hand' });
  await expect(async () => {
    await rows
      .filter({ hasText: /Fold \d of/ })
      .last()
      .getByRole('button', { name: /^End / })
      .click({ timeout: 2000 });
    await expect(byHand.first()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  const ended = await byHand.first().getAttribute('data-trial');

  await dock.getByRole('button', { name: 'Stop, keep the best' }).click();
  expect(await waitRunEnd(page, 60_000)).toBe('Completed');
  await waitFresh(page, 'AutoML');
  await waitFresh(page, 'Score');
  await expect(dock.getByText(/^By hand:.*Stopped by hand/)).toBeVisible();
  await expect(dock.locator(`[data-trial="${kept}"]`)).toContainText('%');
  await expect(dock.locator(`[data-trial="${ended}"]`)).toContainText('Ended by hand');
  await nodeFace(page, 'Score').click();
  await expect(dock.getByRole('columnheader', { name: /^predicted/ }).first()).toBeVisible();

  // Afterwards: by another metric, and another trial as the model, which trains nothing.
  await nodeFace(page, 'AutoML').click();
  await dock.getByRole('combobox', { name: 'Rank by' }).selectOption({ label: 'By Accuracy' });
  await expect(dock.getByRole('columnheader', { name: 'Accuracy' })).toBeVisible();
  await dock.locator(`[data-trial="${kept}"]`).getByRole('checkbox').check();
  await dock.getByRole('button', { name: 'Use this trial' }).click();
  await expect(dock.locator(`[data-trial="${kept}"]`)).toContainText(/100\.0.%/);
  expect(await waitRunEnd(page, 30_000)).toBe('Completed');
  await expect(nodeFace(page, 'Score')).toHaveAttribute('data-state', 'stale');
  await page.getByRole('button', { name: 'Undo' }).click();
  await waitFresh(page, 'AutoML');
  await expect(dock.locator(`[data-trial="${ended}"]`)).toContainText('Ended by hand');
});
