/**
 * The bundled samples: the catalogue says the truth about each file, and the synthetic ones are what their generators make.
 * `UPDATE_SAMPLES=1 npx vitest run src/table/samples` writes the synthetic files anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromUtf8 } from '../../base/bytes.ts';
import { writeCsv } from '../csv/write.ts';
import { readTable } from '../read.ts';
import type { Table } from '../table.ts';
import { customerChurn, loanDefault } from './people.ts';
import { bikeRentals, energyDemand, housePrices, monthlyPassengers, storeSales } from './places.ts';
import { shopReviews } from './reviews.ts';

const FOLDER = 'public/samples';
const SYNTHETIC: Record<string, () => Table> = {
  'customer-churn': customerChurn,
  'loan-default': loanDefault,
  'house-prices': housePrices,
  'bike-rentals': bikeRentals,
  'store-sales': storeSales,
  'monthly-passengers': monthlyPassengers,
  'energy-demand': energyDemand,
  'shop-reviews': shopReviews,
};
interface Listed {
  name: string;
  file: string;
  rows: number;
  columns: number;
  task: string;
  target?: string;
  licence: string;
  source: string;
}
const listed: Listed[] = JSON.parse(readFileSync(`${FOLDER}/index.json`, 'utf8'));

test.each(Object.entries(SYNTHETIC))('%s is what its generator makes', (name, make) => {
  const made = fromUtf8(writeCsv(make()));
  if (process.env.UPDATE_SAMPLES) writeFileSync(`${FOLDER}/${name}.csv`, made);
  expect(readFileSync(`${FOLDER}/${name}.csv`, 'utf8') === made).toBe(true);
});

test('the catalogue lists every file once', () => {
  const files = readdirSync(FOLDER).filter((file) => file !== 'index.json');
  expect(listed.map((entry) => entry.file).sort()).toEqual(files.sort());
});

describe.each(listed)('$name', ({ name, file, rows, columns, task, target, licence, source }) => {
  const bytes = () => new Uint8Array(readFileSync(`${FOLDER}/${file}`));
  test('is small, and is as large as the catalogue says', async () => {
    const { table, problems } = await readTable(bytes(), { name: file });
    expect(bytes().length).toBeLessThan(500_000);
    expect([table.rowCount, table.columns.length]).toEqual([rows, columns]);
    expect(problems.filter((p) => p.severity !== 'note')).toEqual([]);
  });
  test('its target is a column, and says the task', async () => {
    const { table, guess } = await readTable(bytes(), { name: file });
    expect(['binary', 'multiclass', 'regression', 'time series', 'text', 'exploration']).toContain(task);
    if (target === undefined) expect(task).toBe('exploration');
    else expect(table.fields.map((f) => f.name)).toContain(target);
    if (target !== undefined && name !== 'shop-reviews') expect(guess.target?.column).toBe(target);
  });
  test('states licence and source, and synthetic ones say so', () => {
    expect(licence).not.toBe('');
    expect(/synthetic/i.test(source)).toBe(name in SYNTHETIC);
  });
});
