/** The loss over few cells is the dense kernel's, as are its gradient and squares. */
import { expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { kernels, type LinearLoss } from '../../kernels/door.ts';
import { fewLogisticLoss, fewSoftmaxLoss } from './few-loss.ts';

const [ROWS, COLS] = [700, 300];
/** Whole eighths, which the kernel's float32 holds exactly; each column has a usual value of its own. */
function rowsOf(share: number, weighted: boolean) {
  const random = stream('few');
  const values = new Float64Array(ROWS * COLS);
  for (let at = 0; at < values.length; at++) values[at] = random.uniform() < share ? random.below(64) / 8 : (((at % COLS) % 7) - 3) / 8;
  const weight = weighted ? Float64Array.from({ length: ROWS }, () => random.below(4)) : undefined;
  return { X: { rows: ROWS, cols: COLS, values }, weight };
}
const at = (count: number) => {
  const random = stream('at');
  return Float64Array.from({ length: count }, () => random.normal() / 10);
};

for (const weighted of [false, true])
  for (const classes of [2, 3, 5])
    it(`${classes} classes${weighted ? ', weighted' : ''}`, () => {
      const data = rowsOf(0.03, weighted);
      const y = Int32Array.from({ length: ROWS }, (_, i) => (i * 7) % classes);
      const sides = Float64Array.from(y, (k) => 2 * k - 1);
      const scores = classes === 2 ? 1 : classes;
      const few = classes === 2 ? fewLogisticLoss(data, sides) : fewSoftmaxLoss(data, y, classes);
      const dense = classes === 2 ? kernels.openScoreLoss(data, sides, 'logistic') : kernels.openSoftmaxLoss(data, y, classes);
      const x = at(scores * (COLS + 1));
      const of = (loss: LinearLoss) => {
        const gradient = new Float64Array(x.length);
        return [loss.evaluate(x, gradient), ...gradient, ...loss.squares()];
      };
      try {
        const [own, other] = [of(few!), of(dense)];
        own.forEach((value, i) => {
          expect(Math.abs(value - other[i])).toBeLessThan(1e-8 * (1 + Math.abs(other[i])));
        });
      } finally {
        dense.close();
      }
    });

it('many cells that differ, and small tables, are left to the kernel; what is no number is told by the squares', () => {
  const sides = new Float64Array(ROWS).fill(1);
  expect(fewLogisticLoss(rowsOf(0.3, false), sides)).toBeUndefined();
  expect(fewLogisticLoss({ X: { rows: 2, cols: 2, values: new Float64Array(4) }, weight: undefined }, sides)).toBeUndefined();
  const data = rowsOf(0.03, false);
  data.X.values[5] = Number.NaN;
  expect(fewLogisticLoss(data, sides)!.squares()[5]).toBeNaN();
});
