/** Guardrails: what they alert to is named with its rows and columns; a press puts the fix on the canvas, it runs, and one undo takes it back. */
import { writeFile } from 'node:fs/promises';
import { expect, nodeFace, openPipeline, runAll, test, waitFresh } from './driver.ts';

const ROWS = Array.from({ length: 120 }, (_, i) => {
  const y = i < 2 ? 'rare' : i % 3 === 0 ? 'yes' : 'no';
  return [i % 30 === 3 ? '' : (i * 37) % 83, i % 50 === 10 ? 'unknown' : (i * 7) % 41, { rare: 'r', yes: 'j', no: 'n' }[y], y].join(',');
});
const at = (row: number) => ({ x: 300, y: 104 * row });
const ONLY_LINEAR = { boosting: false, forest: false, network: false, kernel: false, neighbours: false };
const PIPELINE = {
  format: 1,
  id: 'guards',
  name: 'Guards',
  seed: 1,
  nodes: {
    data: {
      id: 'data',
      kind: 'data.enter',
      version: 1,
      params: { source: 'csv', csv: ['a,mixed,told,y', ...ROWS].join('\n') },
      position: at(1),
    },
    automl: {
      id: 'automl',
      kind: 'automl.tables',
      version: 1,
      params: { target: 'y', seconds: null, trials: 1, ...ONLY_LINEAR },
      position: at(2),
    },
  },
  wires: { w1: { id: 'w1', from: { node: 'data', port: 'table' }, to: { node: 'automl', port: 'table' } } },
  notes: {},
};

test('each fix is a step on the canvas that runs, and one undo takes it back', async ({ app: { page } }, info) => {
  const file = info.outputPath('guards.json');
  await writeFile(file, JSON.stringify(PIPELINE));
  await openPipeline(page, file);
  await nodeFace(page, 'AutoML').click();
  expect(await runAll(page)).toBe('Completed');
  const dock = page.getByRole('region', { name: 'Results' });
  await dock.getByRole('tab', { name: 'Guardrails (4)' }).click();
  const check = (name: string) => dock.locator(`[data-check="${name}"]`);
  await expect(check('leakage')).toContainText('told');
  await expect(check('class sizes')).toContainText('“rare”');

  const nodes = page.locator('[data-node]');
  for (const [name, button, title] of [
    ['leakage', 'Drop 1 column', 'Select columns'],
    ['mixed types', 'Read 1 column as numbers', 'Edit metadata'],
    ['class sizes', 'Leave out 1 class', 'Filter rows'],
    // “unknown” became a missing number.
    ['missing values', 'Fill 2 columns', 'Fill missing'],
  ]) {
    const before = await nodes.count();
    await check(name).getByRole('button', { name: button }).click();
    await expect(nodeFace(page, title)).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(nodes).toHaveCount(before);
    await check(name).getByRole('button', { name: button }).click();
    await expect(check(name)).toContainText('On the canvas');
    expect(await runAll(page)).toBe('Completed');
    await waitFresh(page, title);
    await expect(check(name)).toHaveAttribute('data-state', 'passed');
  }
  await expect(nodes).toHaveCount(6);

  // The rows concerned, in the table that came in.
  for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Undo' }).click();
  await expect(nodes).toHaveCount(2);
  expect(await runAll(page)).toBe('Completed');
  await check('class sizes').getByRole('button', { name: 'Show rows' }).click();
  await expect(dock.getByText('Only the 2 rows at fault')).toBeVisible();
});
