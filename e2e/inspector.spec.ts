/** The inspector and the keyboard's settings: several nodes set as one step, numbers dragged, problems walked, shortcuts changed. */
import { dropFile, expect, nodeFace, test, waitRunEnd, waitSaved } from './driver.ts';
import { documentOf, drag, middleOf } from './hands.ts';
import { passengers, passengersCsv } from './passengers.ts';

test('two nodes of one kind are set together, a label drags its number, F8 leads to the node at fault', async ({ app: { page } }) => {
  await dropFile(page, 'passengers.csv', passengersCsv(passengers(200)));
  await page.getByTestId('starter').getByRole('button', { name: 'Build a starter pipeline' }).click();
  await waitRunEnd(page);
  await nodeFace(page, 'Gradient boosting').click({ position: { x: 120, y: 20 } });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const rounds = inspector.locator('[data-param="rounds"]');
  await nodeFace(page, 'Gradient boosting').press('Control+d');
  await rounds.getByRole('textbox').fill('50');
  await rounds.getByRole('textbox').press('Enter');

  // Both chosen: what differs is marked, what is set is one step.
  const twins = nodeFace(page, 'Gradient boosting');
  await expect(twins).toHaveCount(2);
  await twins.nth(0).click({ position: { x: 120, y: 14 } });
  await twins.nth(1).click({ position: { x: 120, y: 50 }, modifiers: ['Shift'] });
  await expect(inspector.getByRole('heading', { name: '2 nodes' })).toBeVisible();
  await expect(rounds).toContainText('2 values');
  await expect(rounds.getByRole('textbox')).toHaveAttribute('placeholder', 'Mixed');
  await rounds.getByRole('textbox').fill('4*15');
  await rounds.getByRole('textbox').press('Enter');
  await waitSaved(page);
  const valuesOf = async () =>
    Object.values((await documentOf(page)).nodes).flatMap((node) => (node.kind === 'learn.boosting' ? [node.params.rounds] : []));
  expect(await valuesOf()).toEqual([60, 60]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(rounds).toContainText('2 values');
  expect((await valuesOf()).filter((value) => value === 50)).toHaveLength(1);

  // A drag of the label by 40 px is ten rounds; text that is no number stays out and says so.
  await twins.nth(1).click({ position: { x: 120, y: 50 } });
  const label = await middleOf(rounds.locator('label'));
  await drag(page, label, { x: label.x + 40, y: label.y });
  await expect(rounds.getByRole('textbox')).toHaveValue('60');
  await rounds.getByRole('textbox').fill('many');
  await rounds.getByRole('textbox').press('Enter');
  await expect(rounds.getByRole('status')).toContainText('“many” is not a number');
  expect((await valuesOf()).filter((value) => value === 60)).toHaveLength(1);

  // A node that lacks something is a problem, and F8 goes there from anywhere.
  await page.keyboard.press('Escape');
  await page.getByPlaceholder('Find a node').fill('order by');
  await page.getByPlaceholder('Find a node').press('Enter');
  await expect(nodeFace(page, 'Sort')).toBeVisible();
  await nodeFace(page, 'Evaluate').click();
  await page.keyboard.press('F8');
  await expect(nodeFace(page, 'Sort')).toHaveClass(/is-selected/);
});

test('a shortcut is changed in Settings, a taken one is refused by name, single keys can rest', async ({ app: { page, url } }) => {
  await page.goto(`${url}#/settings/keys`);
  const row = page.locator('[data-command="tidy"]');
  const change = row.getByRole('button', { name: 'Change keys of Tidy the layout' });
  await change.click();
  await page.keyboard.press('Control+k');
  await expect(row.getByRole('alert')).toContainText('belong to “Commands”');
  await page.keyboard.press('Control+Shift+L');
  await expect(change).toHaveText('Ctrl Shift L');
  await page.reload();
  await expect(change).toHaveText('Ctrl Shift L');
  await row.getByRole('button', { name: 'Default keys for Tidy the layout' }).click();
  await expect(change).toHaveText('Shift T');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).press('Space');
  await expect(change).toHaveText('no keys');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).press('Space');
  await expect(change).toHaveText('Shift T');
});
