/** From a number to its rows: a cell of the confusion matrix shows them, and a filter made from them keeps exactly as many. */
import { dropFile, expect, test, waitRunEnd } from './driver.ts';
import { passengers, passengersCsv } from './passengers.ts';

test('a matrix cell becomes a list of rows, and the list a filter', async ({ app: { page } }) => {
  await dropFile(page, 'passengers.csv', passengersCsv(passengers(600)));
  await page.getByTestId('starter').getByRole('button', { name: 'Build a starter pipeline' }).click();
  await waitRunEnd(page);
  const dock = page.getByRole('region', { name: 'Results' });
  const rows = dock.getByRole('table', { name: 'Rows', exact: true });
  const cell = dock.getByRole('button', { name: /^\d+/ }).and(dock.locator('[title^="Show the rows"]')).nth(1);
  const count = Number((await cell.locator('span').first().textContent())?.replace(/\D/g, ''));
  expect(count).toBeGreaterThan(0);
  await cell.click();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
  await expect(rows).toHaveAttribute('aria-rowcount', String(count + 1));
  // The other columns of the same rows come along.
  await expect(rows.getByRole('columnheader', { name: 'age' })).toBeVisible();
  await expect(rows.locator('tbody tr').first().locator('td').last()).not.toHaveText('');

  await dock.getByRole('button', { name: 'Filter node', exact: true }).click();
  const filter = page.locator('[data-node="filter-rows"]');
  await expect(filter).toHaveClass(/is-selected/);
  await filter.press('r');
  await expect(filter).toHaveAttribute('data-state', 'fresh', { timeout: 60_000 });
  await expect(filter.locator('.mr-node-result')).toHaveText(new RegExp(`^${count} \\| \\d+$`));
  // One step: taken back whole, with the Score node that it needed.
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(filter).toHaveCount(0);
  await expect(page.locator('[data-node="score"]')).toHaveCount(0);
});

test('rows are chosen on charts by keys alone: bars, then a box, then the filter', async ({ app: { page } }) => {
  const prices = Array.from(
    { length: 300 },
    (_, i) => `${20 + (i % 90)},${(i * 7) % 5},${100 + 3 * (i % 90) + ((i * 7) % 5) * 20 + ((i * 13) % 17)}`,
  );
  await dropFile(page, 'prices.csv', `area,rooms,price\n${prices.join('\n')}\n`);
  await page.getByTestId('starter').getByRole('button', { name: 'Build a starter pipeline' }).click();
  await waitRunEnd(page);
  const dock = page.getByRole('region', { name: 'Results' });
  const rows = dock.getByRole('table', { name: 'Rows', exact: true });
  const shown = async () => Number(await rows.getAttribute('aria-rowcount')) - 1;
  await expect(rows).toBeVisible();
  const all = await shown();
  const [cloud, bars] = [dock.getByRole('application').nth(0), dock.getByRole('application').nth(1)];

  await bars.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(shown).toBeLessThan(all);
  await page.keyboard.press('Escape');
  await expect.poll(shown).toBe(all);

  await cloud.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(shown).toBeLessThan(all);
  const middle = await shown();
  expect(middle).toBeGreaterThan(0);
  for (let i = 0; i < 5; i++) for (const key of ['Shift+ArrowUp', 'Shift+ArrowRight']) await page.keyboard.press(key);
  await expect.poll(shown).toBeGreaterThan(middle);
  const count = await shown();
  await expect(page.getByTestId('announcer')).toHaveText(new RegExp(`Prediction .*: ${count} rows$`));

  const filter = dock.getByRole('button', { name: 'Filter node', exact: true });
  for (let i = 0; i < 12 && !(await filter.evaluate((element) => element === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const made = page.locator('[data-node="filter-rows"]');
  await expect(made).toBeFocused();
  await page.keyboard.press('r');
  await expect(made).toHaveAttribute('data-state', 'fresh', { timeout: 60_000 });
  await expect(made.locator('.mr-node-result')).toHaveText(new RegExp(`^${count} \\| \\d+$`));
});
