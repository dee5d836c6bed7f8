/** Counts, not times: what renders among three hundred nodes while the canvas is panned, one is dragged, set or runs, or nothing happens. */
import type { Page } from '@playwright/test';
import { expect, pasteText, test, waitRunEnd } from './driver.ts';
import { middleOf } from './hands.ts';

const COUNT = 300;
const ACROSS = 20;

/** Three hundred nodes in rows of twenty: a sample and splits behind it; the first row is short and ends in a learner with a long fit. */
const flow = () => {
  const nodes: Record<string, unknown> = {};
  const wires: Record<string, unknown> = {};
  const add = (i: number, what: { kind: string; params: Record<string, unknown> }, from?: string) => {
    const position = { x: (i % ACROSS) * 208, y: Math.floor(i / ACROSS) * 104 };
    nodes[`n${i}`] = { id: `n${i}`, version: 1, position, ...what };
    if (from) wires[`w${i}`] = { id: `w${i}`, from: { node: `n${i - 1}`, port: from }, to: { node: `n${i}`, port: 'table' } };
  };
  const split = { kind: 'prepare.split', params: {} };
  const fit = { kind: 'learn.boosting', params: { target: 'digit', rounds: 10000, early_stopping: false } };
  for (let i = 0; i < COUNT; i++) {
    if (i % ACROSS === 0) add(i, { kind: 'data.sample', params: { sample: i === 0 ? 'digits' : 'breast-cancer' } });
    else if (i === 2) add(i, fit, 'train');
    else if (i === 3) add(i, split);
    else add(i, split, i % ACROSS === 1 ? 'table' : 'train');
  }
  return { nodes, wires };
};

interface Changes {
  /** Nodes whose face had an attribute, a text or a child changed. */
  touched: string[];
  /** Renders since `watch`, by part and by part with what it shows; parts that did not render are left out. */
  renders: Record<string, number>;
}
const watch = (page: Page) =>
  page.evaluate(() => {
    const touched = new Set<string>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const wrapper = element?.closest('.react-flow__node');
        if (wrapper) touched.add(wrapper.getAttribute('data-id') ?? '?');
      }
    });
    observer.observe(document.querySelector('.react-flow__nodes') as Element, {
      attributes: true,
      childList: true,
      characterData: true,
      subtree: true,
    });
    const read = () => ({ ...(globalThis as { millraceRenders?: Record<string, number> }).millraceRenders });
    const before = read();
    Object.assign(globalThis, {
      changes: () => {
        observer.disconnect();
        const renders = Object.fromEntries(
          Object.entries(read()).flatMap(([part, count]) => (count > (before[part] ?? 0) ? [[part, count - (before[part] ?? 0)]] : [])),
        );
        return { touched: [...touched], renders };
      },
    });
  });
const changes = (page: Page) => page.evaluate(() => (globalThis as unknown as { changes: () => Changes }).changes());
/** What of a part rendered: ids of nodes and wires, names of fields. */
const which = ({ renders }: Changes, part: 'node' | 'wire' | 'field') =>
  Object.keys(renders).flatMap((key) => (key.startsWith(`${part} `) ? [key.slice(part.length + 1)] : []));

const NOTHING: Changes = { touched: [], renders: {} };

test('counts of renders among three hundred nodes', async ({ app: { page } }) => {
  await page.getByTestId('empty').waitFor();
  await pasteText(page, JSON.stringify({ format: 1, ...flow() }));
  await expect(page.locator('[data-node]')).toHaveCount(COUNT);
  await page.keyboard.press('1');
  const saved = () => expect(page.getByTestId('saved')).toHaveAttribute('data-status', 'saved');
  // Pasted nodes get ids of their own, in the same order.
  const ids = await page.locator('[data-node]').evaluateAll((faces) => faces.map((face) => face.getAttribute('data-node') ?? ''));
  const at = (i: number) => ({ id: ids[i], face: page.locator(`[data-node="${ids[i]}"]`) });
  const { id, face } = at(150);
  await face.click();
  await expect(page.locator('.mr-node.is-selected')).toHaveCount(1);
  await saved();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const middle = await middleOf(page.getByTestId('canvas'));

  await test.step('panned by wheel and by middle button: none', async () => {
    const viewport = page.locator('.react-flow__viewport');
    await page.mouse.move(middle.x, middle.y);
    const before = await viewport.getAttribute('style');
    await watch(page);
    for (let i = 0; i < 10; i++) await page.mouse.wheel(12, 8);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(middle.x - 80, middle.y - 50, { steps: 10 });
    await page.mouse.up({ button: 'middle' });
    await expect(viewport).not.toHaveAttribute('style', before ?? '');
    expect(await changes(page)).toEqual(NOTHING);
  });

  await test.step('one dragged: that one, its wires, and wires that give way to it', async () => {
    await page.keyboard.press('1');
    await page.waitForTimeout(500);
    // The last press took the focus elsewhere.
    await face.focus();
    const from = await middleOf(face);
    await watch(page);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, from.y + 12, { steps: 12 });
    await page.mouse.up();
    await expect.poll(() => middleOf(face).then(({ y }) => Math.round(y - from.y))).toBeGreaterThan(6);
    await saved();
    const seen = await changes(page);
    expect(seen.touched).toEqual([id]);
    expect(which(seen, 'node')).toEqual([id]);
    expect(which(seen, 'wire').length, which(seen, 'wire').join()).toBeLessThanOrEqual(4);
    expect(which(seen, 'field')).toEqual([]);
  });

  await test.step('inspector closed and opened: no face, no wire, not the canvas', async () => {
    await page.getByRole('button', { name: 'Close the inspector' }).click();
    await expect(inspector).toHaveCount(0);
    await page.waitForTimeout(300);
    await watch(page);
    await face.focus();
    await page.keyboard.press('Enter');
    await expect(inspector).toBeVisible();
    await page.waitForTimeout(300);
    const { renders } = await changes(page);
    expect([renders.node, renders.wire, renders.canvas]).toEqual([undefined, undefined, undefined]);
  });

  await test.step('typed in the inspector: that field; when it is taken over, that field and that face', async () => {
    const size = inspector.getByRole('textbox', { name: 'Test size' });
    await size.click();
    await page.keyboard.press('Control+A');
    await watch(page);
    await page.keyboard.type('0.45');
    const typing = await changes(page);
    expect(typing.touched).toEqual([]);
    expect(typing.renders).toEqual({});
    await watch(page);
    await page.keyboard.press('Enter');
    await expect(face).toHaveAttribute('aria-label', /45 % test/);
    await saved();
    const taken = await changes(page);
    expect(taken.touched).toEqual([id]);
    expect(which(taken, 'node')).toEqual([id]);
    expect(which(taken, 'wire')).toEqual([]);
    expect(which(taken, 'field')).toEqual(['test']);
  });

  await test.step('progress of a fit: that face only, at most ten times a second', async () => {
    const long = at(2);
    await long.face.click();
    await page.keyboard.press('r');
    await expect(long.face).toHaveAttribute('data-state', 'running');
    await page.waitForTimeout(500);
    await watch(page);
    await page.waitForTimeout(2000);
    const seen = await changes(page);
    await page.keyboard.press('Control+.');
    await waitRunEnd(page);
    expect(seen.touched).toEqual([long.id]);
    expect(which(seen, 'node')).toEqual([long.id]);
    expect(seen.renders.node).toBeGreaterThan(0);
    // Ten a second of progress, and once a second the time that is left.
    expect(seen.renders.node).toBeLessThanOrEqual(25);
    expect([which(seen, 'wire'), which(seen, 'field'), seen.renders.canvas]).toEqual([[], [], undefined]);
  });

  await test.step('nothing for five seconds: none', async () => {
    await page.mouse.move(5, 5);
    await saved();
    await page.waitForTimeout(500);
    await watch(page);
    await page.waitForTimeout(5000);
    expect(await changes(page)).toEqual(NOTHING);
  });
});
