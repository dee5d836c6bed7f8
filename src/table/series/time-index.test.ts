/** Files without dates whose time is clear all the same: years, decimal years, quarters, weeks, months as texts; and those where nothing is. */
import { describe, expect, it } from 'vitest';
import { readTable } from '../read.ts';
import { columnNamed } from '../table.ts';
import { momentsOf } from './rows.ts';
import { timeIndex } from './time-index.ts';

const read = async (head: string, rows: readonly string[]) => {
  const { table, guess } = await readTable(new TextEncoder().encode(`${[head, ...rows].join('\n')}\n`), { name: 'series.csv' });
  expect(guess.time).toBe(timeIndex(table));
  return guess.time;
};
const rows = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => `${of(i)},${100 + ((i * 37) % 11)}`);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

describe('the time of a table without dates', () => {
  it('is years, quarters, months and weeks that come one after the other', async () => {
    expect(
      await read(
        'time,flow',
        rows(100, (i) => String(1871 + i)),
      ),
    ).toBe('time');
    expect(
      await read(
        'Jahr,flow',
        rows(40, (i) => String(1971 + i)),
      ),
    ).toBe('Jahr');
    expect(
      await read(
        'q,beer',
        rows(40, (i) => `${1990 + Math.floor(i / 4)}Q${1 + (i % 4)}`),
      ),
    ).toBe('q');
    expect(
      await read(
        'period,sold',
        rows(40, (i) => `${MONTHS[i % 12]}-${String(10 + Math.floor(i / 12))}`),
      ),
    ).toBe('period');
    expect(
      await read(
        'month,sold',
        rows(40, (i) => String((2010 + Math.floor(i / 12)) * 100 + 1 + (i % 12))),
      ),
    ).toBe('month');
    expect(
      await read(
        'when,calls',
        rows(40, (i) => `2023-W${String(i + 1).padStart(2, '0')}`),
      ),
    ).toBe('when');
  });

  it('is decimal years, as R writes months and quarters', async () => {
    expect(
      await read(
        'time,passengers',
        rows(144, (i) => (1949 + i / 12).toFixed(3)),
      ),
    ).toBe('time');
    expect(
      await read(
        'time,gas',
        rows(60, (i) => (1960 + i / 4).toFixed(2)),
      ),
    ).toBe('time');
    const { table } = await readTable(new TextEncoder().encode('time,x\n1949,1\n1949.083,2\n1949.917,3\n1950,4\n'), { name: 'a.csv' });
    const at = (year: number, month: number) => Date.UTC(year, month);
    expect(momentsOf(columnNamed(table, 'time'))).toEqual(Float64Array.of(at(1949, 0), at(1949, 1), at(1949, 11), at(1950, 0)));
  });

  it('is told in each of several series', async () => {
    const two = ['north', 'south'].flatMap((shop) => Array.from({ length: 20 }, (_, i) => `${shop},${1990 + i},${(i * 7) % 5}`));
    expect(await read('shop,year,sold', two)).toBe('year');
  });

  it('is not years of cars, left out or twice, numbers of orders, prices, or words', async () => {
    expect(
      await read(
        'year,price',
        rows(60, (i) => String(2000 + ((i * 7) % 20))),
      ),
    ).toBeUndefined();
    expect(
      await read(
        'year,price',
        rows(60, (i) => String(1900 + i + (i > 30 ? 1 : 0))),
      ),
    ).toBeUndefined();
    expect(
      await read(
        'order,price',
        rows(60, (i) => String(1001 + i)),
      ),
    ).toBeUndefined();
    expect(
      await read(
        'size,price',
        rows(60, (i) => (1200 + i / 4).toFixed(2)),
      ),
    ).toBeUndefined();
    expect(
      await read(
        'kind,price',
        rows(60, (i) => ['may', 'june', 'will'][i % 3]),
      ),
    ).toBeUndefined();
  });
});
