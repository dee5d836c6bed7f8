/** Cells as people read them. */
import { expect, it } from 'vitest';
import { formatFor } from '../i18n/format.ts';
import { cellText, columnWidth, dateText } from './cell-text.ts';

const f = formatFor('en');
it('writes numbers, dates, labels and nothing', () => {
  expect(cellText(1309, 'integer', f)).toBe('1,309');
  expect(cellText(null, 'number', f)).toBe('');
  expect(cellText(true, 'boolean', f)).toBe('true');
  expect(cellText('a b', 'category', f)).toBe('a b');
  expect(cellText(Date.UTC(1912, 3, 15), 'datetime', f)).toBe('1912-04-15');
  expect(dateText(Date.UTC(1912, 3, 15, 2, 20))).toBe('1912-04-15 02:20:00');
  expect(dateText(Date.UTC(-44, 2, 15))).toBe('-000044-03-15');
});
it('gives long names more room, up to a limit', () => {
  expect(columnWidth('x', 'number')).toBe(88);
  expect(columnWidth('a rather long column name indeed, truly', 'number')).toBe(220);
});
