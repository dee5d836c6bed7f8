/** Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019) on plain arrays; only exact arithmetic and square roots. */
import { ADAM, type Moving, wholePower } from '../../kernels/door.ts';

/** Moves a parameter by its gradient in step `step` (from 1), and shrinks it by `decay`. */
export function adamStep(moving: Moving, gradient: ArrayLike<number>, step: number, learningRate: number, decay: number): void {
  const { values, first, second } = moving;
  const { beta1, beta2, epsilon } = ADAM;
  const rate = learningRate / (1 - wholePower(beta1, step));
  const root = 1 / Math.sqrt(1 - wholePower(beta2, step));
  const keep = 1 - learningRate * decay;
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i];
    const m = beta1 * first[i] + (1 - beta1) * g;
    const v = beta2 * second[i] + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    values[i] = values[i] * keep - (rate * m) / (Math.sqrt(v) * root + epsilon);
  }
}
