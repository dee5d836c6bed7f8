/** Writes the decision tree into an ONNX graph. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerForest } from '../../recipe/lower-forest.ts';
import type { FittedTree } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const { forest } = fitted as FittedTree;
  return lowerForest(graph, X, forest, new Float32Array(forest.width));
}
