/** Encoding by target: the smoothed means themselves, what learning rows and others get after a split, and that noise stays noise. */
import { expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { defaults } from '../../kind/params.ts';
import { runStep } from '../../recipe/apply-step.ts';
import { rawFrame } from '../../recipe/frame.ts';
import { refit } from '../../recipe/refit.ts';
import { columnOf, type NumericColumn } from '../../table/column.ts';
import { columnNamed, type Table, table } from '../../table/table.ts';
import { targetEncode } from './kind.ts';
import { PARTS, partOf } from './means.ts';
import * as step from './step.ts';

const params = (more = {}) => ({ ...defaults(targetEncode.params), target: 'y', ...more });
const numbers = (t: Table, name: string) => [...(columnNamed(t, name) as NumericColumn).values];
const run = { random: () => stream('none'), lookup: async () => step };

it('new rows: (sum + smoothing · mean) / (rows + smoothing); unseen and single levels the mean; missing is a level', () => {
  const cities = ['a', 'a', 'a', 'b', 'b', 'c', null, null];
  const y = [1, 2, 3, 10, 20, 99, 5, null];
  const t = table(['city', 'y'], [columnOf('category', cities), columnOf('number', y)], 8);
  const fitted = step.fit(t, params({ smoothing: 2 }));
  const mean = 140 / 7;
  const out = step.apply(
    table(['city', 'y'], [columnOf('category', ['a', 'b', 'c', 'new', null]), columnOf('number', [null, null, null, null, null])], 5),
    params({ smoothing: 2 }),
    fitted,
  );
  const made = numbers(out, 'city: y');
  expect(out.fields.map(({ name }) => name)).toEqual(['y', 'city: y']);
  [(6 + 2 * mean) / 5, (30 + 2 * mean) / 4, mean, mean, (5 + 2 * mean) / 3].forEach((value, i) => {
    expect(made[i]).toBeCloseTo(value, 12);
  });
});

it('after a split learning rows have the means of the other parts, the others those of all learning rows', async () => {
  const draw = stream('target encode');
  const rows = 200;
  const codes = Array.from({ length: rows }, () => draw.below(4));
  const y = codes.map((code) => code + draw.normal());
  const t = table(
    ['c', 'y'],
    [
      columnOf(
        'category',
        codes.map((code) => `L${code}`),
      ),
      columnOf('number', y),
    ],
    rows,
  );
  const all = await runStep(step, targetEncode, params({ smoothing: 0, keep: true }), [rawFrame(t)], run);
  const learn = Int32Array.from({ length: 150 }, (_, i) => i);
  const { table: out } = await refit(all, learn, run.lookup);
  const made = numbers(out, 'c: y');
  const meanOf = (keep: (row: number) => boolean) => {
    const kept = y.filter((_, row) => keep(row));
    return kept.reduce((sum, value) => sum + value, 0) / kept.length;
  };
  for (let row = 0; row < rows; row++) {
    const same = (other: number) => other < 150 && codes[other] === codes[row];
    const expected = meanOf((other) => same(other) && (row >= 150 || partOf(other) !== partOf(row)));
    expect(made[row]).toBeCloseTo(expected, 10);
  }
});

it('parts are about equal, and hundreds of levels without a meaning say nothing of the rows that they were learned from', async () => {
  const sizes = new Int32Array(PARTS);
  for (let id = 0; id < 10_000; id++) sizes[partOf(id)]++;
  for (const size of sizes) expect(Math.abs(size - 2000)).toBeLessThan(200);
  const draw = stream('noise');
  const rows = 3000;
  const t = table(
    ['c', 'y'],
    [
      columnOf(
        'category',
        Array.from({ length: rows }, () => `L${draw.below(600)}`),
      ),
      columnOf(
        'number',
        Array.from({ length: rows }, () => draw.normal()),
      ),
    ],
    rows,
  );
  const { table: out } = await runStep(step, targetEncode, params({ smoothing: 1 }), [rawFrame(t)], run);
  const inSample = numbers(step.apply(t, params({ smoothing: 1 }), step.fit(t, params({ smoothing: 1 }))), 'c: y');
  const y = numbers(t, 'y');
  expect(correlation(inSample, y)).toBeGreaterThan(0.3);
  expect(Math.abs(correlation(numbers(out, 'c: y'), y))).toBeLessThan(0.08);
});

function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (of: (i: number) => number) => a.reduce((total, _, i) => total + of(i), 0);
  return sum((i) => (a[i] - ma) * (b[i] - mb)) / Math.sqrt(sum((i) => (a[i] - ma) ** 2) * sum((i) => (b[i] - mb) ** 2));
}
