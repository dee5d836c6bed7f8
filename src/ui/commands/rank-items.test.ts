/** The command palette's order: recent first, whole words before beginnings, titles before areas, one slip forgiven. */
import { expect, it } from 'vitest';
import { type Findable, rankItems } from './rank-items.ts';

const item = (id: string, title: string, area = '', more = ''): Findable => ({ id, title, area, more });
const ITEMS = [
  item('run', 'Run everything stale', 'Run'),
  item('split', 'Split', 'Add node', 'train_test_split Partitioning'),
  item('splitter', 'Splitter 2', 'Go to node'),
  item('theme', 'Dark theme', 'View'),
  item('p1', 'Titanic survival', 'Open pipeline'),
];
const found = (query: string, recent: readonly string[] = []) => rankItems(ITEMS, query, recent).items.map(({ id }) => id);

it('shows recent ones first, each once, and says how many', () => {
  const { items, recents } = rankItems(ITEMS, '', ['p1', 'gone', 'theme']);
  expect(items.map(({ id }) => id)).toEqual(['p1', 'theme', 'run', 'split', 'splitter']);
  expect(recents).toBe(2);
});
it('prefers whole words, then beginnings, then areas', () => {
  expect(found('split')).toEqual(['split', 'splitter']);
  expect(found('run')).toEqual(['run']);
  expect(found('partition')).toEqual(['split']);
});
it('wants every word', () => expect(found('dark pipeline')).toEqual([]));
it('forgives one slip in a title', () => expect(found('titnaic')).toEqual(['p1']));
it('lifts what was used before an equal', () => expect(found('t', ['p1'])[0]).toBe('p1'));
