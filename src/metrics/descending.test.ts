/** The order of rows by score beside the plain sort, on scores of many shapes. */
import { expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { descending } from './descending.ts';

it('is what a plain sort gives, equal scores by row', () => {
  const random = stream('descending');
  const shapes: Record<string, (i: number) => number> = {
    uniform: () => random.uniform(),
    crowded: () => random.uniform() ** 40,
    'few values': () => random.below(5) / 5,
    constant: () => 0.25,
    'both zeros': (i) => (i % 2 === 0 ? 0 : -0),
    far: (i) => (i === 7 ? 1e300 : random.uniform()),
    widest: (i) => (i % 2 === 0 ? 1.7e308 : -1.7e308),
    tiny: () => random.below(3) * 5e-324,
  };
  for (const n of [0, 1, 5, 3000, 20_000]) {
    for (const [name, of] of Object.entries(shapes)) {
      const scores = Float64Array.from({ length: n }, (_, i) => of(i));
      const plain = Array.from(scores, (_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
      expect([...descending(scores)], `${name} ${n}`).toEqual(plain);
    }
  }
});
