/** The sample journey without a mouse: every step by keys, focus never lost and never caught. */
import type { Page } from '@playwright/test';
import { expect, nodeFace, test, waitFresh, waitRunEnd } from './driver.ts';

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Quick add is open with its field in focus: type and take the first. */
async function addHere(page: Page, menu: string, query: string, title: string) {
  const dialog = page.getByRole('dialog', { name: menu });
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(query);
  await expect(dialog.getByRole('option').first()).toContainText(title);
  await press(page, 'Enter');
  await expect(nodeFace(page, title).last()).toBeFocused();
}

/** Presses Tab until the page's focus is on what is looked for. */
async function tabTo(page: Page, selector: string, most = 60) {
  for (let i = 0; i < most; i++) {
    await press(page, 'Tab');
    if (await page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

test('the sample journey without a mouse', async ({ app: { page } }) => {
  await tabTo(page, '.mr-door-row');
  while (!(await page.evaluate(() => document.activeElement?.textContent?.startsWith('Breast cancer')))) await press(page, 'Tab');
  await press(page, 'Enter');
  const data = nodeFace(page, 'Breast cancer');
  await expect(data).toBeVisible();
  await expect(data).toBeFocused();

  await press(page, '/');
  await addHere(page, 'Add a node', 'split', 'Split');
  await press(page, 'c');
  const connect = page.getByRole('dialog', { name: 'Connect' });
  await expect(connect.getByRole('combobox')).toBeFocused();
  await press(page, 'Enter');
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);
  await expect(nodeFace(page, 'Split')).toBeFocused();

  // Tab on a node adds after it.
  await press(page, 'Tab');
  await addHere(page, 'Add a node that fits here', 'logistic', 'Logistic regression');
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  await press(page, 'Tab');
  await addHere(page, 'Add a node that fits here', 'evaluate', 'Evaluate');
  await press(page, 'c');
  await page.keyboard.type('test rows');
  await expect(connect.getByRole('option')).toHaveCount(1);
  await press(page, 'Enter');
  await expect(page.locator('.react-flow__edge')).toHaveCount(4);

  // Up along the wires to Split, Enter into its settings, and Escape back to the node.
  await press(page, 'ArrowUp', 'ArrowUp');
  await expect(nodeFace(page, 'Split')).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('slider', { name: 'Test size' })).toBeFocused();
  const size = page.getByRole('complementary', { name: 'Inspector' }).getByRole('textbox', { name: 'Test size' });
  await tabTo(page, '[data-param="test"] input[type="text"]', 1);
  await expect(size).toBeFocused();
  await press(page, 'Control+A');
  await page.keyboard.type('0.4');
  await press(page, 'Escape');
  await expect(size).toHaveValue('0.3');
  await press(page, 'Control+A');
  await page.keyboard.type('1/4');
  await press(page, 'Enter');
  await expect(size).toHaveValue('0.25');
  await press(page, 'Escape');
  await expect(nodeFace(page, 'Split')).toBeFocused();

  await press(page, 'Control+Enter');
  await waitRunEnd(page);
  await waitFresh(page, 'Evaluate');
  await expect(nodeFace(page, 'Split')).toHaveAttribute('aria-label', /25 % test/);
  await expect(page.getByTestId('announcer')).toHaveText('Run finished');

  // The result is read in the results below: Tab leads there from the node, when nothing is chosen.
  await press(page, 'ArrowDown', 'ArrowDown');
  await expect(nodeFace(page, 'Evaluate')).toBeFocused();
  await expect(nodeFace(page, 'Evaluate')).toHaveAttribute('aria-label', /^Evaluate, Fresh\..* AUC 0\.9\d+/);
  await press(page, 'Escape');
  await tabTo(page, 'section[aria-label="Results"] [role="tab"]', 20);
  await expect(page.getByRole('region', { name: 'Results' })).toContainText('AUC');

  // From anywhere outside a field.
  await press(page, 'Control+Z');
  await expect(nodeFace(page, 'Split')).toHaveAttribute('aria-label', /Test size 0\.25 → 0\.3/);
  await press(page, 'Control+Shift+Z');
  await expect(nodeFace(page, 'Split')).toHaveAttribute('aria-label', /25 % test/);
});

test('Ctrl+Enter inside a field runs with what was just typed', async ({ app: { page } }) => {
  await page.getByRole('button', { name: /^Breast cancer/ }).press('Enter');
  await expect(nodeFace(page, 'Breast cancer')).toBeFocused();
  await press(page, 'Tab');
  await addHere(page, 'Add a node that fits here', 'split', 'Split');
  await press(page, 'Enter');
  await expect(page.getByRole('slider', { name: 'Test size' })).toBeFocused();
  await tabTo(page, '[data-param="test"] input[type="text"]', 1);
  await press(page, 'Control+A');
  await page.keyboard.type('0.5');
  await press(page, 'Control+Enter');
  await waitFresh(page, 'Split');
  await expect(nodeFace(page, 'Split')).toHaveAttribute('aria-label', /50 % test.*\b28[45] \| 28[45]/);
  await expect(page.getByRole('button', { name: /^Redo/ })).toBeDisabled();
});

test('letters typed into fields stay letters; single keys work on the canvas only', async ({ app: { page } }) => {
  await page.getByRole('button', { name: /^Breast cancer/ }).press('Enter');
  const node = nodeFace(page, 'Breast cancer');
  await expect(node).toBeFocused();
  await press(page, 'F2');
  await page.keyboard.type('rdc/1');
  await press(page, 'Enter');
  await expect(nodeFace(page, 'rdc/1')).toHaveCount(1);
  await expect(page.locator('[data-node]')).toHaveAttribute('data-state', 'idle');
  const search = page.getByRole('searchbox', { name: 'Find a node' });
  await search.focus();
  await page.keyboard.type('c/dr?');
  await expect(search).toHaveValue('c/dr?');
  await press(page, 'Control+A', 'Delete');
  await expect(page.locator('[data-node]')).toHaveCount(1);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // On the canvas the same letters are commands.
  await page.locator('[data-node]').focus();
  await press(page, 'd');
  await expect(page.locator('[data-node]')).toHaveAttribute('data-state', 'disabled');
});

test('Tab goes through the canvas and out of it, both ways', async ({ app: { page } }) => {
  await page.getByRole('button', { name: /^Breast cancer/ }).press('Enter');
  await expect(nodeFace(page, 'Breast cancer')).toBeFocused();
  await press(page, 'Escape');
  await press(page, 'Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[data-node]') === null)).toBe(true);
  await tabTo(page, '.mr-rail');
  await tabTo(page, '[data-node]');
  await press(page, 'Shift+Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[data-node]') === null)).toBe(true);
});

test('Ctrl+K adds a node by name', async ({ app: { page } }) => {
  await press(page, 'Control+K');
  const palette = page.getByRole('dialog');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('enter data');
  await expect(palette.getByRole('option').first()).toContainText('Enter data');
  await press(page, 'Enter');
  await expect(nodeFace(page, 'Enter data')).toHaveCount(1);
});

test('arrows lead to notes and back; Enter writes, Escape stops, Delete removes', async ({ app: { page } }) => {
  await page.getByRole('button', { name: /^Breast cancer/ }).press('Enter');
  const node = nodeFace(page, 'Breast cancer');
  await expect(node).toBeFocused();
  await press(page, 'Shift+N');
  await page.keyboard.type('Measured in Wisconsin');
  await press(page, 'Escape');
  const note = page.locator('[data-note]');
  await expect(note).toBeFocused();
  await expect(note).toHaveAttribute('aria-label', /Measured in Wisconsin/);
  // Where a new note stands depends on the view: walk back, and to it again the opposite way.
  const ways = { ArrowUp: 'ArrowDown', ArrowDown: 'ArrowUp', ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };
  let back = '';
  for (const [way, opposite] of Object.entries(ways)) {
    await press(page, way);
    if (await node.evaluate((face) => face === document.activeElement)) {
      back = opposite;
      break;
    }
  }
  await expect(node).toBeFocused();
  await press(page, back);
  await expect(note).toBeFocused();
  await press(page, 'Enter', 'End');
  await page.keyboard.type('!');
  await press(page, 'Escape');
  await expect(note).toContainText('Wisconsin!');
  await expect(note).toBeFocused();
  await press(page, 'Delete');
  await expect(note).toHaveCount(0);
});

test('quick add from an output: what fits with its ports, what does not fit apart from it', async ({ app: { page } }) => {
  await page.getByRole('button', { name: /^Breast cancer/ }).press('Enter');
  await expect(nodeFace(page, 'Breast cancer')).toBeFocused();
  await press(page, 'Tab');
  const dialog = page.getByRole('dialog', { name: 'Add a node that fits here' });
  await expect(dialog.getByRole('option').first().locator('.mr-kind-ports svg').first()).toBeVisible();
  await page.keyboard.type('load model');
  const apart = dialog.getByRole('group', { name: 'Not for here, added without a wire:' }).getByRole('option').first();
  await expect(apart).toContainText('Load model');
  while ((await apart.getAttribute('aria-selected')) !== 'true') await press(page, 'ArrowDown');
  await press(page, 'Enter');
  await expect(nodeFace(page, 'Load model')).toBeFocused();
  await expect(page.locator('.react-flow__edge')).toHaveCount(0);
});
