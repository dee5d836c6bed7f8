/** The kernels' grid and search for nearest points in an ONNX graph: whole numbers in double, so that the answers are the same to the bit. */
import type { Cells, Grid } from '../kernels/door.ts';
import type { Graph, Value } from '../onnx/build.ts';

/** Points per block: distances of a batch of rows from them all stand in memory at once. */
const BLOCK = 1024;

/** From double [batch, cols] to the cells of `kernels.onGrid`. */
export function lowerGrid(graph: Graph, X: Value, { cols, centres, scale, most }: Grid): Value {
  const same = { dtype: 'double' as const, dims: X.dims };
  const scalar = (value: number) => graph.constant('double', [value], []);
  const gaps = graph.op('Sub', [X, graph.constant('double', centres, [1, cols], 'centres')], same);
  const scaled = graph.op('Mul', [gaps, graph.constant('double', [scale], [1, 1])], same);
  return graph.op('Round', [graph.op('Clip', [scaled, scalar(-most), scalar(most)], same)], same);
}

/** |point|² - 2 · row · point for each row and each point of one block, [batch, size]: exact. */
function blockScores(graph: Graph, doubled: Value, { cols, cells }: Cells, from: number, size: number): Value {
  const turned = new Float32Array(cols * size);
  const norms = new Float64Array(size);
  for (let p = 0; p < size; p++) {
    for (let j = 0; j < cols; j++) {
      const x = cells[(from + p) * cols + j];
      turned[j * size + p] = x;
      norms[p] += x * x;
    }
  }
  const wide = { dtype: 'double' as const, dims: ['batch', size] };
  const narrow = graph.constant('float', turned, [cols, size], 'points');
  const block = graph.op('Cast', [narrow], { dtype: 'double', dims: [cols, size] }, { to: { type: 'int', value: 11 } });
  const products = graph.op('MatMul', [doubled, block], wide);
  return graph.op('Sub', [graph.constant('double', norms, [1, size], 'norms'), products], wide);
}

/** The `count` least of each row with their places, least first, of equal ones the earlier. */
function least(graph: Graph, scores: Value, count: number): [Value, Value] {
  const dims = ['batch', count];
  const [values, places] = graph.several(
    'TopK',
    [scores, graph.constant('int64', [count])],
    [
      { dtype: 'double', dims },
      { dtype: 'int64', dims },
    ],
    { largest: { type: 'int', value: 0 }, axis: { type: 'int', value: 1 } },
  );
  return [values, places];
}

/** As `kernels.nearestPoints`: int64 places and double squared distances, [batch, wanted]. `cells` come from `lowerGrid`. */
export function lowerNearest(graph: Graph, cells: Value, points: Cells, wanted: number): { ids: Value; squares: Value } {
  const double = 'double' as const;
  const doubled = graph.op('Mul', [cells, graph.constant(double, [2], [1, 1])], { dtype: double, dims: cells.dims });
  const values: Value[] = [];
  const ids: Value[] = [];
  let total = 0;
  for (let from = 0; from < points.count; from += BLOCK) {
    const size = Math.min(BLOCK, points.count - from);
    const count = Math.min(wanted, size);
    const [nearest, places] = least(graph, blockScores(graph, doubled, points, from, size), count);
    values.push(nearest);
    ids.push(graph.op('Add', [places, graph.constant('int64', [from], [1, 1])], { dtype: 'int64', dims: ['batch', count] }));
    total += count;
  }
  let found: { values: Value; ids: Value } = { values: values[0], ids: ids[0] };
  if (values.length > 1) {
    const axis = { axis: { type: 'int' as const, value: 1 } };
    const [nearest, places] = least(graph, graph.op('Concat', values, { dtype: double, dims: ['batch', total] }, axis), wanted);
    const all = graph.op('Concat', ids, { dtype: 'int64', dims: ['batch', total] }, axis);
    found = { values: nearest, ids: graph.op('GatherElements', [all, places], { dtype: 'int64', dims: ['batch', wanted] }, axis) };
  }
  const axes = graph.constant('int64', [1]);
  const squared = graph.op('Mul', [cells, cells], { dtype: double, dims: cells.dims });
  const length = graph.op('ReduceSum', [squared, axes], { dtype: double, dims: ['batch', 1] }, { keepdims: { type: 'int', value: 1 } });
  return { ids: found.ids, squares: graph.op('Add', [found.values, length], { dtype: double, dims: ['batch', wanted] }) };
}
