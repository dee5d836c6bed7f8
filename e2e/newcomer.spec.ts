/** The newcomer's minute: a dropped CSV becomes a judged, registered model and an ONNX file that onnxruntime answers from. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { sha256 } from '../src/base/hash.ts';
import { readHeader } from '../src/onnx/header.ts';
import { createSession, type Feed } from '../src/onnx/session.ts';
import { runPipeline } from './command-line.ts';
import { dropFile, expect, goTo, test, waitFresh, waitRunEnd } from './driver.ts';
import { type Passenger, passengers, passengersCsv } from './passengers.ts';

const people = passengers(600);

/** Saves what the page downloads when `press` is done. */
async function download(page: Page, file: string, press: () => Promise<void>): Promise<Uint8Array> {
  const [saved] = await Promise.all([page.waitForEvent('download'), press()]);
  await saved.saveAs(file);
  return new Uint8Array(await readFile(file));
}

/** Label and P(second class) by row, from the file alone: raw columns in, NaN and '' for what is missing. */
async function ask(bytes: Uint8Array, rows: readonly Partial<Passenger>[]) {
  const session = await createSession(bytes);
  const feeds: Record<string, Feed> = {};
  for (const { name, dtype } of readHeader(bytes).inputs) {
    const values = rows.map((row) => row[name as keyof Passenger]);
    feeds[name] = {
      dtype: dtype as Feed['dtype'],
      dims: [rows.length, 1],
      data: dtype === 'string' ? values.map((value) => String(value ?? '')) : values.map((value) => Number(value ?? Number.NaN)),
    };
  }
  const answers = Object.values(await session.run(feeds));
  await session.release();
  const labels = answers.find((answer) => answer.dtype !== 'float' && answer.dtype !== 'double')!.data;
  const chances = answers.find((answer) => answer.dims.at(-1) === 2)!.data as ArrayLike<number>;
  return rows.map((_, row) => ({ label: String(labels[row]), chances: [chances[row * 2], chances[row * 2 + 1]] }));
}

test('from a dropped CSV to a registered model and its proved ONNX file', async ({ app: { page } }, info) => {
  const csv = passengersCsv(people);
  await expect(page.getByTestId('empty')).toBeVisible();
  await dropFile(page, 'passengers.csv', csv);

  const offer = page.getByTestId('starter');
  await expect(offer.locator('th').filter({ hasText: 'age' })).toContainText('number');
  await expect(offer.locator('th').filter({ hasText: 'sex' })).toContainText('category');
  await expect(offer.locator('tbody tr')).toHaveCount(5);
  await expect(offer.getByLabel('Predict')).toHaveValue('survived');
  await expect(offer).toContainText('guessed: ');
  await offer.getByRole('button', { name: 'Build a starter pipeline' }).click();

  for (const title of ['Evaluate', 'Register model', 'Export ONNX']) await waitFresh(page, title);
  await waitRunEnd(page);
  const dock = page.getByRole('region', { name: 'Results' });
  await expect(page.getByText(/AUC 0\.\d+/).first()).toBeVisible();
  // Row numbers are those of the file; the probability is rounded to what the table shows.
  const judged = await dock
    .getByRole('table', { name: 'Rows', exact: true })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => (cell.textContent ?? '').replace('× wrong ', ''))),
    );
  expect(judged.length).toBeGreaterThanOrEqual(5);

  const pipeline = info.outputPath('passengers.millrace.json');
  await download(page, pipeline, async () => {
    await page.getByRole('button', { name: 'Pipeline menu' }).click();
    await page.getByRole('menuitem', { name: /Download/ }).click();
  });

  await goTo(page, 'Models');
  const row = page.getByRole('row').filter({ hasText: 'passengers' });
  await expect(row).toContainText('proved');
  await row.getByRole('link').click();
  const certificate = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Parity certificate' }) })
    .last();
  await expect(certificate).toContainText('The ONNX file and the pipeline give the same answers.');
  await expect(certificate).toContainText('100');
  const digest = await certificate.locator('code[title]').getAttribute('title');

  const bytes = await download(page, info.outputPath('passengers.onnx'), () => page.getByRole('button', { name: /Download ONNX/ }).click());
  expect(sha256(bytes)).toBe(digest);

  const odd = [{ ...people[0], age: undefined }, { ...people[1], embarked: 'Atlantis', sex: 'unknown' }, {}];
  for (const { label, chances } of await ask(bytes, [...odd, ...people.slice(0, 50)])) {
    expect(['0', '1']).toContain(label);
    expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
    expect(chances[0] + chances[1]).toBeCloseTo(1, 5);
    if (Math.abs(chances[0] - 0.5) > 1e-6) expect(label).toBe(chances[1] > 0.5 ? '1' : '0');
  }

  const shown = judged.slice(0, 5);
  const answers = await ask(
    bytes,
    shown.map(([number]) => people[Number(number.replaceAll(',', '')) - 1]),
  );
  for (const [i, [number, actual, predicted, chance]] of shown.entries()) {
    expect(String(people[Number(number) - 1].survived)).toBe(actual);
    expect(answers[i].label).toBe(predicted);
    expect(answers[i].chances[1]).toBeCloseTo(Number(chance), 3);
  }

  // The command line makes the very same file from the pipeline that the page gave out.
  const data = info.outputPath('passengers.csv');
  await writeFile(data, csv);
  const out = info.outputPath('out');
  const steps = await runPipeline(pipeline, ['--file', `passengers.csv=${data}`, '--out', out]);
  expect(steps).toHaveLength(6);
  const registered = JSON.parse(await readFile(path.join(out, 'passengers-1.json'), 'utf8')) as { digest: string };
  expect(registered.digest).toBe(digest);
});
