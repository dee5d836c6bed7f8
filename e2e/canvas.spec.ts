/** The canvas before, during and after a run: what a run would do, a pinned result, a stopped run, versions held against each other; frames, move mode, outline. */
import type { Page } from '@playwright/test';
import { dropFile, expect, nodeFace, nodeStates, runAll, test, waitFresh, waitRunEnd, waitSaved } from './driver.ts';
import { documentOf, documentText, drag, middleOf } from './hands.ts';
import { passengers, passengersCsv } from './passengers.ts';

async function starter(page: Page): Promise<void> {
  await dropFile(page, 'passengers.csv', passengersCsv(passengers(4000)));
  await page.getByTestId('build-starter').click();
  await waitFresh(page, 'Register model');
  expect(await waitRunEnd(page)).toBe('Completed');
}
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
async function setTestSize(page: Page, size: string): Promise<void> {
  await nodeFace(page, 'Split').click();
  const field = inspector(page).getByRole('textbox', { name: 'Test size' });
  await field.fill(size);
  await field.press('Enter');
  await expect(nodeFace(page, 'Split')).toHaveAttribute('data-state', 'stale');
}
const undoLabel = (page: Page) => page.getByRole('button', { name: /^Undo/ }).getAttribute('aria-label');

test('a run is shown before it is started, a pinned result stays, and a run can be stopped', async ({ app: { page } }) => {
  await starter(page);
  const bar = page.locator('.mr-preview-bar');

  await test.step('nothing is due: said so', async () => {
    await page.getByTestId('run').hover();
    await expect(bar).toContainText('every result is there already');
  });

  await test.step('all: the changed node runs, those behind it if its result differs, the source is reused', async () => {
    await setTestSize(page, '0.4');
    await page.getByTestId('run').hover();
    await expect(bar).toContainText('1 will run');
    await expect(bar).toContainText(/at most about .*as last time/);
    await expect(page.locator('.mr-node.will-run')).toHaveCount(1);
    await expect(page.locator('.mr-node.will-check')).toHaveCount(4);
    await expect(nodeFace(page, 'passengers.csv')).toContainText('Reused');
  });

  await test.step('to here: only what that node needs', async () => {
    await nodeFace(page, 'Gradient boosting').click();
    await page.getByRole('button', { name: 'Other ways to run' }).click();
    await page.getByRole('menuitem', { name: /^Run to here/ }).hover();
    await expect(page.locator('.mr-node.will-out')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(bar).toHaveCount(0);
  });

  await test.step('pinned: kept through a run of all, by the plan, with its reason', async () => {
    await page.locator('[data-node]').first().focus();
    await nodeFace(page, 'Gradient boosting').click();
    await page.keyboard.press('p');
    const face = nodeFace(page, 'Gradient boosting');
    await expect(face).toHaveAttribute('data-state', 'pinned');
    await expect(face.locator('.mr-node-line')).toContainText('pinned, though its input');
    expect(await runAll(page)).toBe('Completed');
    expect((await nodeStates(page))['Gradient boosting']).toBe('pinned');
    expect((await nodeStates(page)).Split).toBe('fresh');
    expect(await undoLabel(page)).toContain('Pin Gradient boosting');
    await page.keyboard.press('p');
    await expect(face).toHaveAttribute('data-state', 'stale');
  });

  await test.step('stopped: no node runs on, and the run is told as cancelled', async () => {
    // Ten thousand large trees on thousands of rows outlast any machine's way to the stop key.
    await face(page, 'Gradient boosting', 'Leaves per tree', '255');
    await inspector(page).locator('[data-param="min_leaf"] .mr-switch-track').click();
    await face(page, 'Gradient boosting', 'Least rows in a leaf', '1');
    await face(page, 'Gradient boosting', 'Rounds', '10000');
    await inspector(page).locator('[data-param="early_stopping"] .mr-switch-track').click();
    await page.getByTestId('run').click();
    await expect(nodeFace(page, 'Gradient boosting')).toHaveAttribute('data-state', 'running');
    await page.keyboard.press('Control+.');
    expect(await waitRunEnd(page)).toBe('Canceled');
    await expect(page.locator('[data-state="running"], [data-state="queued"]')).toHaveCount(0);
    await expect(nodeFace(page, 'Gradient boosting')).toHaveAttribute('data-state', 'cancelled');
  });
});

async function face(page: Page, title: string, setting: string, value: string): Promise<void> {
  await nodeFace(page, title).click();
  const field = inspector(page).getByRole('textbox', { name: setting });
  await field.fill(value);
  await field.press('Enter');
}

test('a named version is held against the present, in words and on the canvas, and restored in one step', async ({ app: { page } }) => {
  await starter(page);
  await waitSaved(page);
  await page.getByTestId('saved').click();
  const panel = page.getByRole('complementary', { name: 'Versions' });
  await panel.getByRole('button', { name: 'Name this state' }).click();
  await panel.getByLabel('Name of the version').fill('First model');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('option', { name: /First model/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Close the versions' }).click();
  const then = await documentText(page);

  await setTestSize(page, '0.4');
  await nodeFace(page, 'Export ONNX').click();
  await page.keyboard.press('Delete');
  await nodeFace(page, 'passengers.csv').click();
  await page.keyboard.press('Tab');
  await page.keyboard.type('data profile');
  await page.keyboard.press('Enter');
  await expect(nodeFace(page, 'Data profile')).toBeVisible();
  const now = await documentText(page);

  await page.getByTestId('saved').click();
  await panel.getByRole('option', { name: /First model/ }).click();
  const since = panel.getByRole('region', { name: 'Since then' }).getByRole('listitem');
  await expect(since).toHaveText([/Data profile added/, /Split: Test size 0\.3 → 0\.4/, /Export ONNX removed/]);
  await expect(nodeFace(page, 'Data profile')).toHaveClass(/is-diff-added/);
  await expect(nodeFace(page, 'Split')).toHaveClass(/is-diff-changed/);
  await expect(page.locator('.mr-node.is-diff-removed')).toHaveText(/Export ONNX/);

  await panel.getByRole('button', { name: 'Restore this version' }).click();
  await expect(nodeFace(page, 'Export ONNX')).toBeVisible();
  expect(await documentText(page)).toBe(then);
  expect(await undoLabel(page)).toContain('Restore “First model”');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(nodeFace(page, 'Data profile')).toBeVisible();
  expect(await documentText(page)).toBe(now);
});

test('frames carry, move mode moves and puts back, and the outline edits all of it', async ({ app: { page } }) => {
  await starter(page);
  const at = async (title: string) =>
    (await documentOf(page)).nodes[(await nodeFace(page, title).getAttribute('data-node')) ?? ''].position;

  await test.step('a frame moves what stands in it, as one step', async () => {
    await nodeFace(page, 'Evaluate').click();
    await nodeFace(page, 'Export ONNX').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Control+g');
    await page.keyboard.type('Judge');
    await page.keyboard.press('Enter');
    const both = async () => [await at('Evaluate'), await at('Export ONNX')];
    const before = await both();
    const title = await middleOf(page.locator('.mr-frame-title'));
    await drag(page, title, { x: title.x + 40, y: title.y + 24 });
    await expect.poll(() => undoLabel(page)).toContain('Move 3 items');
    const by = (await both()).map((place, i) => ({ x: place.x - before[i].x, y: place.y - before[i].y }));
    expect(by[0]).toEqual(by[1]);
    expect(by[0].x).toBeGreaterThan(16);
    expect(by[0].y).toBeGreaterThan(8);
    await page.getByRole('button', { name: /^Undo/ }).click();
    expect(await both()).toEqual(before);
  });

  await test.step('M: arrows move, Escape puts back exactly, Enter keeps in one step', async () => {
    const before = await documentText(page);
    await nodeFace(page, 'Evaluate').click();
    await page.keyboard.press('m');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Escape');
    expect(await documentText(page)).toBe(before);
    const start = await at('Evaluate');
    await nodeFace(page, 'Evaluate').click();
    for (const key of ['m', 'Shift+ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    const end = await at('Evaluate');
    expect([end.x - start.x, end.y - start.y]).toEqual([64, 16]);
    await page.getByRole('button', { name: /^Undo/ }).click();
    expect(await documentText(page)).toBe(before);
  });

  await test.step('O: read, rename, switch off, add behind, take a wire away, delete, all in the outline', async () => {
    await nodeFace(page, 'Split').click();
    await page.keyboard.press('o');
    const row = (title: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByText(title, { exact: true }) })
        .first();
    await expect(page.locator('[data-outline]:focus')).toContainText('Split');
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-outline]:focus')).toHaveAttribute('aria-level', '3');
    await page.keyboard.press('F2');
    await page.keyboard.type('My model');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-outline]:focus')).toContainText('My model');
    await page.keyboard.press('d');
    await expect(nodeFace(page, 'My model')).toHaveAttribute('data-state', 'disabled');
    await page.keyboard.press('d');
    await page.keyboard.press('Tab');
    await page.keyboard.type('score');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-outline]:focus')).toContainText('Score');
    await page.keyboard.press('Delete');
    await expect(page.locator('[data-outline]:focus')).toContainText('My model');
    await row('Evaluate')
      .getByRole('button', { name: /, from Split/ })
      .click();
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await expect(nodeFace(page, 'Evaluate')).toHaveAttribute('data-state', 'needs-input');
    await row('Judge').click();
    await page.keyboard.press('Delete');
    await expect(page.locator('.mr-frame')).toHaveCount(0);
    await expect(nodeFace(page, 'Export ONNX')).toBeVisible();
  });
});
