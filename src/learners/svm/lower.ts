/** Writes the linear support vector machine into an ONNX graph: scores, sigmoids and their shares in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerScores, lowerToFloat } from '../linear-scores/scores.ts';
import { lowerShares } from '../linear-scores/shares.ts';
import type { FittedSvm } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const svm = fitted as FittedSvm;
  const scores = lowerScores(graph, X, svm);
  if (classCount === 0) return lowerToFloat(graph, scores);
  return lowerToFloat(graph, lowerShares(graph, scores, svm.present));
}
