/** Writes linear regression into an ONNX graph: MatMul and Add in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerScores, lowerToFloat } from '../linear-scores/scores.ts';
import type { FittedLinear } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const { weights, intercept } = fitted as FittedLinear;
  return lowerToFloat(graph, lowerScores(graph, X, { weights, intercepts: Float64Array.of(intercept) }));
}
