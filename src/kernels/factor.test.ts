/** Factors, solutions and the inverse's diagonal of matrices of all sizes against their definitions. */
import { expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { kernels } from './door.ts';

const random = stream('factor');

it('factorises, solves, and gives the diagonal of the inverse', () => {
  for (const n of [1, 2, 4, 5, 13, 64, 101]) {
    const x = Float64Array.from({ length: n * (n + 3) }, () => random.normal());
    const a = kernels.gram({ rows: n + 3, cols: n, values: x });
    for (let i = 0; i < n; i++) a[i * n + i] += 0.1;
    const system = kernels.openFactor(n);
    try {
      for (let round = 0; round < 2; round++) {
        expect(system.factor((i, entries) => entries.set(a.subarray(i * n, i * n + i + 1)))).toBe(true);
        const b = Float64Array.from({ length: n }, () => random.normal());
        const solved = system.solve(b);
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j < n; j++) sum += a[i * n + j] * solved[j];
          expect(sum).toBeCloseTo(b[i], 8);
        }
        const diagonal = system.inverseDiagonal();
        for (let i = 0; i < n; i += 7) {
          const unit = new Float64Array(n).fill(1, i, i + 1);
          system.factor((row, entries) => entries.set(a.subarray(row * n, row * n + row + 1)));
          expect(diagonal[i]).toBeCloseTo(system.solve(unit)[i], 8);
        }
      }
    } finally {
      system.close();
    }
  }
});

it('says when a matrix has no factor', () => {
  const system = kernels.openFactor(6);
  try {
    expect(system.factor((i, entries) => entries.fill(1).fill(i === 4 ? 0.5 : 2, i))).toBe(false);
    expect(system.factor((_, entries) => entries.fill(1))).toBe(false);
    expect(system.factor((i, entries) => entries.fill(0).fill(Number.NaN, i))).toBe(false);
  } finally {
    system.close();
  }
});
