/** A script that gives one row for each row goes with the model: trained, registered, loaded after a reload, it scores bare rows with the same answers. */
import { writeFile } from 'node:fs/promises';
import type { Page, TestInfo } from '@playwright/test';
import { expect, nodeFace, openPipeline, runAll, test, waitFresh, waitReady } from './driver.ts';

type Node = [id: string, kind: string, params: Record<string, unknown>];
type Wire = [from: string, to: string];

/** Opens a pipeline of these nodes, one below the other; ends are `node.port`. */
async function open(page: Page, info: TestInfo, name: string, nodes: Node[], wires: Wire[]) {
  const end = (text: string) => ({ node: text.split('.')[0], port: text.split('.')[1] });
  const file = info.outputPath(`${name}.json`);
  await writeFile(
    file,
    JSON.stringify({
      format: 1,
      id: name,
      name,
      seed: 1,
      nodes: Object.fromEntries(
        nodes.map(([id, kind, params], i) => [id, { id, kind, version: 1, params, position: { x: 300, y: 100 * i } }]),
      ),
      wires: Object.fromEntries(wires.map(([from, to], i) => [`w${i}`, { id: `w${i}`, from: end(from), to: end(to) }])),
      notes: {},
    }),
  );
  await openPipeline(page, file);
}

/** The cells of a column of the chosen node's table, as they are shown. */
async function shown(page: Page, column: string): Promise<string[]> {
  const table = page.getByRole('region', { name: 'Results' }).getByRole('table').first();
  const header = table.getByRole('columnheader', { name: new RegExp(`^${column}`) });
  await expect(header).toBeVisible();
  const at = await header.evaluate((cell) => [...(cell.parentElement as Element).children].indexOf(cell));
  return table.locator('tbody tr').evaluateAll((rows, i) => rows.map((row) => row.children[i].textContent ?? ''), at);
}

const sizes = Array.from({ length: 12 }, (_, i) => [1 + ((i * 7) % 11), 2 + ((i * 5) % 9)]);
const bare = `width,height\n${sizes.map((size) => size.join()).join('\n')}\n`;
// Only through the product of both can a line meet these prices.
const priced = `width,height,price\n${sizes.map(([w, h]) => [w, h, 3 * w * h + 7].join()).join('\n')}\n`;
const SOURCE = 'const t = tables[0];\nreturn { ...t, area: t.width.map((w, i) => w * t.height[i]) };';

test('train, register, reload, score: the same answers from the columns before the script', async ({ app: { page } }, info) => {
  const features = { names: ['area'] };
  await open(
    page,
    info,
    'training',
    [
      ['data', 'data.enter', { source: 'csv', csv: priced, target: 'price' }],
      ['script', 'script.javascript', { source: SOURCE }],
      ['linear', 'learn.linear', { target: 'price', features }],
      ['score', 'evaluate.score', {}],
      ['register', 'deliver.register-model', { name: 'boxes' }],
    ],
    [
      ['data.table', 'script.table'],
      ['script.table', 'linear.table'],
      ['linear.model', 'score.model'],
      ['script.table', 'score.table'],
      ['linear.model', 'register.model'],
    ],
  );
  await nodeFace(page, 'JavaScript script').focus();
  await nodeFace(page, 'JavaScript script').click();
  await page.getByRole('switch', { name: 'One row in, one row out' }).press('Space');
  expect(await runAll(page)).toBe('Completed');
  await waitFresh(page, 'Register model');
  await nodeFace(page, 'Score').click();
  const wanted = await shown(page, 'predicted');
  expect(wanted).toHaveLength(12);
  expect(wanted).toEqual(sizes.map(([w, h]) => String(3 * w * h + 7)));

  await page.reload();
  await waitReady(page);
  await open(
    page,
    info,
    'scoring',
    [
      ['data', 'data.enter', { source: 'csv', csv: bare }],
      ['model', 'deliver.load-model', { name: 'boxes', version: 'latest' }],
      ['score', 'evaluate.score', {}],
    ],
    [
      ['data.table', 'score.table'],
      ['model.model', 'score.model'],
    ],
  );
  expect(await runAll(page)).toBe('Completed');
  await nodeFace(page, 'Score').click();
  expect(await shown(page, 'predicted')).toEqual(wanted);
});
