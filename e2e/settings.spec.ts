/** The settings: workspaces, storage, offline, what left this machine, deleting everything; a file that is read again from disk; plain http. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { dropFile, expect, goTo, nodeFace, runAll, startApp, test, waitReady, waitSaved } from './driver.ts';

const CSV = 'age,survived\n22,no\n38,yes\n26,yes\n35,no\n';

test('workspaces keep their own work, and everything in one can be deleted', async ({ app }) => {
  const { page } = app;
  await dropFile(page, 'people.csv', CSV);
  await expect(nodeFace(page, 'people.csv')).toBeVisible();
  await waitSaved(page);
  await goTo(page, 'Settings');
  await expect(page.getByText('My workspace').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'New workspace' }).fill('Second');
  await page.getByRole('button', { name: 'Create and open' }).click();
  await expect(page.getByRole('heading', { name: 'Start a pipeline' })).toBeVisible();
  await expect(nodeFace(page, 'people.csv')).toHaveCount(0);
  await dropFile(page, 'others.csv', CSV);
  await expect(nodeFace(page, 'others.csv')).toBeVisible();
  await waitSaved(page);

  await goTo(page, 'Settings');
  await page.getByRole('textbox', { name: 'New workspace' }).fill('Second');
  await page.getByRole('button', { name: 'Create and open' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is already a workspace' })).toBeVisible();
  await page.getByRole('button', { name: 'Switch to My workspace' }).click();
  await expect(nodeFace(page, 'people.csv')).toBeVisible();
  await page.reload();
  await expect(nodeFace(page, 'people.csv')).toBeVisible();

  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Delete everything' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('My workspace');
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('heading', { name: 'Start a pipeline' })).toBeVisible();
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Switch to Second' }).click();
  await expect(nodeFace(page, 'others.csv')).toBeVisible();
});

test('storage, offline and the list of what left say how things are', async ({ app }) => {
  const { page } = app;
  await goTo(page, 'Settings');
  await expect(page.getByText('used by this site')).toBeVisible();
  await expect(page.getByText('The browser may clear this data')).toBeVisible();
  await page.getByRole('button', { name: 'Ask the browser to keep this data' }).click();
  await expect(page.getByRole('main').getByText(/The browser keeps this data|The browser did not agree/)).toBeVisible();
  await expect(page.getByText('Nothing so far.')).toBeVisible();
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await expect(page.getByText('Ready offline: the whole app')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);

  await page.getByRole('radio', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '设置' })).toBeVisible();
  await page.getByRole('radio', { name: 'English' }).click();
});

test('an address that was read stands in the list, also after a reload', async () => {
  const app = await startApp();
  const { page } = app;
  const url = 'https://data.example/data/people.csv';
  await app.context.route(url, (route) =>
    route.fulfill({ body: CSV, contentType: 'text/csv', headers: { 'Access-Control-Allow-Origin': '*' } }),
  );
  await page.getByRole('button', { name: 'From a link' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(url);
  await page.getByRole('dialog').getByRole('textbox').press('Enter');
  await expect(nodeFace(page, 'people.csv')).toBeVisible();
  await waitSaved(page);
  await page.reload();
  await waitReady(page);
  await goTo(page, 'Settings');
  await expect(page.getByRole('cell', { name: url })).toBeVisible();
  // Opening the pipeline again asked nobody.
  await expect(page.getByRole('row')).toHaveCount(2);
  // The one request to elsewhere is the one that was asked for.
  expect(app.problems.splice(0)).toEqual([`request to ${url}`]);
  await app.close();
});

test('a file that is a reference is read again on each run, and changed content is said', async () => {
  const app = await startApp();
  const { page } = app;
  await dropFile(page, 'people.csv', CSV);
  await expect(nodeFace(page, 'people.csv')).toBeVisible();
  await waitSaved(page);
  // A file of the browser's private file system stands for one on disk.
  await page.evaluate(async (text) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('people.csv', { create: true });
    const stream = await handle.createWritable();
    await stream.write(text);
    await stream.close();
  }, CSV);
  await page.addInitScript(() => {
    const pick = async () => [await (await navigator.storage.getDirectory()).getFileHandle('people.csv')];
    Object.assign(window, { showOpenFilePicker: pick });
  });
  await page.reload();
  await nodeFace(page, 'people.csv').click();
  await page.getByText('Read again from disk on each run').click();
  await expect(page.getByRole('switch', { name: 'Read again from disk on each run' })).toBeChecked();
  await runAll(page);
  await expect(nodeFace(page, 'people.csv')).toHaveAttribute('data-state', 'fresh');
  const change = (text: string) =>
    page.evaluate(async (content) => {
      const root = await navigator.storage.getDirectory();
      const stream = await (await root.getFileHandle('people.csv')).createWritable();
      await stream.write(content);
      await stream.close();
    }, text);
  await change(`${CSV}61,no\n`);
  await runAll(page);
  await expect(nodeFace(page, 'people.csv')).toHaveAttribute('data-state', 'failed');
  await page.keyboard.press('F8');
  await page.getByRole('button', { name: 'Import again' }).first().click();
  // The new content has been read: a run before that is of the old one.
  await expect(nodeFace(page, 'people.csv')).toHaveAttribute('data-state', 'stale');
  await runAll(page);
  await expect(nodeFace(page, 'people.csv')).toHaveAttribute('data-state', 'fresh');
  await expect(nodeFace(page, 'people.csv')).toContainText('5 × 2');
  await app.close();
});

test('on plain http the page says what does not work, and works', async () => {
  const root = path.resolve(process.env.MILLRACE_DIST ?? 'dist');
  const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
  const server = createServer(async (request, response) => {
    const file = path.join(root, decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname).replace(/\/$/, '/index.html'));
    const bytes = file.startsWith(root) ? await readFile(file).catch(() => undefined) : undefined;
    response.writeHead(bytes ? 200 : 404, { 'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { launchOptions } = test.info().project.use;
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), '--host-resolver-rules=MAP plain.test 127.0.0.1'],
  });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`http://plain.test:${(server.address() as AddressInfo).port}/`);
  await expect(page.getByTestId('insecure')).toBeVisible();
  await dropFile(page, 'people.csv', CSV);
  await expect(nodeFace(page, 'people.csv')).toBeVisible();
  await waitSaved(page);
  await runAll(page);
  await expect(nodeFace(page, 'people.csv')).toHaveAttribute('data-state', 'fresh');
  await expect(page.getByTestId('writer')).toHaveAttribute('data-state', 'unguarded');
  await goTo(page, 'Settings');
  await expect(page.getByText('Not possible on a page opened over plain http.')).toBeVisible();
  expect(errors).toEqual([]);
  await browser.close();
  server.close();
});
