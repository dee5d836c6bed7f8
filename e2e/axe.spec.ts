/** No violations of WCAG 2.1 A and AA that axe can see, on every page and panel, in the light and the dark theme. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { dropFile, expect, goTo, nodeFace, runAll, test, waitFresh, waitRunEnd } from './driver.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/**
 * Each violation as one line: rule, place, and what axe says of it. All rules in the light theme; in the dark one, which changes
 * nothing but colours, those about colours.
 */
async function violations(page: Page, place: string, part?: string): Promise<string[]> {
  const lines: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    // Legacy: all in this page, not in a new blank one.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (theme === 'light') axe.withTags(WCAG);
    else axe.withRules(['color-contrast', 'link-in-text-block']);
    if (part) axe.include(part);
    const { violations: found } = await axe.analyze();
    for (const rule of found)
      for (const node of rule.nodes)
        lines.push(`${place}, ${theme}: ${rule.id} at ${node.target.join(' ')} — ${node.failureSummary?.split('\n').slice(1).join(' ')}`);
  }
  return lines;
}

/** Two dozen rows with a boundary that a learner finds. */
const rows = Array.from({ length: 60 }, (_, i) => `${i % 17},${(i * 7) % 23},${(i % 17) + ((i * 7) % 23) > 18 ? 'yes' : 'no'}`);
const CSV = `width,height,large\n${rows.join('\n')}\n`;

test.use({ start: { reducedMotion: 'reduce' } });
test('every page and panel, in both themes', async ({ app: { page } }) => {
  const found: string[] = [];
  const look = async (place: string, part?: string) => found.push(...(await violations(page, place, part)));
  await page.getByRole('button', { name: /^Breast cancer/ }).waitFor();
  await look('empty designer');

  await dropFile(page, 'boxes.csv', CSV);
  await page.getByTestId('build-starter').waitFor();
  await look('starter offer', '.mr-offer');
  await page.getByTestId('build-starter').click();
  await waitFresh(page, 'Evaluate');
  await waitRunEnd(page);
  await nodeFace(page, 'Evaluate').click();
  const dock = page.getByRole('region', { name: 'Results' });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(dock).toContainText('AUC');
  await look('designer with results and inspector');
  for (const tab of ['Columns', 'Result', 'Docs']) {
    await inspector.getByRole('tab', { name: tab }).click();
    await look(`inspector, ${tab}`, '.mr-inspector');
  }
  await inspector.getByRole('tab', { name: 'Settings' }).click();
  for (const tab of await dock.getByRole('tab').allTextContents()) {
    await dock.getByRole('tab', { name: tab, exact: true }).click();
    await look(`results, ${tab}`, '.mr-dock');
  }
  await nodeFace(page, 'boxes.csv').click();
  await expect(dock.getByRole('table')).toBeVisible();
  await look('a table', '.mr-dock');
  await nodeFace(page, 'Split').click();
  await inspector.getByRole('textbox', { name: 'Test size' }).fill('0.4');
  await page.keyboard.press('Enter');
  await expect(nodeFace(page, 'Split')).toHaveAttribute('data-state', 'stale');
  await look('stale nodes', '.mr-canvas');
  await runAll(page);

  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await look('command palette', 'dialog');
  await page.keyboard.press('Escape');
  await nodeFace(page, 'Split').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByRole('heading').first().waitFor();
  await look('keyboard shortcuts', 'dialog');
  await page.keyboard.press('Escape');
  await nodeFace(page, 'Split').click({ button: 'right' });
  await page.getByRole('menu').waitFor();
  await look('menu of a node', '.mr-menu');
  await page.keyboard.press('Escape');

  await nodeFace(page, 'Split').focus();
  await page.keyboard.press('o');
  await page.getByRole('treegrid').waitFor();
  await look('outline', '.mr-outline');
  await page.keyboard.press('o');
  await page.getByTestId('saved').click();
  const versions = page.getByRole('complementary', { name: 'Versions' });
  await versions.getByRole('button', { name: 'Name this state' }).click();
  await versions.getByLabel('Name of the version').fill('With forty percent');
  await page.keyboard.press('Enter');
  await versions.getByRole('option', { name: /With forty percent/ }).waitFor();
  await look('versions', '.mr-designer');
  await nodeFace(page, 'Evaluate').click();
  await page.keyboard.press('Delete');
  await expect(nodeFace(page, 'Evaluate')).toHaveCount(0);
  await versions.getByRole('option', { name: /With forty percent/ }).click();
  await versions.getByRole('region', { name: 'Since then' }).waitFor();
  await look('a version against the present', '.mr-designer');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await versions.getByRole('button', { name: 'Close the versions' }).click();

  const open = async (place: string, link: string | RegExp) => {
    await page.getByRole('main').getByRole('link', { name: link }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(place, '.mr-page');
  };
  await goTo(page, 'Data');
  await page.getByRole('main').waitFor();
  await look('Data', '.mr-page');
  await goTo(page, 'Runs');
  await page.getByRole('checkbox', { name: 'Choose run 1' }).check();
  await page.getByRole('checkbox', { name: 'Choose run 2' }).check();
  await look('Runs', '.mr-page');
  await page.getByRole('button', { name: /^Compare/ }).click();
  await expect(page.getByRole('main')).toContainText('AUC');
  await look('run comparison', '.mr-page');
  await goTo(page, 'Runs');
  await open('a run', 'Run 1');
  await goTo(page, 'Models');
  await page.getByRole('main').getByRole('link', { name: 'boxes' }).waitFor();
  await look('Models', '.mr-page');
  await open('a model', 'boxes');
  await goTo(page, 'Settings');
  await page.getByRole('radio', { name: 'Dark' }).waitFor();
  await look('Settings', '.mr-page');
  expect(found).toEqual([]);
});
