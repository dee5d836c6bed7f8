/** Which output speaks for a node, and what is said of several tables. */
import { expect, it } from 'vitest';
import type { ValueInfo } from '../events/event.ts';
import { resultLine } from './result-line.ts';

const value = (type: string, headline: string, rows?: number): ValueInfo => ({ type, digest: headline, bytes: 1, headline, rows });

it('lets a model speak before the learner that made it, and results before all', () => {
  expect(resultLine({ learner: value('learner', 'Boosting'), model: value('model', '5 features') })).toBe('5 features');
  expect(resultLine({ table: value('table', '5 × 3', 5), results: value('results', 'AUC 0.8') })).toBe('AUC 0.8');
  expect(resultLine({ learner: value('learner', 'Boosting') })).toBe('Boosting');
  expect(resultLine()).toBe('');
});

it('says the rows of each table, the first one even when it is empty', () => {
  const tables = (...rows: number[]) => Object.fromEntries(rows.map((count, i) => [`t${i}`, value('table', `${count} × 2`, count)]));
  expect(resultLine(tables(916, 393, 0))).toBe('916 | 393');
  expect(resultLine(tables(0, 3000))).toBe('0 | 3,000');
  expect(resultLine(tables(0, 0))).toBe('0');
  expect(resultLine(tables(1309))).toBe('1309 × 2');
});

it('of tables of different kinds says the first', () => {
  const rows: ValueInfo = { ...value('table', '200 × 17', 200), columns: 17 };
  expect(resultLine({ table: rows, columns: { ...value('table', '13 × 2', 13), columns: 2 } })).toBe('200 × 17');
});
