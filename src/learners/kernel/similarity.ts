/** Rows as a matrix of similarities e^(-gamma · squared distance) to kept rows: computed here, and as the nodes of a graph that computes the same. */
import { exp } from '../../base/float.ts';
import { kernels } from '../../kernels/door.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { Matrix } from '../../recipe/model.ts';

export interface KeptRows {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
}

/** Squared distances of rows i and j < i, row by row: i (i - 1) / 2 + j. Differences are squared, so that near rows are exact. */
export function squaredGaps({ rows, cols, values }: KeptRows): Float64Array {
  const out = new Float64Array((rows * (rows - 1)) / 2);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < i; j++, at++) {
      let sum = 0;
      for (let k = 0; k < cols; k++) {
        const gap = values[i * cols + k] - values[j * cols + k];
        sum += gap * gap;
      }
      out[at] = sum;
    }
  }
  return out;
}

const lengths = ({ rows, cols, values }: KeptRows): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += values[i * cols + k] * values[i * cols + k];
    return sum;
  });

/** Rows of X at a time: their similarities to all kept rows stand in memory. */
const CHUNK = 1000;

/** Σ over kept rows of similarity · duals, row-major [rows, width]; `duals` is [kept, width]. */
export function weighSimilar(X: Matrix, kept: KeptRows, gamma: number, duals: Float64Array, width: number): Float64Array {
  const turned = new Float64Array(kept.values.length);
  for (let i = 0; i < kept.rows; i++) for (let k = 0; k < kept.cols; k++) turned[k * kept.rows + i] = kept.values[i * kept.cols + k];
  const own = lengths(kept);
  const out = new Float64Array(X.rows * width);
  for (let from = 0; from < X.rows; from += CHUNK) {
    const rows = Math.min(CHUNK, X.rows - from);
    const part = { rows, cols: X.cols, values: Float64Array.from(X.values.subarray(from * X.cols, (from + rows) * X.cols)) };
    const near = kernels.product(part, { rows: kept.cols, cols: kept.rows, values: turned });
    const squares = lengths(part);
    for (let i = 0, at = 0; i < rows; i++) {
      for (let p = 0; p < kept.rows; p++, at++) near[at] = exp(-gamma * Math.max(0, squares[i] + own[p] - 2 * near[at]));
    }
    out.set(kernels.product({ rows, cols: kept.rows, values: near }, { rows: kept.rows, cols: width, values: duals }), from * width);
  }
  return out;
}

/** The same in double, [batch, width]. */
export function lowerSimilar(graph: Graph, X: Value, kept: KeptRows, gamma: number, duals: Float64Array, width: number): Value {
  const turned = new Float64Array(kept.values.length);
  for (let i = 0; i < kept.rows; i++) for (let k = 0; k < kept.cols; k++) turned[k * kept.rows + i] = -2 * kept.values[i * kept.cols + k];
  const wide = { dtype: 'double' as const, dims: ['batch', kept.rows] };
  const squared = graph.op('Mul', [X, X], { dtype: 'double', dims: X.dims });
  const axes = graph.constant('int64', [1]);
  const length = graph.op('ReduceSum', [squared, axes], { dtype: 'double', dims: ['batch', 1] }, { keepdims: { type: 'int', value: 1 } });
  const both = graph.op('Add', [length, graph.constant('double', lengths(kept), [1, kept.rows], 'lengths')], wide);
  const product = graph.op('MatMul', [X, graph.constant('double', turned, [kept.cols, kept.rows], 'rows')], wide);
  const gaps = graph.op('Max', [graph.op('Add', [both, product], wide), graph.constant('double', [0], [1, 1])], wide);
  const near = graph.op('Exp', [graph.op('Mul', [gaps, graph.constant('double', [-gamma], [1, 1])], wide)], wide);
  return graph.op('MatMul', [near, graph.constant('double', duals, [kept.rows, width], 'duals')], {
    dtype: 'double',
    dims: ['batch', width],
  });
}
