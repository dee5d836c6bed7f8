/** Two tabs on one workspace: one writes, the other follows and may take over; nothing that was saved is lost. */
import { type App, dropFile, expect, goTo, nodeFace, startApp, test, waitSaved } from './driver.ts';

const CSV = 'age,survived\n22,no\n38,yes\n26,yes\n35,no\n';
const writer = (page: App['page']) => page.getByTestId('writer');

test('the second tab follows what the first one saves, and takes over', async () => {
  const app = await startApp();
  const first = app.page;
  await expect(writer(first)).toHaveAttribute('data-state', 'writer');
  await dropFile(first, 'people.csv', CSV);
  await expect(nodeFace(first, 'people.csv')).toBeVisible();
  await waitSaved(first);

  const second = await app.newPage();
  await expect(writer(second)).toHaveAttribute('data-state', 'reader');
  await expect(second.getByText('Another tab works on this workspace.')).toBeVisible();
  await expect(nodeFace(second, 'people.csv')).toBeVisible();
  await expect(second.getByTestId('saved')).toHaveText('Read only');

  // What the first tab does shows in the second one.
  await first.getByRole('textbox', { name: 'Pipeline name' }).fill('Passengers');
  await first.keyboard.press('Enter');
  await expect(second.getByRole('textbox', { name: 'Pipeline name' })).toHaveValue('Passengers');

  // An edit in the second one is refused with the reason.
  await second.getByRole('textbox', { name: 'Pipeline name' }).fill('Mine');
  await second.keyboard.press('Enter');
  await expect(second.getByText('nothing is changed from here')).toBeVisible();
  await expect(first.getByRole('textbox', { name: 'Pipeline name' })).toHaveValue('Passengers');

  // An edit that is not saved yet when the other takes over is saved first.
  await first.getByRole('textbox', { name: 'Pipeline name' }).fill('At the last moment');
  await Promise.all([first.keyboard.press('Enter'), second.getByRole('button', { name: 'Take over' }).click()]);
  await expect(writer(second)).toHaveAttribute('data-state', 'writer');
  await expect(writer(first)).toHaveAttribute('data-state', 'taken');
  await expect(first.getByText('Another tab took over this workspace.')).toBeVisible();
  const name = await first.getByRole('textbox', { name: 'Pipeline name' }).inputValue();
  await expect(second.getByRole('textbox', { name: 'Pipeline name' })).toHaveValue(name);

  // Now the second one writes and the first one follows; registry lists are live in both.
  await second.getByRole('textbox', { name: 'Pipeline name' }).fill('Second');
  await second.keyboard.press('Enter');
  await waitSaved(second);
  await expect(first.getByRole('textbox', { name: 'Pipeline name' })).toHaveValue('Second');
  await goTo(first, 'Runs');
  await expect(first.getByText('No runs yet')).toBeVisible();
  await second.getByTestId('run').click();
  await expect(first.getByText('Run 1').first()).toBeVisible({ timeout: 20_000 });

  // When the writer crashes, the other one goes on by itself, within a second or so.
  const devtools = await app.context.newCDPSession(second);
  const started = Date.now();
  void devtools.send('Page.crash').catch(() => undefined);
  await expect(writer(first)).toHaveAttribute('data-state', 'writer');
  expect(Date.now() - started).toBeLessThan(3000);
  await app.close();
});

test('edits in two tabs that take over from each other in turn are all kept', async () => {
  const app = await startApp();
  await dropFile(app.page, 'people.csv', CSV);
  await waitSaved(app.page);
  const tabs = [app.page, await app.newPage()];
  await expect(writer(tabs[1])).toHaveAttribute('data-state', 'reader');
  for (let round = 1; round <= 8; round++) {
    const here = tabs[round % 2];
    const takeOver = here.getByRole('button', { name: 'Take over' });
    if (await takeOver.isVisible()) await takeOver.click();
    await expect(writer(here)).toHaveAttribute('data-state', 'writer');
    const name = here.getByRole('textbox', { name: 'Pipeline name' });
    await name.fill(`${await name.inputValue()} ${round}`);
    await here.keyboard.press('Enter');
    // Every other time the take-over comes before the save.
    if (round % 4 < 2) await waitSaved(here);
  }
  const last = tabs[8 % 2];
  await waitSaved(last);
  await last.reload();
  await expect(last.getByRole('textbox', { name: 'Pipeline name' })).toHaveValue('people 1 2 3 4 5 6 7 8');
  await app.close();
});
