/** Writes the linear support vector machine into an ONNX graph: scores, sigmoids and their shares in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerScores, lowerToFloat } from '../linear-scores/scores.ts';
import { type FittedSvm, MOST_SCORE } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const svm = fitted as FittedSvm;
  const scores = lowerScores(graph, X, svm);
  if (classCount === 0) return lowerToFloat(graph, scores);
  const wide = { dtype: 'double' as const, dims: scores.dims };
  const number = (value: number, hint: string) => graph.constant('double', [value], [1, 1], hint);
  const bounded = graph.op('Max', [graph.op('Min', [scores, number(MOST_SCORE, 'most')], wide), number(-MOST_SCORE, 'least')], wide);
  const odds = graph.op('Add', [number(1, 'one'), graph.op('Exp', [graph.op('Neg', [bounded], wide)], wide)], wide);
  const each = graph.op('Div', [graph.constant('double', svm.present, [1, classCount], 'present'), odds], wide);
  const axes = graph.constant('int64', [1], [1], 'axes');
  const sum = graph.op('ReduceSum', [each, axes], { dtype: 'double', dims: ['batch', 1] }, { keepdims: { type: 'int', value: 1 } });
  return lowerToFloat(graph, graph.op('Div', [each, sum], wide));
}
