/** Writes nearest neighbours into an ONNX graph: exact distances block by block, the nearest of each, the nearest of those, and their votes. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerGrid, lowerNearest } from '../../recipe/lower-nearest.ts';
import type { FittedNeighbours } from './votes.ts';

const DOUBLE = 'double' as const;

export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const model = fitted as FittedNeighbours;
  const { grid, points, counts, votes, width, k, prior, smoothing } = model;
  const wanted = Math.min(k, points.count);
  const cells = lowerGrid(graph, X, grid);
  const { ids, squares } = lowerNearest(graph, cells, points, wanted);
  const near = { dtype: DOUBLE, dims: ['batch', wanted] };
  const number = (value: number) => graph.constant(DOUBLE, [value], [1, 1]);
  const own = graph.op('Gather', [graph.constant(DOUBLE, counts, [points.count], 'counts'), ids], near);
  const before = graph.op('CumSum', [own, graph.constant('int64', [1], [])], near, { exclusive: { type: 'int', value: 1 } });
  const left = graph.op('Max', [graph.op('Sub', [number(k), before], near), number(0)], near);
  let shares = graph.op('Div', [graph.op('Min', [own, left], near), own], near);
  if (model.byDistance) shares = byDistance(graph, shares, squares, near);
  const wide = { dtype: DOUBLE, dims: ['batch', wanted, width] };
  const column = graph.op('Unsqueeze', [shares, graph.constant('int64', [2])], { dtype: DOUBLE, dims: ['batch', wanted, 1] });
  const table = graph.op('Gather', [graph.constant(DOUBLE, votes, [points.count, width], 'votes'), ids], wide);
  const out = { dtype: DOUBLE, dims: ['batch', width] };
  const keep = (value: number) => ({ keepdims: { type: 'int' as const, value } });
  const sums = graph.op('ReduceSum', [graph.op('Mul', [column, table], wide), graph.constant('int64', [1])], out, keep(0));
  let answer: Value;
  if (classCount === 0) {
    const one = { dtype: DOUBLE, dims: ['batch', 1] };
    const pick = (at: number) => graph.op('Gather', [sums, graph.constant('int64', [at])], one, { axis: { type: 'int', value: 1 } });
    answer = graph.op('Div', [pick(0), pick(1)], one);
  } else {
    const total = graph.op('ReduceSum', [sums, graph.constant('int64', [1])], { dtype: DOUBLE, dims: ['batch', 1] }, keep(1));
    const plain = graph.op('Mul', [graph.op('Div', [sums, total], out), number(k / (k + smoothing))], out);
    answer = graph.op('Add', [plain, graph.constant(DOUBLE, prior, [1, width], 'prior')], out);
  }
  return graph.op('Cast', [answer], { dtype: 'float', dims: answer.dims }, { to: { type: 'int', value: 1 } });
}

/** Shares over the distance; where the nearest is at the very place, only what is there counts. */
function byDistance(graph: Graph, shares: Value, squares: Value, near: { dtype: 'double'; dims: Value['dims'] }): Value {
  const flag = { dtype: 'bool' as const, dims: near.dims };
  const zero = graph.constant('double', [0], [1, 1]);
  const here = graph.op('Equal', [squares, zero], flag);
  const nearest = graph.op('ReduceMin', [squares], { dtype: 'double', dims: ['batch', 1] }, { axes: { type: 'ints', value: [1] } });
  const any = graph.op('Equal', [nearest, zero], { dtype: 'bool', dims: ['batch', 1] });
  const distance = graph.op('Sqrt', [graph.op('Where', [here, graph.constant('double', [1], [1, 1]), squares], near)], near);
  const inverse = graph.op('Div', [shares, distance], near);
  return graph.op('Where', [any, graph.op('Where', [here, shares, zero], near), inverse], near);
}
