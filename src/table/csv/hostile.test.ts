/** Inputs made to be slow: each must end within a few seconds, whatever it repeats. */
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { readCsv } from './read.ts';

const MEGABYTES = 2;
const fill = (piece: string) => utf8(piece.repeat(Math.ceil((MEGABYTES << 20) / piece.length)));

test.each([
  ['quotes', '"'],
  ['pairs of quotes', '""'],
  ['quote and delimiter', '",'],
  ['opened cells', '"a,"b\n'],
  ['opened cells on one line', '"a,'],
  ['delimiters', ','],
  ['line ends', '\n'],
  ['carriage returns', '\r'],
  ['spaces', ' '],
  ['spaces before quotes', ' "'],
  ['rows of one more cell each time', 'a,\n'],
  ['comments', '#\n'],
  ['NUL', '\0a'],
  ['digits', '123456789'],
  ['numbers of many digits', '0.123456789012345678901234567890\n'],
  ['dates that end badly', '2023-01-01 1\n'],
  ['marks', '\uFEFF'],
  ['apostrophes', "'\n"],
])('%s', (_, piece) => {
  const started = performance.now();
  const { table, problems } = readCsv(fill(piece));
  expect(performance.now() - started).toBeLessThan(5000);
  expect(table.columns.length > 0 || problems.some((p) => p.severity === 'error')).toBe(true);
  for (const column of table.columns) if (column.length !== table.rowCount) expect.fail('columns of unequal length');
});
