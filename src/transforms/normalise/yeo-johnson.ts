/**
 * The power transform of Yeo and Johnson (Biometrika 87, 2000): one exponent that brings skewed numbers, also negative ones,
 * nearer to a bell. The exponent is the likeliest for normal values, as scikit-learn's PowerTransformer chooses it.
 */
import { expm1, log, log1p } from '../../base/float.ts';
import type { Graph, Value } from '../../onnx/build.ts';

/** Of x >= 0 with the exponent p, from log(1 + x). */
const raised = (logged: number, p: number): number => (p === 0 ? logged : expm1(p * logged) / p);

export function yeoJohnson(x: number, lambda: number): number {
  const logged = log1p(Math.abs(x));
  return x < 0 ? -raised(logged, 2 - lambda) : raised(logged, lambda);
}

/** More rows would only cost time: they are taken evenly from the sorted ones. */
const MOST_ROWS = 20_000;
const WIDEST = 8;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Exponents are whole steps of this, so that none is so near to zero that the graph's exp(p) - 1 loses its digits. */
const STEPS = 1e6;

/** Half of the log-likelihood's negative, but for constants. */
function misfit(values: Float64Array, lambda: number, signed: number): number {
  const made = values.map((value) => yeoJohnson(value, lambda));
  const mean = made.reduce((sum, value) => sum + value, 0) / made.length;
  const variance = made.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / made.length;
  const found = (made.length / 2) * log(variance) - (lambda - 1) * signed;
  return Number.isFinite(found) ? found : Number.POSITIVE_INFINITY;
}

/** The exponent for sorted finite values, by golden section; 1 where they are all equal. */
export function likeliestLambda(sorted: Float64Array): number {
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return 1;
  const count = Math.min(MOST_ROWS, sorted.length);
  const values = Float64Array.from({ length: count }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / count)]);
  const signed = values.reduce((sum, value) => sum + Math.sign(value) * log1p(Math.abs(value)), 0);
  const at = (lambda: number) => ({ lambda, misfit: misfit(values, lambda, signed) });
  let [low, high] = [-WIDEST, WIDEST];
  let left = at(high - GOLDEN * (high - low));
  let right = at(low + GOLDEN * (high - low));
  while (high - low > 0.1 / STEPS) {
    if (left.misfit <= right.misfit) {
      high = right.lambda;
      right = left;
      left = at(high - GOLDEN * (high - low));
    } else {
      low = left.lambda;
      left = right;
      right = at(low + GOLDEN * (high - low));
    }
  }
  return Math.round(((low + high) / 2) * STEPS) / STEPS + 0;
}

/** In the graph, from columns side by side, the logarithms of one plus their sizes, and an exponent for each. */
export function lowerYeoJohnson(graph: Graph, x: Value, logged: Value, lambdas: readonly number[]): Value {
  const same = { dtype: 'double' as const, dims: x.dims };
  const flag = { dtype: 'bool' as const, dims: x.dims };
  const zero = graph.constant('double', [0], [1, 1]);
  const one = graph.constant('double', [1], [1, 1]);
  const power = (exponents: readonly number[]): Value => {
    const row = (pick: (p: number) => number): Value => graph.constant('double', exponents.map(pick), [1, exponents.length]);
    const p = row((value) => value || 1);
    const grown = graph.op('Exp', [graph.op('Mul', [logged, p], same)], same);
    const raised = graph.op('Div', [graph.op('Sub', [grown, one], same), p], same);
    if (exponents.every((value) => value !== 0)) return raised;
    return graph.op('Where', [graph.op('Equal', [row((value) => value), zero], flag), logged, raised], same);
  };
  const below = graph.op('Less', [x, zero], flag);
  const minus = graph.op('Neg', [power(lambdas.map((lambda) => 2 - lambda))], same);
  return graph.op('Where', [below, minus, power(lambdas)], same);
}
