/** Writes gradient boosting into an ONNX graph: the trees in float32, then Softmax in double for classes. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerForest } from '../../recipe/lower-forest.ts';
import type { FittedBoosting } from './fit.ts';

const FLOAT = { to: { type: 'int' as const, value: 1 } };
const DOUBLE = { to: { type: 'int' as const, value: 11 } };

export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const { forest, base, link } = fitted as FittedBoosting;
  const raw = lowerForest(graph, X, forest, base);
  if (classCount === 0 && link !== 'log') return raw;
  const wide = { dtype: 'double' as const, dims: ['batch', classCount] };
  let scores = graph.op('Cast', [raw], { dtype: 'double', dims: raw.dims }, DOUBLE);
  if (classCount === 0) {
    const value = graph.op('Exp', [scores], { dtype: 'double', dims: raw.dims });
    return graph.op('Cast', [value], { dtype: 'float', dims: raw.dims }, FLOAT);
  }
  // Two classes: the log-odds m stands beside a zero. Sigmoid would clamp to exactly 0 below -18 (onnx.md §1).
  if (classCount === 2) scores = graph.op('MatMul', [scores, graph.constant('double', [0, 1], [1, 2], 'beside_zero')], wide);
  const shares = graph.op('Softmax', [scores], wide, { axis: { type: 'int', value: 1 } });
  return graph.op('Cast', [shares], { dtype: 'float', dims: wide.dims }, FLOAT);
}
