/** Writes naive Bayes into an ONNX graph: squares, codes compared with every level, matrix products and Softmax in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerToFloat } from '../linear-scores/scores.ts';
import type { FittedBayes } from './scores.ts';

const ALONG = { axis: { type: 'int' as const, value: 1 } };

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const bayes = fitted as FittedBayes;
  const wide = { dtype: 'double' as const, dims: ['batch', bayes.classes] };
  const parts = [...lowerNumbers(graph, X, bayes), ...lowerCodes(graph, X, bayes)];
  // Every column is a number or coded, so that there is at least one part.
  let scores = graph.constant('double', bayes.prior, [1, bayes.classes], 'prior');
  for (const part of parts) scores = graph.op('Add', [scores, part], wide);
  return lowerToFloat(graph, graph.op('Softmax', [scores], wide, ALONG));
}

/** The given columns of the matrix, in that order. */
function pick(graph: Graph, X: Value, columns: ArrayLike<number>): Value {
  const places = graph.constant('int64', Array.from(columns), [columns.length], 'columns');
  return graph.op('Gather', [X, places], { dtype: 'double', dims: ['batch', columns.length] }, ALONG);
}

function product(graph: Graph, left: Value, table: Float64Array, classes: number, hint: string): Value {
  const right = graph.constant('double', table, [table.length / classes, classes], hint);
  return graph.op('MatMul', [left, right], { dtype: 'double', dims: ['batch', classes] });
}

function lowerNumbers(graph: Graph, X: Value, { numbers, offset, scale, square, linear, constant, classes }: FittedBayes): Value[] {
  if (numbers.length === 0) return [];
  const shape = { dtype: 'double' as const, dims: ['batch', numbers.length] };
  const row = (values: Float64Array, hint: string) => graph.constant('double', values, [1, numbers.length], hint);
  const from = graph.op('Sub', [pick(graph, X, numbers), row(offset, 'offset')], shape);
  const u = graph.op('Div', [from, row(scale, 'scale')], shape);
  // u - u is NaN for missing and infinite alike.
  const missing = graph.op('IsNaN', [graph.op('Sub', [u, u], shape)], { dtype: 'bool', dims: shape.dims });
  const zero = graph.constant('double', [0], [1, 1], 'zero');
  const known = graph.op('Where', [missing, zero, u], shape);
  const present = graph.op('Where', [missing, zero, graph.constant('double', [1], [1, 1], 'one')], shape);
  return [
    product(graph, graph.op('Mul', [known, known], shape), square, classes, 'square'),
    product(graph, known, linear, classes, 'linear'),
    product(graph, present, constant, classes, 'constant'),
  ];
}

/** Every coded column beside each of its codes: 1 where they are equal. */
function lowerCodes(graph: Graph, X: Value, { coded, levels, logs, classes }: FittedBayes): Value[] {
  if (coded.length === 0) return [];
  const columns = [...coded].flatMap((column, c) => Array<number>(levels[c]).fill(column));
  const codes = [...levels].flatMap((count) => Array.from({ length: count }, (_, code) => code));
  const wanted = graph.constant('double', codes, [1, codes.length], 'codes');
  const equal = graph.op('Equal', [pick(graph, X, columns), wanted], { dtype: 'bool', dims: ['batch', codes.length] });
  const hot = graph.op('Cast', [equal], { dtype: 'double', dims: ['batch', codes.length] }, { to: { type: 'int', value: 11 } });
  return [product(graph, hot, logs, classes, 'logs')];
}
