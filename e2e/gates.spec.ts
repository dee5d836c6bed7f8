/** Counts, not times: what changes among the faces of fifty nodes while the canvas is panned, one is dragged, one is set, or nothing happens. */
import type { Page } from '@playwright/test';
import { expect, pasteText, test } from './driver.ts';
import { middleOf } from './hands.ts';

const COUNT = 50;

/** Fifty nodes in rows of ten, each row a sample and nine splits behind it. */
const fifty = () => {
  const nodes: Record<string, unknown> = {};
  const wires: Record<string, unknown> = {};
  for (let i = 0; i < COUNT; i++) {
    const source = i % 10 === 0;
    const position = { x: (i % 10) * 200, y: Math.floor(i / 10) * 120 };
    const what = source ? { kind: 'data.sample', params: { sample: 'iris' } } : { kind: 'prepare.split', params: {} };
    nodes[`n${i}`] = { id: `n${i}`, version: 1, position, ...what };
    const port = (i - 1) % 10 === 0 ? 'table' : 'train';
    if (!source) wires[`w${i}`] = { id: `w${i}`, from: { node: `n${i - 1}`, port }, to: { node: `n${i}`, port: 'table' } };
  }
  return { nodes, wires };
};

/** Watches the faces inside the canvas: which nodes had an attribute, a text or a child changed. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const changed = new Set<string>();
    let count = 0;
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const wrapper = element?.closest('.react-flow__node');
        if (!wrapper) continue;
        count += 1;
        changed.add(wrapper.getAttribute('data-id') ?? '?');
      }
    });
    observer.observe(document.querySelector('.react-flow__nodes') as Element, {
      attributes: true,
      childList: true,
      characterData: true,
      subtree: true,
    });
    const read = () => ({
      count,
      nodes: [...changed],
      renders: { ...(globalThis as { millraceRenders?: Record<string, number> }).millraceRenders },
    });
    const before = read().renders;
    Object.assign(globalThis, {
      changes: () => {
        const { renders, ...now } = read();
        observer.disconnect();
        return { ...now, rendered: (renders.node ?? 0) - (before.node ?? 0) };
      },
    });
  });
const changes = (page: Page): Promise<{ count: number; nodes: string[]; rendered: number }> =>
  page.evaluate(() => (globalThis as unknown as { changes: () => { count: number; nodes: string[]; rendered: number } }).changes());

test('counts of changes among fifty nodes', async ({ app: { page } }) => {
  await page.getByTestId('empty').waitFor();
  await pasteText(page, JSON.stringify({ format: 1, ...fifty() }));
  await expect(page.locator('[data-node]')).toHaveCount(COUNT);
  await page.keyboard.press('1');
  // Pasted nodes get ids of their own.
  const id = (await page.locator('[data-node]').nth(25).getAttribute('data-node')) ?? '';
  const face = page.locator(`[data-node="${id}"]`);
  await face.click();
  await expect(page.locator('.mr-node.is-selected')).toHaveCount(1);
  await expect(page.getByTestId('saved')).toHaveAttribute('data-status', 'saved');
  const viewport = page.locator('.react-flow__viewport');
  const middle = await middleOf(page.getByTestId('canvas'));

  await test.step('panned by wheel and by middle button: none', async () => {
    await page.mouse.move(middle.x, middle.y);
    const before = await viewport.getAttribute('style');
    await watch(page);
    for (let i = 0; i < 10; i++) await page.mouse.wheel(12, 8);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(middle.x - 80, middle.y - 50, { steps: 10 });
    await page.mouse.up({ button: 'middle' });
    await expect(viewport).not.toHaveAttribute('style', before ?? '');
    expect(await changes(page)).toEqual({ count: 0, nodes: [], rendered: 0 });
  });

  await test.step('one dragged: only that one', async () => {
    const from = await middleOf(face);
    await watch(page);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 40, { steps: 12 });
    await page.mouse.up();
    await expect.poll(() => middleOf(face).then(({ x }) => Math.round(x - from.x))).toBeGreaterThan(40);
    await expect(page.getByTestId('saved')).toHaveAttribute('data-status', 'saved');
    expect((await changes(page)).nodes).toEqual([id]);
  });

  await test.step('one set in the inspector: only that one', async () => {
    const size = page.getByRole('complementary', { name: 'Inspector' }).getByRole('textbox', { name: 'Test size' });
    await watch(page);
    await size.fill('0.4');
    await size.press('Enter');
    await expect(face).toHaveAttribute('aria-label', /40 % test/);
    await expect(page.getByTestId('saved')).toHaveAttribute('data-status', 'saved');
    expect((await changes(page)).nodes).toEqual([id]);
  });

  await test.step('nothing for three seconds: none', async () => {
    await page.mouse.move(5, 5);
    await watch(page);
    await page.waitForTimeout(3000);
    expect(await changes(page)).toEqual({ count: 0, nodes: [], rendered: 0 });
  });
});
