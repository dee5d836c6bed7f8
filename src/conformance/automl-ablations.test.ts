/** The table of ablations: differences are those of the same set and fold, with their standard error. */
import { expect, test } from 'vitest';
import { ABLATIONS, ablationTable } from './automl-ablations.ts';

const line = (set: string, variant: string, share: number) => ({ set, fold: 0, variant, share });

test('each variant is held against the whole on its own sets', () => {
  const rows = ablationTable([
    line('a', 'all', 1),
    line('b', 'all', 0.9),
    line('a', 'no search', 0.96),
    line('b', 'no search', 0.9),
    line('c', 'no search', 0.1),
  ]).split('\n');
  expect(rows).toHaveLength(4);
  expect(rows[2]).toBe('| all | 2 | 0.950 |  |  |  |');
  // Gaps -0.04 and 0: mean -0.02, standard error sqrt(0.0008 / 1 / 2) = 0.02.
  expect(rows[3]).toBe('| no search | 2 | 0.930 | -0.0200 ± 0.0200 | 1 / 0 | a -0.040 |');
});

test('every variant takes something out, under a name of its own', () => {
  const all = ABLATIONS.flat();
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(all.filter(({ params }) => Object.keys(params).length === 0)).toHaveLength(1);
});
