/** A pipeline built with the mouse: found, dragged, wired, refused, set, run, taken back and done again, copied, deleted. */
import type { Page } from '@playwright/test';
import { expect, nodeFace, nodeStates, runAll, test, waitFresh } from './driver.ts';
import { documentOf, documentText, drag, dragWire, middleOf, type Point, port } from './hands.ts';

const canvasPoint = async (page: Page, x: number, y: number): Promise<Point> => {
  const box = await page.getByTestId('canvas').boundingBox();
  return { x: (box?.x ?? 0) + x, y: (box?.y ?? 0) + y };
};

/** The breast cancer sample on the canvas, as the empty page offers it. */
async function startWithSample(page: Page) {
  await page.getByRole('button', { name: /^Breast cancer/ }).click();
  await expect(nodeFace(page, 'Breast cancer')).toBeVisible();
  await page.getByTestId('starter').getByRole('button', { name: 'Not now' }).click();
}

/** Types into the palette's search and drags the first hit to a point of the canvas. */
async function dragFromPalette(page: Page, query: string, title: string, to: Point) {
  const palette = page.getByRole('complementary', { name: 'Nodes' });
  const field = palette.getByRole('searchbox', { name: 'Find a node' });
  await field.fill(query);
  const hit = palette.getByRole('listitem').first();
  await expect(hit).toContainText(title);
  const pane = page.locator('.react-flow__pane');
  const box = await pane.boundingBox();
  await hit.getByRole('button').dragTo(pane, { targetPosition: { x: to.x - (box?.x ?? 0), y: to.y - (box?.y ?? 0) } });
  await field.fill('');
  await expect(nodeFace(page, title)).toHaveCount(1);
}

/** Takes back or does again until there is nothing left; answers how many steps that were. */
async function travel(page: Page, way: 'Undo' | 'Redo'): Promise<number> {
  const button = page.getByRole('button', { name: new RegExp(`^${way}`) });
  let steps = 0;
  while (await button.isEnabled()) {
    const label = await button.getAttribute('aria-label');
    await button.click();
    steps += 1;
    await expect(button).not.toHaveAttribute('aria-label', label ?? '');
  }
  return steps;
}

test('a pipeline by hand, run, and undone to nothing and back', async ({ app: { page } }) => {
  await startWithSample(page);
  const data = nodeFace(page, 'Breast cancer');
  const split = nodeFace(page, 'Split');
  const learner = nodeFace(page, 'Logistic regression');
  const evaluate = nodeFace(page, 'Evaluate');
  const wires = page.locator('.react-flow__edge');

  // Found by another tool's name, with a letter missing.
  await dragFromPalette(page, 'train_test_splt', 'Split', await canvasPoint(page, 440, 250));
  await dragWire(page, port(data, 'out', 'table'), port(split, 'in', 'table'));
  await expect(wires).toHaveCount(1);

  await dragFromPalette(page, 'evaluate', 'Evaluate', await canvasPoint(page, 560, 560));
  await dragWire(page, port(split, 'out', 'test'), port(evaluate, 'in', 'model'));
  const refusal = page.getByRole('dialog', { name: 'This wire does not fit' });
  await expect(refusal).toContainText('Evaluate takes a model here, and this gives a table.');
  await expect(refusal.getByRole('button', { name: /^Insert / }).first()).toBeVisible();
  await refusal.getByRole('button', { name: 'Leave it' }).click();
  await expect(refusal).toHaveCount(0);
  await expect(wires).toHaveCount(1);

  // A wire dropped on nothing asks what should take it, and lists only what can.
  await drag(page, await middleOf(port(split, 'out', 'train')), await canvasPoint(page, 240, 400));
  const add = page.getByRole('dialog', { name: 'Add a node that fits here' });
  await expect(add.getByRole('option', { name: /^Evaluate/ })).toBeVisible();
  await expect(add.getByRole('option', { name: /^Sample data/ })).toHaveCount(0);
  await add.getByRole('combobox').fill('logistic');
  await add.getByRole('combobox').press('Enter');
  await expect(learner).toHaveCount(1);
  await expect(wires).toHaveCount(2);
  await dragWire(page, port(learner, 'out', 'model'), port(evaluate, 'in', 'model'));
  await dragWire(page, port(split, 'out', 'test'), port(evaluate, 'in', 'table'));
  await expect(wires).toHaveCount(4);

  await runAll(page);
  await waitFresh(page, 'Evaluate');
  await expect(evaluate).toHaveAttribute('aria-label', /AUC 0\.9\d/);

  await split.click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const size = inspector.getByRole('textbox', { name: 'Test size' });
  await size.fill('0.4');
  await size.press('Enter');
  for (const title of ['Split', 'Logistic regression', 'Evaluate'])
    await expect(nodeFace(page, title)).toHaveAttribute('data-state', 'stale');
  await expect(split).toHaveAttribute('aria-label', /Test size 0\.3 → 0\.4/);
  await expect(evaluate).toHaveAttribute('aria-label', /if its input changes/);
  await expect(data).not.toHaveAttribute('data-state', 'stale');
  await runAll(page);
  await waitFresh(page, 'Evaluate');
  expect(await nodeStates(page)).toMatchObject({ Split: 'fresh', 'Logistic regression': 'fresh' });

  const whole = await documentText(page);
  const steps = await travel(page, 'Undo');
  expect(steps).toBeGreaterThanOrEqual(8);
  await expect(page.locator('[data-node]')).toHaveCount(0);
  expect(await travel(page, 'Redo')).toBe(steps);
  expect(await documentText(page)).toBe(whole);
});

test('nodes and their wires copied as JSON, deleted, and brought back', async ({ app: { page } }) => {
  await startWithSample(page);
  const data = nodeFace(page, 'Breast cancer');
  const split = nodeFace(page, 'Split');
  await drag(page, await middleOf(port(data, 'out', 'table')), await canvasPoint(page, 440, 300));
  const add = page.getByRole('dialog', { name: 'Add a node that fits here' });
  await add.getByRole('combobox').fill('split');
  await add.getByRole('combobox').press('Enter');
  await expect(split).toBeFocused();
  const before = await documentOf(page);
  expect(Object.keys(before.wires)).toHaveLength(1);

  await data.click();
  await split.click({ modifiers: ['Shift'] });
  await expect(page.locator('.mr-node.is-selected')).toHaveCount(2);
  await page.keyboard.press('Control+C');
  const clip = await page.evaluate(() => navigator.clipboard.readText());
  expect(
    Object.values(JSON.parse(clip).nodes)
      .map((node) => (node as { kind: string }).kind)
      .sort(),
  ).toEqual(['data.sample', 'prepare.split']);

  const at = await canvasPoint(page, 640, 520);
  await page.mouse.move(at.x, at.y);
  await page.keyboard.press('Control+V');
  await expect(page.locator('[data-node]')).toHaveCount(4);
  const pasted = await documentOf(page);
  const newcomers = Object.keys(pasted.nodes).filter((id) => !before.nodes[id]);
  expect(newcomers).toHaveLength(2);
  const inner = Object.values(pasted.wires).filter((wire) => newcomers.includes(wire.from.node) && newcomers.includes(wire.to.node));
  expect(inner).toHaveLength(1);
  expect(Object.keys(pasted.wires)).toHaveLength(2);
  await page.keyboard.press('Control+Z');
  await expect(page.locator('[data-node]')).toHaveCount(2);
  expect(await documentOf(page)).toEqual(before);

  await split.click();
  await page.keyboard.press('Delete');
  await expect(split).toHaveCount(0);
  await expect(page.locator('.react-flow__edge')).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await expect(split).toHaveCount(1);
  expect(await documentOf(page)).toEqual(before);
});

test('a click on one of several chosen nodes leaves that one', async ({ app: { page } }) => {
  await startWithSample(page);
  await dragFromPalette(page, 'split', 'Split', await canvasPoint(page, 440, 250));
  const data = nodeFace(page, 'Breast cancer');
  await data.click();
  await nodeFace(page, 'Split').click({ modifiers: ['Shift'] });
  await expect(page.locator('.mr-node.is-selected')).toHaveCount(2);
  await data.click();
  await expect(page.locator('.mr-node.is-selected')).toHaveCount(1);
  await expect(data).toHaveClass(/is-selected/);
});
