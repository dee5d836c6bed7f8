/** The JavaScript script node: danfojs at hand, a deadline that holds, and no way out to the network or to what is stored. */
import type { Page } from '@playwright/test';
import { dropFile, expect, nodeFace, runAll, test, waitFresh } from './driver.ts';

const CSV = 'width,height\n1,2\n3,4\n5,6\n';

/** A file feeding a script with this code, built by keys. */
async function scriptOn(page: Page, source: string) {
  await dropFile(page, 'boxes.csv', CSV);
  await page.getByTestId('starter').getByRole('button', { name: 'Not now' }).click();
  await nodeFace(page, 'boxes.csv').focus();
  await page.keyboard.press('n');
  await addScript(page);
  await page.getByRole('textbox', { name: 'Code' }).fill(source);
}
async function addScript(page: Page) {
  const menu = page.getByRole('dialog', { name: 'Add a node that fits here' });
  await menu.getByRole('combobox').fill('danfojs');
  await menu.getByRole('combobox').press('Enter');
  await expect(nodeFace(page, 'JavaScript script')).toBeFocused();
}
const dock = (page: Page) => page.getByRole('region', { name: 'Results' });

test('df gives a new column, known downstream', async ({ app: { page } }) => {
  await scriptOn(page, "df.addColumn('area', df['width'].mul(df['height']), { inplace: true });\nreturn df;");
  await runAll(page);
  await waitFresh(page, 'JavaScript script');
  const table = dock(page).getByRole('table');
  await expect(table.getByRole('columnheader', { name: /area/ })).toBeVisible();
  await expect(table.getByRole('row').filter({ hasText: '30' })).toHaveCount(1);

  await nodeFace(page, 'JavaScript script').focus();
  await page.keyboard.press('n');
  const menu = page.getByRole('dialog', { name: 'Add a node that fits here' });
  await menu.getByRole('combobox').fill('data table');
  await menu.getByRole('combobox').press('Enter');
  await expect(nodeFace(page, 'Data table')).toBeFocused();
  await runAll(page);
  await waitFresh(page, 'Data table');
  await expect(table.getByRole('columnheader', { name: /area/ })).toBeVisible();
});

test('an endless loop ends at its deadline, and says so', async ({ app: { page } }) => {
  await scriptOn(page, 'while (true) {}');
  await page.getByRole('button', { name: /^Advanced/ }).click();
  await page.getByRole('textbox', { name: 'Time limit' }).fill('1');
  await page.keyboard.press('Enter');
  await runAll(page);
  await expect(nodeFace(page, 'JavaScript script')).toHaveAttribute('data-state', 'failed');
  const said = 'The script was still running after 1 s and was stopped.';
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(said);
  await expect(dock(page)).toContainText(said);
  await expect(nodeFace(page, 'boxes.csv')).toHaveAttribute('data-state', /fresh|reused/);
});

test('a script reaches no network and no storage', async ({ app: { page, url } }) => {
  const stored = () =>
    page.evaluate(async () => ({
      local: Object.keys(localStorage).sort(),
      databases: (await indexedDB.databases()).map((base) => base.name).sort(),
      caches: (await caches.keys()).sort(),
      cookie: document.cookie,
    }));
  // Each way out is tried and answers with its own error's name, or with "reached".
  const tries = {
    fetch: `await fetch('${url}samples/index.json')`,
    xhr: `const x = new XMLHttpRequest(); x.open('GET', '${url}', false); x.send()`,
    socket: "new WebSocket('ws://127.0.0.1:1')",
    importScripts: `importScripts('${url}sw.js')`,
    worker: `new Worker('${url}sw.js')`,
    indexedDB: "indexedDB.open('script-was-here')",
    caches: "await caches.open('script-was-here')",
    localStorage: "localStorage.setItem('script-was-here', '1')",
    opfs: 'await navigator.storage.getDirectory()',
    made: `await (0, (async () => {}).constructor)("return fetch('${url}')")()`,
  };
  const source = `const out = { way: [], end: [] };
${Object.entries(tries)
  .map(
    ([name, code]) =>
      `try { ${code}; out.way.push('${name}'); out.end.push('reached'); } catch (error) { out.way.push('${name}'); out.end.push('refused'); }`,
  )
  .join('\n')}
return out;`;
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await scriptOn(page, source);
  await page.getByTestId('saved').and(page.locator('[data-status="saved"]')).waitFor();
  const before = await stored();
  asked.length = 0;
  await runAll(page);
  await waitFresh(page, 'JavaScript script');
  await expect(dock(page).getByRole('cell', { name: 'refused', exact: true })).toHaveCount(Object.keys(tries).length);
  await expect(dock(page).getByRole('cell', { name: 'reached', exact: true })).toHaveCount(0);
  // The app loads its own code for the run, and nothing that the script asked for.
  expect(asked.filter((request) => !request.includes('/assets/') && !request.startsWith('blob:'))).toEqual([]);
  const after = await stored();
  expect(JSON.stringify(after)).not.toContain('script-was-here');
  expect(after.databases).toEqual(before.databases);
  expect(after.caches).toEqual(before.caches);
  expect(after.cookie).toBe('');
});
