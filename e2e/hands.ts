/** What hands do on the canvas in the journeys: points of ports, wires dragged by mouse, and the document as downloaded. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect } from './driver.ts';

export interface Point {
  x: number;
  y: number;
}
export interface PipelineFile {
  name: string;
  nodes: Record<string, { id: string; kind: string; position: Point; params: Record<string, unknown> }>;
  wires: Record<string, { id: string; from: { node: string; port: string }; to: { node: string; port: string } }>;
}

export async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox();
  if (!box) throw new Error(`nothing to see of ${target}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A port of a node by its id: `table`, `train`. */
export const port = (node: Locator, side: 'in' | 'out', id: string): Locator => node.locator(`.mr-port-${side}[data-handleid="${id}"]`);

/** Presses at one point and lets go at another, with moves between as a hand makes them. */
export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + (to.x - from.x) / 4, from.y + (to.y - from.y) / 4, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

/** Waits until it has stood in one place: the canvas moves for a while when it is fitted. */
async function atRest(target: Locator): Promise<void> {
  let last = '';
  const stands = async () => {
    const before = last;
    last = JSON.stringify(await target.boundingBox());
    return last === before;
  };
  await expect.poll(stands, { intervals: [150] }).toBe(true);
}

export async function dragWire(page: Page, from: Locator, to: Locator): Promise<void> {
  await atRest(from);
  await drag(page, await middleOf(from), await middleOf(to));
}

/** The open pipeline as its file has it; keys are sorted, so equal documents are equal texts. */
export async function documentText(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Pipeline menu' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download as a file' }).click();
  return readFile(await (await coming).path(), 'utf8');
}
export const documentOf = async (page: Page): Promise<PipelineFile> => JSON.parse(await documentText(page)) as PipelineFile;

/** Nothing is chosen and the canvas has the focus: a press on an empty place of it. */
export async function pressCanvas(page: Page, at: Point): Promise<void> {
  await page.mouse.click(at.x, at.y);
  await expect(page.locator('.mr-node.is-selected')).toHaveCount(0);
}
