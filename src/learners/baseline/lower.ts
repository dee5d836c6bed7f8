/** Writes the baseline into an ONNX graph: its answer, once per row of the matrix. */
import type { Graph, Value } from '../../onnx/build.ts';
import type { FittedBaseline } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const { answer } = fitted as FittedBaseline;
  // Expand needs the row count: the matrix's shape, its second entry replaced.
  const shape = graph.op('Shape', [X], { dtype: 'int64', dims: [2] });
  const rows = graph.op('Gather', [shape, graph.constant('int64', [0], [1], 'first')], { dtype: 'int64', dims: [1] }, {});
  const wide = graph.op(
    'Concat',
    [rows, graph.constant('int64', [answer.length], [1], 'width')],
    { dtype: 'int64', dims: [2] },
    { axis: { type: 'int', value: 0 } },
  );
  const row = graph.constant('float', Float32Array.from(answer), [1, answer.length], 'answer');
  return graph.op('Expand', [row, wide], { dtype: 'float', dims: ['batch', answer.length] });
}
