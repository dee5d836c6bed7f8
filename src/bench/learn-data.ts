/** Tables to learn from in the benchmarks of learners: numbers of several shapes, a target with thresholds, products and noise; the same for every candidate. */
import { sin } from '../base/float.ts';
import { stream } from '../base/random.ts';
import type { Matrix } from '../recipe/model.ts';

export interface BenchRows {
  X: Matrix & { values: Float32Array };
  y: Float64Array;
}

/** Two classes; `cols` at least 8, of which the first six matter. */
export function boostingRows(rows: number, cols: number, part: string): BenchRows {
  const random = stream('boosting bench', part, rows, cols);
  const values = new Float32Array(rows * cols);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    for (let j = 0; j < cols; j++) {
      const v = random.normal();
      // Every fourth is never negative, every ninth has few values.
      values[at + j] = j % 9 === 8 ? Math.min(3, Math.round(Math.abs(v) * 2)) : j % 4 === 3 ? Math.abs(v) : v;
    }
    const x = (j: number) => values[at + j];
    const score = 0.6 * x(0) * x(1) + 0.7 * sin(2 * x(2)) + (x(3) > 1 ? x(4) : 0) - 0.3 * x(5) * x(5) + 0.3;
    y[i] = score + 1.2 * random.normal() > 0 ? 1 : 0;
  }
  return { X: { rows, cols, values }, y };
}
