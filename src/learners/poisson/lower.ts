/** Writes Poisson regression into an ONNX graph: MatMul, Add, a bound and Exp in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerScores, lowerToFloat } from '../linear-scores/scores.ts';
import { type FittedPoisson, MOST_SCORE } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const { weights, intercept } = fitted as FittedPoisson;
  const score = lowerScores(graph, X, { weights, intercepts: Float64Array.of(intercept) });
  const one = { dtype: 'double' as const, dims: score.dims };
  const bounded = graph.op('Min', [score, graph.constant('double', [MOST_SCORE], [1, 1], 'most')], one);
  return lowerToFloat(graph, graph.op('Exp', [bounded], one));
}
