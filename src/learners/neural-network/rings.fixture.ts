/** A small table with curved classes, or a curved number, for the network's tests. */
import { stream } from '../../base/random.ts';
import type { FitRun, Training } from '../../recipe/model.ts';

/** Points in a square; the class is which of the three rings around 0 they lie in (or the squared radius). */
export function rings(rows: number, classes: 0 | 3): Training {
  const draw = stream(5, 'rings');
  const values = Float64Array.from({ length: rows * 2 }, () => draw.uniform() * 4 - 2);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const r = values[2 * i] * values[2 * i] + values[2 * i + 1] * values[2 * i + 1];
    return classes === 0 ? 1000 + 50 * r : r < 1 ? 0 : r < 2.5 ? 1 : 2;
  });
  return { X: { rows, cols: 2, values }, y, classCount: classes, featureNames: ['a', 'b'] };
}

export const runWith = (more: Partial<FitRun> = {}): FitRun => ({
  random: (purpose) => stream(1, purpose),
  progress: () => {},
  stopRequested: () => false,
  backend: 'cpu',
  ...more,
});
