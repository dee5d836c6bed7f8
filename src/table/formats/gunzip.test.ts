import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { concatBytes, utf8 } from '../../base/bytes.ts';
import { readTable } from '../read.ts';
import { gunzip, isGzip, nameInside } from './gunzip.ts';

const rows = utf8(`a,b\n${'1,x\n'.repeat(50_000)}`);

test('a packed file is the file inside', async () => {
  const packed = gzipSync(rows);
  expect(isGzip(packed)).toBe(true);
  expect(isGzip(rows)).toBe(false);
  expect(Buffer.compare((await gunzip(packed)) as Uint8Array, rows)).toBe(0);
  expect(nameInside('people.CSV.gz')).toBe('people.CSV');
  const two = (await gunzip(concatBytes([packed, gzipSync(utf8('2,y\n'))]))) as Uint8Array;
  expect(Buffer.compare(two, concatBytes([rows, utf8('2,y\n')]))).toBe(0);
  const { table, guess } = await readTable(packed, { name: 'people.csv.gz' });
  expect([table.rowCount, guess.format]).toEqual([50_000, 'csv']);
});

test('one that was cut off or that unpacks without end is refused with the reason', async () => {
  const packed = gzipSync(rows);
  expect(await gunzip(packed, 100_000)).toBe('gzip.too-big');
  for (const damaged of [packed.subarray(0, packed.length - 200), packed.map((byte, i) => (i === 30 ? byte ^ 255 : byte))]) {
    const { table, problems } = await readTable(damaged, { name: 'people.csv.gz' });
    expect(table.rowCount).toBe(0);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['gzip.damaged', 'error']]);
  }
});
