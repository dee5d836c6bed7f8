/** After a race: a trial is explained from its row, and a trial or the whole ensemble opens as nodes that give the same figure on rows kept aside. */
import type { Locator, Page } from '@playwright/test';
import { dropFile, expect, nodeFace, runAll, test, waitFresh, waitRunEnd } from './driver.ts';
import { passengers, passengersCsv } from './passengers.ts';

/** After the node in focus, by quick add, which wires it too. */
async function addAfter(page: Page, query: string, title: string): Promise<Locator> {
  await page.keyboard.press('Tab');
  const dialog = page.getByRole('dialog', { name: 'Add a node that fits here' });
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(query);
  await expect(dialog.getByRole('option').first()).toContainText(title);
  await page.keyboard.press('Enter');
  const face = nodeFace(page, title).last();
  await expect(face).toBeFocused();
  return face;
}

/** Judges the model of the node in focus on the test rows; answers with the node that does. */
async function judge(page: Page): Promise<Locator> {
  const face = await addAfter(page, 'evaluate', 'Evaluate');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Connect' });
  await page.keyboard.type('test rows');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(face).toBeFocused();
  return face;
}

async function figure(face: Locator): Promise<string> {
  await expect(face).toHaveAttribute('data-state', /^(fresh|reused)$/);
  await expect(face).toHaveAttribute('aria-label', /AUC 0\.\d+/);
  return /AUC (0\.\d+)/.exec((await face.getAttribute('aria-label')) ?? '')![1];
}

test('a trial explains itself, and as nodes it and the ensemble give the figure that the race gave', async ({ app: { page } }) => {
  await dropFile(page, 'passengers.csv', passengersCsv(passengers(300)));
  await page.getByTestId('starter').getByRole('button', { name: 'Not now' }).click();
  await page.locator('[data-node]').click();
  await addAfter(page, 'split', 'Split');
  const automl = await addAfter(page, 'automl', 'AutoML');
  const setting = (name: string) => page.locator(`[data-param="${name}"]`);
  await setting('seconds').getByRole('textbox').fill('');
  await setting('trials').getByRole('switch').press('Space');
  await setting('trials').getByRole('textbox').fill('3');
  await setting('trials').getByRole('textbox').press('Enter');
  await automl.focus();
  const judged = await judge(page);
  const nodes = page.locator('[data-node]');
  await expect(nodes).toHaveCount(4);
  expect(await runAll(page, 120_000)).toBe('Completed');

  const dock = page.getByRole('region', { name: 'Results' });
  const run = page.getByTestId('run');
  const trials = dock.locator('[data-trial]');
  /** The model of these trials, which trains nothing; answers with its figure. */
  const take = async (ids: readonly string[]): Promise<string> => {
    await automl.click();
    for (const id of ids) await dock.locator(`[data-trial="${id}"]`).getByRole('checkbox').check();
    const before = await run.getAttribute('data-run');
    await dock.getByRole('button', { name: /^Use th(is|ese)/ }).click();
    await expect(run).not.toHaveAttribute('data-run', before ?? '');
    expect(await waitRunEnd(page)).toBe('Completed');
    expect(await runAll(page)).toBe('Completed');
    return figure(judged);
  };
  const undoAll = async () => {
    await expect(async () => {
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(nodes).toHaveCount(4, { timeout: 1000 });
    }).toPass();
  };
  await automl.click();
  await expect(trials).toHaveCount(3);
  const ids = await trials.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-trial') ?? ''));

  // One trial: explained, then as nodes.
  const alone = await take([ids[1]]);
  await automl.click();
  const row = dock.locator(`[data-trial="${ids[1]}"]`);
  const before = await run.getAttribute('data-run');
  await row.getByRole('button', { name: /^Explain / }).click();
  await expect(run).not.toHaveAttribute('data-run', before ?? '');
  expect(await waitRunEnd(page, 120_000)).toBe('Completed');
  await waitFresh(page, 'Column effects');
  await waitFresh(page, 'Explain');
  await undoAll();
  await automl.click();
  await row.getByRole('button', { name: /as nodes/ }).click();
  await nodeFace(page, 'Train').click();
  const again = await judge(page);
  expect(await runAll(page, 120_000)).toBe('Completed');
  await waitFresh(page, 'Train');
  expect(await figure(again)).toBe(alone);
  await undoAll();

  // Two of them weighed together.
  const together = await take([ids[0], ids[1]]);
  await automl.click();
  await dock
    .locator('[data-together]')
    .getByRole('button', { name: /as nodes/ })
    .click();
  await expect(nodeFace(page, 'Combine models')).toBeVisible();
  await expect(nodeFace(page, 'Train')).toHaveCount(2);
  // Calibrated where that pays: the node that gives the answers is the one chosen.
  await page.locator('.mr-node.is-selected').click();
  const whole = await judge(page);
  expect(await runAll(page, 120_000)).toBe('Completed');
  await waitFresh(page, 'Combine models');
  expect(await figure(whole)).toBe(together);
});
