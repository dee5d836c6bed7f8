/** 简体中文 and the dark theme: at once, everywhere, after a reload too, and never a key in place of its words. */
import type { Page } from '@playwright/test';
import { expect, goTo, test, waitReady } from './driver.ts';

/** Texts that look like keys of the dictionary: `designer.rail.data`. File names and code are not among the pages looked at. */
const keysIn = (page: Page) =>
  page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      // Identifiers that are meant to be read as such stand in <code>.
      if (!walker.currentNode.parentElement?.closest('code, pre')) texts.push(walker.currentNode.textContent?.trim() ?? '');
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name)?.trim() ?? '');
    return texts.filter((text) => /^[a-z-]+\.[a-z.-]+$/i.test(text) || /\{[a-z]+[,}]/i.test(text));
  });

test('Chinese and dark stay over a reload, on every page', async ({ app: { page } }) => {
  const found: Record<string, string[]> = {};
  const look = async (place: string) => {
    const keys = await keysIn(page);
    if (keys.length > 0) found[place] = keys;
  };
  await look('empty, English');
  await page.getByRole('button', { name: /^Breast cancer/ }).click();
  await page.getByTestId('build-starter').waitFor();
  await look('offer, English');

  await goTo(page, 'Settings');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await page.getByRole('radio', { name: '简体中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置');
  await page.reload();
  await waitReady(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await look('settings');
  for (const name of ['数据', '运行', '模型', '设计器']) {
    await goTo(page, name);
    await expect(page.getByRole('navigation').first().getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
    await look(name);
  }
  await page.locator('[data-node]').first().click();
  for (const tab of await page.locator('.mr-inspector [role="tab"]').all()) {
    await tab.click();
    await look(`inspector, ${await tab.textContent()}`);
  }
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await look('command palette');
  expect(found).toEqual({});
});

test('nodes without a name of their own change language at once', async ({ app: { page } }) => {
  await page.keyboard.press('Control+K');
  await page.keyboard.type('split');
  await page.getByRole('dialog').getByRole('option', { name: /Split/ }).first().waitFor();
  await page.keyboard.press('Enter');
  const node = page.locator('[data-node]');
  const title = node.locator('.mr-node-title');
  await expect(title).toHaveText('Split');
  await expect(node.locator('.mr-node-line')).toHaveText('Connect a table');
  const switchLanguage = async () => {
    await page.keyboard.press('Control+K');
    await page.keyboard.type('简体中文');
    await page.keyboard.press('Enter');
  };
  await switchLanguage();
  await expect(title).toHaveText('拆分');
  await expect(node.locator('.mr-node-line')).toHaveText(/^[^a-z]+$/i);
  await switchLanguage();
  await expect(title).toHaveText('Split');
});
