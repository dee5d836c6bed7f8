/**
 * Minimises a smooth convex function: limited-memory BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) with a diagonal
 * first scaling and a line search on the slope. Knows nothing of models.
 */

/** Writes the gradient at `x` into `gradient` and gives the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;
export interface MinimiseOptions {
  /** Inverse of the typical curvature per coordinate; the first step and the metric of the memory. */
  inverseCurvature: Float64Array;
  /** Done when no entry of the gradient is larger. */
  tolerance: number;
  maxIterations: number;
  /** After each iteration; true = stop here. */
  between?: (iteration: number, value: number) => Promise<boolean> | boolean;
}
export interface Minimum {
  x: Float64Array;
  value: number;
  iterations: number;
  converged: boolean;
}

const MEMORY = 12;

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
export const largest = (a: Float64Array) => a.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** One remembered step: change of place, change of gradient, 1 / their product. */
export interface Pair {
  s: Float64Array;
  y: Float64Array;
  rho: number;
}

/** Adds the step from x to the next place to the memory, where the function bends along it. */
export function remember(memory: Pair[], x: Float64Array, next: Float64Array, gradient: Float64Array, nextGradient: Float64Array): void {
  const s = next.map((v, i) => v - x[i]);
  const y = nextGradient.map((g, i) => g - gradient[i]);
  const curvature = dot(s, y);
  if (!(curvature > 0)) return;
  memory.push({ s, y, rho: 1 / curvature });
  if (memory.length > MEMORY) memory.shift();
}

/** Two-loop recursion: -H · gradient. */
export function direction(gradient: Float64Array, memory: readonly Pair[], diagonal: Float64Array): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas = new Float64Array(memory.length);
  for (let m = memory.length - 1; m >= 0; m--) {
    const { s, y, rho } = memory[m];
    const alpha = rho * dot(s, q);
    alphas[m] = alpha;
    for (let i = 0; i < q.length; i++) q[i] -= alpha * y[i];
  }
  let scale = 1;
  const last = memory.at(-1);
  if (last) {
    let yy = 0;
    for (let i = 0; i < q.length; i++) yy += last.y[i] * last.y[i] * diagonal[i];
    scale = 1 / (last.rho * yy);
  }
  for (let i = 0; i < q.length; i++) q[i] *= scale * diagonal[i];
  memory.forEach(({ s, y, rho }, m) => {
    const beta = rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i] += (alphas[m] - beta) * s[i];
  });
  return q;
}

/**
 * A step along `d` whose slope has fallen to between -0.9 and +0.5 of the first one and whose value is no worse: on a convex
 * function the slope only rises, so bisection finds it. Undefined when rounding hides any progress.
 */
function lineSearch(f: Objective, x: Float64Array, value: number, slope: number, d: Float64Array) {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let step = 1;
  const noise = 1e-14 * Math.abs(value);
  for (let trial = 0; trial < 60; trial++) {
    const at = new Float64Array(x.length);
    for (let i = 0; i < x.length; i++) at[i] = x[i] + step * d[i];
    const gradient = new Float64Array(x.length);
    const reached = f(at, gradient);
    const rise = dot(gradient, d);
    if (!(reached <= value + noise) || rise > -0.5 * slope) high = step;
    else if (rise < 0.9 * slope) low = step;
    else return { x: at, gradient, value: reached };
    step = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : step * 2;
  }
  return undefined;
}

export async function minimise(f: Objective, start: Float64Array, options: MinimiseOptions): Promise<Minimum> {
  let x = start;
  let gradient: Float64Array = new Float64Array(x.length);
  let value = f(x, gradient);
  let memory: Pair[] = [];
  for (let iteration = 1; iteration <= options.maxIterations; iteration++) {
    if (largest(gradient) <= options.tolerance) return { x, value, iterations: iteration - 1, converged: true };
    let d = direction(gradient, memory, options.inverseCurvature);
    let slope = dot(gradient, d);
    if (!(slope < 0)) {
      memory = [];
      d = direction(gradient, memory, options.inverseCurvature);
      slope = dot(gradient, d);
    }
    const next = lineSearch(f, x, value, slope, d);
    // No step makes progress: with a memory try once without it, else this is as good as doubles get.
    if (!next) {
      if (memory.length === 0) return { x, value, iterations: iteration, converged: true };
      memory = [];
      continue;
    }
    remember(memory, x, next.x, gradient, next.gradient);
    ({ x, gradient, value } = next);
    if (await options.between?.(iteration, value)) return { x, value, iterations: iteration, converged: false };
  }
  return { x, value, iterations: options.maxIterations, converged: false };
}
