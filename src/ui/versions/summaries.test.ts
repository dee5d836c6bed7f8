/** Each version says what it brought; one that cannot be read says nothing and disturbs no other. */
import { expect, it } from 'vitest';
import { canonical } from '../../base/json.ts';
import { emptyDocument } from '../../engine/document.ts';
import { summariesOf } from './summaries.ts';

const version = (revision: number, document: string) => ({ pipeline: 'p', revision, at: revision, document });
const seeded = (seed: number, name = 'P') => canonical({ ...emptyDocument('p', name), seed });

it('tells the first difference from the version before, and how many more', () => {
  const versions = [version(4, seeded(3, 'Q')), version(3, seeded(2)), version(2, seeded(2)), version(1, seeded(1))];
  expect([...summariesOf(versions)]).toEqual([
    [4, 'Pipeline name “P” → “Q”, and 1 more'],
    [2, 'Pipeline seed 1 → 2'],
  ]);
});

it('passes over what a newer app wrote', () => {
  const newer = JSON.stringify({ ...emptyDocument('p', 'P'), format: 99 });
  expect([...summariesOf([version(4, seeded(4)), version(3, newer), version(2, seeded(2)), version(1, seeded(1))])]).toEqual([
    [2, 'Pipeline seed 1 → 2'],
  ]);
});
