/** Laws of CSV export and import, each over as many random tables as wanted; shared by the tests and the nightly run. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { fromUtf8, utf8 } from '../../base/bytes.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { type Cell, cellsOf, columnOf } from '../column.ts';
import { type Table, table } from '../table.ts';
import { readCsv } from './read.ts';
import { writeCsv } from './write.ts';

const odd = [
  '=1+1',
  '+x',
  '-5',
  '@a',
  '\tq',
  '\rz',
  '\nz',
  "'=x",
  "''-",
  "'",
  '"',
  'a"b',
  ',',
  ' pad ',
  'NA',
  '?',
  '#x',
  'sep=;',
  '\uFEFFb',
  '京',
  'é',
];
const label = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\0')),
);
const cells: Record<ColumnType, fc.Arbitrary<Cell>> = {
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  integer: fc.maxSafeInteger(),
  boolean: fc.boolean(),
  datetime: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  category: label.filter((s) => s !== ''),
  text: label,
};
const TYPES = Object.keys(cells) as ColumnType[];
const anyTable: fc.Arbitrary<Table> = fc
  .tuple(fc.array(fc.tuple(label, fc.constantFrom(...TYPES)), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 8 }))
  .chain(([heads, rows]) => {
    const names = heads.map(([name], i) => `${name.replace(/\s+/g, ' ').trim()}${i}`);
    const columns = heads.map(([, type]) =>
      fc.array(fc.option(cells[type], { freq: 4 }), { minLength: rows, maxLength: rows }).map((list) => columnOf(type, list)),
    );
    return fc.tuple(...columns).map((list) => table(names, list));
  });

/** What writeCsv writes, readCsv restores, whatever the texts. */
export function writtenIsRestored(runs: number): void {
  fc.assert(
    fc.property(anyTable, fc.constantFrom(',', ';', '\t', '|'), (before, delimiter) => {
      const types = before.fields.map((f, i) => ({ column: f.name, type: before.columns[i].type }));
      const bytes = writeCsv(before, { delimiter });
      const { table: after, problems } = readCsv(bytes, { delimiter, header: true, skipLines: 0, decimal: '.', types });
      const told = ['column.unguarded', 'column.empty-column', 'csv.empty-rows'];
      expect(problems.filter((p) => !told.includes(p.code))).toEqual([]);
      expect(after.fields.map((f) => f.name)).toEqual(before.fields.map((f) => f.name));
      expect(after.columns.map((c) => cellsOf(c))).toEqual(before.columns.map((c) => cellsOf(c)));
    }),
    { numRuns: runs },
  );
}

/** No exported text begins with a formula sign, and numbers are untouched. */
export function exportIsGuarded(runs: number): void {
  fc.assert(
    fc.property(
      fc.array(
        label.filter((s) => s !== ''),
        { minLength: 1, maxLength: 20 },
      ),
      (texts) => {
        const written = writeCsv(
          table(
            ['t', 'n'],
            [
              columnOf('text', texts),
              columnOf(
                'number',
                texts.map((_, i) => -i - 0.5),
              ),
            ],
          ),
        );
        const { table: raw } = readCsv(written, { header: true, skipLines: 0, delimiter: ',', types: [{ column: 't', type: 'text' }] });
        expect(cellsOf(raw.columns[0])).toEqual(texts);
        expect(cellsOf(raw.columns[1])).toEqual(texts.map((_, i) => -i - 0.5));
        const record = /(?:^|\n)"?([^,"])/g;
        for (const [, first] of fromUtf8(written).matchAll(record)) expect('=+@\t\r').not.toContain(first);
      },
    ),
    { numRuns: runs },
  );
}

/** Any bytes end in a table of equal columns, or in an error that says why. */
export function anyBytesAreRead(runs: number): void {
  const pieces = fc.constantFrom(
    ...['"', ',', ';', '\n', '\r', '\r\n', '""', ' ', '#', '1', '1,5', 'a', '\t', '\0', '\uFEFF', 'NA', '2020-01-01', '='],
  );
  const text = fc.array(pieces, { maxLength: 60 }).map((list) => utf8(list.join('')));
  fc.assert(
    fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const { table: read, problems } = readCsv(bytes);
      for (const column of read.columns) expect(column.length).toBe(read.rowCount);
      for (const problem of problems) expect(problem.message.replace(/“[^”]*”/g, '')).not.toMatch(/undefined|[{}|]\w*[}]/);
      if (read.columns.length === 0) expect(problems.some((p) => p.severity === 'error')).toBe(true);
    }),
    { numRuns: runs },
  );
}
