/**
 * Minimises a smooth convex function plus an L1 penalty: L-BFGS within the orthant in which the weights lie, where the penalty is smooth too (Andrew and
 * Gao 2007), and a proximal step, which always makes progress, where that makes none. Knows nothing of models.
 */
import { direction, dot, largest, type MinimiseOptions, type Minimum, type Objective, type Pair, remember } from './lbfgs.ts';

export interface SparseOptions extends MinimiseOptions {
  /** Penalty on |x| of each coordinate. */
  l1: Float64Array;
}
interface Place {
  x: Float64Array;
  /** Of the smooth part. */
  gradient: Float64Array;
  /** With the penalty. */
  value: number;
}

/** The smallest slope of function and penalty together: zero where neither way leads down. */
function slopes({ x, gradient }: Place, l1: Float64Array): Float64Array {
  return gradient.map((g, j) => {
    if (x[j] > 0) return g + l1[j];
    if (x[j] < 0) return g - l1[j];
    return g < -l1[j] ? g + l1[j] : g > l1[j] ? g - l1[j] : 0;
  });
}

export async function minimiseSparse(f: Objective, start: Float64Array, options: SparseOptions): Promise<Minimum> {
  const { l1, inverseCurvature } = options;
  const at = (x: Float64Array): Place => {
    const gradient = new Float64Array(x.length);
    let value = f(x, gradient);
    for (let j = 0; j < x.length; j++) value += l1[j] * Math.abs(x[j]);
    return { x, gradient, value };
  };
  /** A shorter and shorter way to what `to` gives, until the value falls as much as the slopes there promise. */
  const search = (from: Place, down: Float64Array, to: (step: number) => Float64Array): Place | undefined => {
    for (let step = 1; step > 1e-10; step /= 2) {
      const next = at(to(step));
      let promised = 0;
      for (let j = 0; j < down.length; j++) promised += down[j] * (next.x[j] - from.x[j]);
      if (promised < 0 && next.value <= from.value + 1e-4 * promised) return next;
    }
    return undefined;
  };
  let place = at(start);
  let memory: Pair[] = [];
  for (let iteration = 1; iteration <= options.maxIterations; iteration++) {
    const { x } = place;
    const down = slopes(place, l1);
    const end = (converged: boolean): Minimum => ({ x, value: place.value, iterations: iteration - 1, converged });
    if (largest(down) <= options.tolerance) return end(true);
    const d = direction(down, memory, inverseCurvature);
    // Only ways that lead down by themselves, and no weight passes zero: on the other side the penalty turns round.
    for (let j = 0; j < d.length; j++) if (d[j] * down[j] >= 0) d[j] = 0;
    const side = x.map((v, j) => (v === 0 ? -Math.sign(down[j]) : Math.sign(v)));
    const within = (step: number) => x.map((v, j) => (l1[j] > 0 && (v + step * d[j]) * side[j] <= 0 ? 0 : v + step * d[j]));
    const proximal = (step: number) =>
      x.map((v, j) => {
        const to = v - step * inverseCurvature[j] * place.gradient[j];
        const held = step * inverseCurvature[j] * l1[j];
        return Math.sign(to) * Math.max(0, Math.abs(to) - held);
      });
    const next = (dot(d, down) < 0 ? search(place, down, within) : undefined) ?? search(place, down, proximal);
    if (!next) return end(true);
    remember(memory, x, next.x, place.gradient, next.gradient);
    // The set of weights in play has changed: what was remembered still holds, being of the smooth part alone.
    if (memory.length > 0 && !(next.value < place.value)) memory = [];
    place = next;
    if (await options.between?.(iteration, place.value)) return { x: place.x, value: place.value, iterations: iteration, converged: false };
  }
  return { x: place.x, value: place.value, iterations: options.maxIterations, converged: false };
}
