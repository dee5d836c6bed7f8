/** What an answer costs per 1,000 rows, on a clock of the test's own. */
import { expect, test } from 'vitest';
import { columnOf } from '../table/column.ts';
import { type Table, table } from '../table/table.ts';
import { answerTime } from './time-answers.ts';

const rows = (count: number) => table(['x'], [columnOf('number', [...Array(count).keys()])], count);

/** An answer starts for 2 ms and takes a hundredth of one per row. */
async function timed(count: number, took: number) {
  let clock = 0;
  const asked: number[] = [];
  const answer = async ({ rowCount }: Table) => {
    asked.push(rowCount);
    clock += 2 + rowCount / 100;
  };
  return { ms: await answerTime(rows(count), took, answer, () => clock), asked };
}

test('few rows are asked as 1,000; many, or a slow answer, are taken as they are', async () => {
  expect(await timed(30, 2.3)).toEqual({ ms: 12, asked: [1000] });
  expect(await timed(4000, 42)).toEqual({ ms: 10.5, asked: [] });
  expect(await timed(100, 50)).toEqual({ ms: 500, asked: [] });
});
