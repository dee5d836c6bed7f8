/** A CSV with dates becomes a forecast: regular steps, a model, a fan chart, the table downloaded, the model kept with its ONNX file. */
import { readFile, writeFile } from 'node:fs/promises';
import type { PipelineDocument } from '../src/engine/document.ts';
import { dropFile, expect, nodeFace, openPipeline, runAll, test, waitFresh, waitRunEnd, waitSaved } from './driver.ts';
import { dragWire, port } from './hands.ts';
import { readStored } from './stored.ts';

/** Four years of monthly sales of two shops, and one month left out. */
const months = Array.from({ length: 48 }, (_, i) => `${2019 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`);
const csv = [
  'month,shop,sold',
  ...months
    .flatMap((month, i) =>
      ['north', 'south'].map((shop, s) =>
        i === 20 && s === 1 ? '' : `${month},${shop},${Math.round(200 + 50 * s + 2 * i + 40 * Math.sin((i * Math.PI) / 6))}`,
      ),
    )
    .filter(Boolean),
].join('\n');

test('from a CSV with dates to a fan chart, a table of forecasts and a registered model', async ({ app: { page } }, info) => {
  await dropFile(page, 'sales.csv', csv);
  await expect(page.getByTestId('starter')).toBeVisible();
  await waitSaved(page);
  const file = info.outputPath('mine.json');
  await page.getByRole('button', { name: 'Pipeline menu' }).click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /Download/ }).click()]);
  await saved.saveAs(file);
  const mine = JSON.parse(await readFile(file, 'utf8')) as PipelineDocument;
  const [data] = Object.keys(mine.nodes);
  const add = (id: string, kind: string, y: number, params = {}) => {
    mine.nodes[id] = { id, kind, version: 1, params, position: { x: 208, y } };
  };
  const link = (from: string, fromPort: string, to: string, toPort: string) => {
    mine.wires[`${from}-${to}`] = { id: `${from}-${to}`, from: { node: from, port: fromPort }, to: { node: to, port: toPort } };
  };
  add('series', 'series.make', 200);
  add('model', 'series.forecaster', 320, { method: 'ets', horizon: 6 });
  add('ahead', 'series.forecast', 440);
  add('kept', 'deliver.register-model', 560);
  link(data, 'table', 'series', 'table');
  link('series', 'table', 'model', 'table');
  link('model', 'model', 'ahead', 'model');
  link('model', 'model', 'kept', 'model');
  await writeFile(file, JSON.stringify(mine));
  await openPipeline(page, file);
  expect(await runAll(page)).toBe('Completed');
  for (const title of ['Make time series', 'Forecast model', 'Forecast', 'Register model']) await waitFresh(page, title);
  await expect(nodeFace(page, 'Register model')).toContainText('MASE');

  await nodeFace(page, 'Forecast').click();
  const dock = page.getByRole('region', { name: 'Results' });
  await expect(dock.getByRole('img', { name: /^Forecast of north/ })).toBeVisible();
  await dock.getByLabel('Series shown').selectOption('south');
  await expect(dock.getByRole('img', { name: /^Forecast of south/ })).toBeVisible();
  await dock.getByRole('tab', { name: 'Table', exact: true }).click();
  await expect(dock.getByText('upper_95').filter({ visible: true })).toBeVisible();

  await nodeFace(page, 'Make time series').click();
  await dock.getByRole('tab', { name: 'Log', exact: true }).click();
  await expect(dock.getByText(/2 series monthly/)).toBeVisible();
  await expect(dock.getByText(/1 step had no row/)).toBeVisible();

  await nodeFace(page, 'Forecast model').click();
  await dock.getByRole('tab', { name: 'Errors', exact: true }).click();
  await expect(dock.getByRole('img', { name: /MASE for each of 6 steps/ })).toBeVisible();
});

/** Enough origins that only a person ends it; the sample has no more than nine. */
const RACE = {
  format: 1,
  id: 'forecast-race',
  name: 'Forecast race',
  seed: 1,
  nodes: {
    data: { id: 'data', kind: 'data.sample', version: 1, params: { sample: 'monthly-passengers' }, position: { x: 300, y: 0 } },
    race: { id: 'race', kind: 'automl.forecast', version: 1, params: { seconds: 600, origins: 50 }, position: { x: 300, y: 120 } },
    ahead: { id: 'ahead', kind: 'series.forecast', version: 1, params: {}, position: { x: 300, y: 240 } },
  },
  wires: {
    w1: { id: 'w1', from: { node: 'data', port: 'table' }, to: { node: 'race', port: 'table' } },
    w2: { id: 'w2', from: { node: 'race', port: 'model' }, to: { node: 'ahead', port: 'model' } },
  },
  notes: {},
};

test('a race of forecasts is seen while it runs, paused, and stopped with a model that forecasts', async ({ app: { page } }, info) => {
  const file = info.outputPath('race.json');
  await writeFile(file, JSON.stringify(RACE));
  await openPipeline(page, file);
  await nodeFace(page, 'AutoML forecasting').click();
  await page.getByTestId('run').click();
  const dock = page.getByRole('region', { name: 'Results' });
  const completed = dock.locator('tbody tr').filter({ hasText: 'Completed' });
  await expect(dock.getByText('Racing', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(completed.first()).toBeVisible({ timeout: 60_000 });
  await dock.getByRole('button', { name: 'Pause' }).press('Enter');
  await expect(dock.getByText('Paused', { exact: true })).toBeVisible();
  await dock.getByRole('button', { name: '60 s more' }).click();
  await expect(dock.getByText(/of 11 min 0 s/)).toBeVisible();
  await dock.getByRole('button', { name: 'Stop, keep the best' }).click();
  expect(await waitRunEnd(page, 60_000)).toBe('Completed');
  await waitFresh(page, 'Forecast');
  await expect(dock.getByText(/^By hand:.*Paused.*Stopped by hand/)).toBeVisible();
  // What the form says it took, though nobody chose it.
  const form = page.locator('[data-param="period"]');
  await expect(form.getByText('here: 12 steps')).toBeVisible();
  await nodeFace(page, 'Forecast').click();
  await expect(dock.getByRole('img', { name: /^Forecast of passengers/ })).toBeVisible();
});

test('a race of forecasts opens as nodes that forecast the same, and its weights are called by their methods', async ({
  app: { page },
}, info) => {
  const file = info.outputPath('open.json');
  const again = { id: 'again', kind: 'series.forecast', version: 1, title: 'Again', params: {}, position: { x: 560, y: 360 } };
  const race = { ...RACE.nodes.race, params: { seconds: null, trials: 4 } };
  await writeFile(file, JSON.stringify({ ...RACE, id: 'open-race', name: 'Open race', nodes: { ...RACE.nodes, race, again } }));
  await openPipeline(page, file);
  await nodeFace(page, 'AutoML forecasting').click();
  await page.getByTestId('run').click();
  await waitFresh(page, 'Forecast');
  const dock = page.getByRole('region', { name: 'Results' });
  await dock
    .locator('[data-together]')
    .getByRole('button', { name: /^Open Methods together as nodes/ })
    .click();
  const weights = page.locator('[data-param="weights"]');
  await expect(weights.getByLabel('Theta, dynamic', { exact: true })).toHaveValue(/^0\.\d+/);
  const combine = nodeFace(page, 'Combine models');
  await combine.press('1');
  await expect(nodeFace(page, 'Again')).toBeInViewport();
  await dragWire(page, port(combine, 'out', 'model'), port(nodeFace(page, 'Again'), 'in', 'model'));
  expect(await runAll(page)).toBe('Completed');
  await waitFresh(page, 'Again');
  const tables = async () => {
    const { runs } = await readStored(page, new Map());
    const outputs = new Map(runs.flatMap(({ steps }) => steps.map((step) => [step.node, step.outputs?.table] as const)));
    return [outputs.get('ahead'), outputs.get('again')];
  };
  await expect.poll(async () => (await tables())[1]).toBeDefined();
  const [own, opened] = await tables();
  expect(opened).toBe(own);
});
