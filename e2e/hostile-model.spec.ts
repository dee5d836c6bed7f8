/** A model file from elsewhere that never finishes: it ends at its deadline with a Problem, in the page and on the command line, and the rest goes on. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cli } from './command-line.ts';
import { dropFile, expect, nodeFace, runAll, test, waitFresh, waitSaved } from './driver.ts';
import { endlessModel } from './endless-model.ts';

const SAID = 'The model was still opening, or working on its first row, after 10 s and was stopped.';

test('in the page: the file fails at its node, the page answers all the while, and the other steps go on', async ({ app: { page } }) => {
  await dropFile(page, 'boxes.csv', 'width,height\n1,2\n3,4\n5,6\n');
  await page.getByTestId('starter').getByRole('button', { name: 'Not now' }).click();
  await dropFile(page, 'endless.onnx', endlessModel());
  const endless = nodeFace(page, 'endless.onnx');
  await expect(endless).toBeVisible();
  await waitSaved(page);

  const button = page.getByTestId('run');
  const before = await button.getAttribute('data-run');
  await button.click();
  await expect.poll(() => button.getAttribute('data-run')).not.toBe(before);
  await waitFresh(page, 'boxes.csv');
  await expect(endless).toHaveAttribute('data-state', 'running');
  // An edit is made, shown and kept while the file hangs in its worker.
  const name = page.getByLabel('Pipeline name');
  await name.fill('Still here');
  await name.press('Enter');
  await waitSaved(page);
  await expect(endless).toHaveAttribute('data-state', 'running');

  await expect(button).toHaveAttribute('data-status', 'Failed');
  await expect(endless).toHaveAttribute('data-state', 'failed');
  // It is the chosen node, and the results that came up may lie over its face.
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(SAID);
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('use one from a source that you trust');

  // The worker that was ended is replaced: what comes next runs.
  await endless.focus();
  await page.keyboard.press('Delete');
  await expect(endless).toHaveCount(0);
  await nodeFace(page, 'boxes.csv').click();
  await page.keyboard.press('n');
  const menu = page.getByRole('dialog', { name: 'Add a node that fits here' });
  await menu.getByRole('combobox').fill('data profile');
  await menu.getByRole('combobox').press('Enter');
  expect(await runAll(page)).toBe('Completed');
  await waitFresh(page, 'Data profile');
});

test('on the command line: predict ends with the same words and the status of a failure', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-endless-'));
  try {
    const [model, rows] = [path.join(folder, 'endless.onnx'), path.join(folder, 'rows.csv')];
    await writeFile(model, endlessModel(true));
    await writeFile(rows, 'x\n1\n');
    await expect(cli(['predict', model, rows])).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(SAID) });
  } finally {
    await rm(folder, { recursive: true });
  }
});
