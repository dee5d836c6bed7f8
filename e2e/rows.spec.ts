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
