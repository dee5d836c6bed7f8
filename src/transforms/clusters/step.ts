/** K-means as a table step: groups from the learning rows, each row's nearest centre, the same to the bit in the graph. */
import { type Phrase, phrase } from '../../base/words.ts';
import { type Cells, type Grid, kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import { freeName } from '../../kind/schema.ts';
import type { Graph } from '../../onnx/build.ts';
import { lowerGrid, lowerNearest } from '../../recipe/lower-nearest.ts';
import type { Featuriser } from '../../recipe/model.ts';
import type { FitContext, LoweredTable } from '../../recipe/step.ts';
import { categories, numeric } from '../../table/column.ts';
import { type Table, table as tableOf, withColumn } from '../../table/table.ts';
import { fitMatrix, inUnits, lowerMatrix, matrixOf } from '../column-matrix.ts';
import { type Found, kMeans, miniBatch } from './k-means.ts';
import { clusterLabels, clusterNames, MOST_AUTO } from './kind.ts';
import { silhouettes } from './silhouette.ts';

export interface FittedClusters {
  featuriser: Featuriser;
  grid: Grid;
  /** Centres in cells, the largest group first. */
  centres: Cells;
  cluster: string;
  /** Empty where no distance is wanted. */
  distance: string;
  /** Of the learning rows, per group: how many, Σ squared distance, mean distance, mean silhouette (NaN where there is none). */
  rows: number[];
  inertia: number[];
  meanDistance: number[];
  silhouette: number[];
  /** Mean silhouette of a sample of all rows; undefined with one group. */
  overall: number | undefined;
}

interface Tried {
  centres: Cells;
  ids: Int32Array;
  squares: Float64Array;
  groups: Float64Array;
  overall: number | undefined;
}

/** Whole cells for centres, largest group first, with every row's group and what the silhouettes say. */
function settle(rows: Cells, { centres, count }: Found, context: FitContext): Tried {
  const { cols } = rows;
  const cells = Float32Array.from(centres.subarray(0, count * cols), (x) => Math.round(x) + 0);
  const first = kernels.nearestPoints({ count, cols, cells }, rows, 1).ids;
  const sizes = new Float64Array(count);
  for (const id of first) sizes[id]++;
  // Two centres may fall into one cell: the later one has no rows.
  const order = Array.from(sizes.keys())
    .filter((c) => sizes[c] > 0)
    .sort((a, b) => sizes[b] - sizes[a] || a - b);
  const sorted = new Float32Array(order.length * cols);
  order.forEach((c, place) => {
    sorted.set(cells.subarray(c * cols, (c + 1) * cols), place * cols);
  });
  const kept = { count: order.length, cols, cells: sorted };
  const { ids, squares } = kernels.nearestPoints(kept, rows, 1);
  return { centres: kept, ids, squares, ...silhouettes(rows, ids, order.length, context.random('silhouette')) };
}

export function fit(table: Table, params: ParamValues, context: FitContext): FittedClusters {
  const { featuriser, X } = fitMatrix(table, params, params.standardise ? 'impute-scale' : 'impute');
  const grid = kernels.fitGrid(X.values, X.rows, X.cols);
  const rows: Cells = { count: X.rows, cols: X.cols, cells: kernels.onGrid(grid, X.values) };
  const find = (k: number) => {
    const random = context.random(`centres ${k}`);
    const run = params.method === 'batches' ? miniBatch : kMeans;
    return settle(rows, run(rows, Math.min(k, rows.count), Number(params.restarts), random), context);
  };
  let best: Tried | undefined;
  if (params.k !== null) best = find(Number(params.k));
  else {
    for (let k = Math.min(2, rows.count); k <= Math.min(MOST_AUTO, rows.count); k++) {
      const tried = find(k);
      if (!best || (tried.overall ?? -1) > (best.overall ?? -1)) best = tried;
    }
  }
  const { centres, ids, squares, groups, overall } = best!;
  const sums = {
    rows: new Float64Array(centres.count),
    inertia: new Float64Array(centres.count),
    distance: new Float64Array(centres.count),
  };
  ids.forEach((c, i) => {
    sums.rows[c]++;
    sums.inertia[c] += squares[i] / (grid.scale * grid.scale);
    sums.distance[c] += Math.sqrt(squares[i]) / grid.scale;
  });
  const names = clusterNames(new Set(table.fields.map((field) => field.name)), String(params.name));
  return {
    featuriser,
    grid,
    centres,
    cluster: names.cluster,
    distance: params.distance ? names.distance : '',
    rows: [...sums.rows],
    inertia: [...sums.inertia],
    meanDistance: Array.from(sums.distance, (sum, c) => sum / sums.rows[c]),
    silhouette: [...groups],
    overall,
  };
}

export function apply(table: Table, _params: ParamValues, fitted: unknown): Table {
  const { featuriser, grid, centres, cluster, distance } = fitted as FittedClusters;
  const X = matrixOf(featuriser, table);
  const { ids, squares } = kernels.nearestPoints(centres, { count: X.rows, cols: X.cols, cells: kernels.onGrid(grid, X.values) }, 1);
  const named = withColumn(table, { name: cluster, role: 'feature' }, categories(ids, clusterLabels(centres.count)));
  if (!distance) return named;
  const distances = squares.map((square) => Math.sqrt(square) / grid.scale);
  return withColumn(named, { name: distance, role: 'feature' }, numeric(distances));
}

export function lower(graph: Graph, columns: LoweredTable, _params: ParamValues, fitted: unknown): LoweredTable {
  const { featuriser, grid, centres, cluster, distance } = fitted as FittedClusters;
  const cells = lowerGrid(graph, lowerMatrix(graph, featuriser, columns), grid);
  const { ids, squares } = lowerNearest(graph, cells, centres, 1);
  const labels = clusterLabels(centres.count);
  const one = { dtype: 'double' as const, dims: ['batch', 1] };
  const value = graph.op('Gather', [graph.constant('string', labels), ids], { dtype: 'string', dims: ['batch', 1] });
  const result = new Map(columns).set(cluster, { type: 'category', value, categories: labels });
  if (!distance) return result;
  const root = graph.op('Sqrt', [squares], one);
  return result.set(distance, { type: 'number', value: graph.op('Div', [root, graph.constant('double', [grid.scale], [1, 1])], one) });
}

/** One row per group: how many rows, how near, how apart, and its centre in the columns' own units. */
export const others = {
  clusters: (_table: Table, _params: ParamValues, fitted: unknown): Table => {
    const { featuriser, grid, centres, rows, meanDistance, silhouette } = fitted as FittedClusters;
    const { count, cols, cells } = centres;
    const total = rows.reduce((sum, n) => sum + n, 0);
    const places = Array.from({ length: count }, (_, c) => inUnits(featuriser, (j) => cells[c * cols + j] / grid.scale + grid.centres[j]));
    const numbers = (values: ArrayLike<number>) => numeric(Float64Array.from(values));
    const head = ['cluster', 'rows', 'mean distance', 'silhouette', 'share'];
    const taken = new Set(head);
    const named = places[0].map(({ name }, j) => ({ name: freeName(name, taken), values: places.map((place) => place[j].value) }));
    return tableOf(
      [...head, ...named.map(({ name }) => name)],
      [
        categories(Int32Array.from(rows.keys()), clusterLabels(count)),
        numeric(Float64Array.from(rows), 'integer'),
        numbers(meanDistance),
        numbers(silhouette),
        numbers(rows.map((n) => n / total)),
        ...named.map(({ values }) => numbers(values)),
      ],
    );
  },
};

export const headline = (_before: Table, _after: Table, _params: ParamValues, fitted: unknown): Phrase => {
  const { centres, inertia, overall } = fitted as FittedClusters;
  const groups = phrase('brief.clusters', '{count} {group|groups}', { count: centres.count });
  const sum = inertia.reduce((all, part) => all + part, 0);
  const said = { groups, inertia: String(Number(sum.toPrecision(4))) };
  return overall === undefined
    ? phrase('result.clusters-one', '{groups}, inertia {inertia}', said)
    : phrase('result.clusters', '{groups}, silhouette {silhouette}, inertia {inertia}', { ...said, silhouette: overall.toFixed(2) });
};
