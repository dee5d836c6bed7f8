/** A CSV with every fault of the field: what was read differently than it stands is counted at the node, and may be overridden. */
import type { Page } from '@playwright/test';
import { expect, nodeFace, runAll, test, waitFresh } from './driver.ts';

/** Drops bytes as a file, for texts that are not UTF-8. */
async function dropBytes(page: Page, name: string, bytes: Buffer) {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content)], fileName));
      return data;
    },
    [name, [...bytes]] as const,
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer });
}

const CITIES = ['Zürich', 'Genève', 'Köln', 'Liège', 'Paris', 'Málaga', 'Århus', 'Łódz', 'Brno', 'Gävle', 'Nîmes', 'Bremen'];
const rows = CITIES.map((city, i) => `${city.replace('Ł', 'L')};${i},5;${i % 2 ? 'süß' : 'grün'}`);
rows[1] = 'Genève;2,5';
rows[4] = 'Paris;5,5;a;zu viel';
rows[7] = 'Lodz;viel;grün';
const FAULTY = ['city;price;note', ...rows, ''].join('\n');

test('a ragged file in an old encoding, and another delimiter', async ({ app: { page } }) => {
  await dropBytes(page, 'cities.csv', Buffer.from(FAULTY, 'latin1'));
  const node = nodeFace(page, 'cities.csv');
  await page.getByTestId('starter').getByRole('button', { name: 'Not now' }).click();
  await node.click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText(/delimiter “;”, windows-1252/i);
  await runAll(page);
  await waitFresh(page, 'cities.csv');

  const results = page.getByRole('region', { name: 'Results' });
  await expect(results).toContainText('12 rows × 3 columns');
  await expect(results.getByRole('cell', { name: 'Genève' })).toBeVisible();
  await expect(inspector).toContainText('1 row is too short; the last cells are missing (row 2).');
  await results.getByRole('tab', { name: /^Log/ }).click();
  for (const said of [
    'The file is not UTF-8; it was read as windows-1252.',
    '1 row is too short; the last cells are missing (row 2).',
    '1 cell stands beyond the last column and was left out: “zu viel” (row 5).',
    '“price”: 11 of 12 cells are numbers, but 1 is not: “viel” (row 8).',
  ])
    await expect(results.getByText(said).first()).toBeVisible();

  await inspector.getByRole('button', { name: /^Advanced/ }).click();
  await inspector.getByRole('combobox', { name: 'Delimiter' }).selectOption({ label: 'Comma ,' });
  await expect(inspector).toContainText(/delimiter “,”, windows-1252/i);
  await expect(node).toHaveAttribute('data-state', 'stale');
  await runAll(page);
  await waitFresh(page, 'cities.csv');
  await results.getByRole('tab', { name: /^Table/ }).click();
  await expect(results).toContainText('× 2 columns');
  await expect(results.getByRole('cell', { name: 'Genève;2' })).toBeVisible();
});
