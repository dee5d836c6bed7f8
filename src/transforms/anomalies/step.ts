/** The isolation forest as a table step: 2^(-mean path / mean path of the sample) per row, from 0 to 1, and a mark above a limit. */
import { exp } from '../../base/float.ts';
import { type Phrase, phrase, rowsOf } from '../../base/words.ts';
import { kernels, type Trees } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph } from '../../onnx/build.ts';
import { lowerForest } from '../../recipe/lower-forest.ts';
import type { Featuriser } from '../../recipe/model.ts';
import type { FitContext, LoweredTable } from '../../recipe/step.ts';
import { booleans, numeric } from '../../table/column.ts';
import { columnNamed, gatherRows, type Table, withColumn } from '../../table/table.ts';
import { fitMatrix, lowerMatrix, matrixOf } from '../column-matrix.ts';
import { isolationTrees, meanPath } from './isolate.ts';
import { anomalyNames } from './kind.ts';

export interface FittedAnomalies {
  featuriser: Featuriser;
  trees: Trees;
  /** Score = exp(rate · Σ path). */
  rate: number;
  /** Rows above it are marked. */
  limit: number;
  score: string;
  outlier: string;
}

const BASE = new Float32Array(1);

function scoresOf({ featuriser, trees, rate }: Pick<FittedAnomalies, 'featuriser' | 'trees' | 'rate'>, table: Table): Float64Array {
  const { rows, cols, values } = matrixOf(featuriser, table);
  const paths = kernels.predictTrees(trees, BASE, Float32Array.from(values), rows, cols);
  return Float64Array.from(paths, (path) => exp(rate * path));
}

export function fit(table: Table, params: ParamValues, context: FitContext): FittedAnomalies {
  const { featuriser, X } = fitMatrix(table, params, 'impute-scale');
  const count = Number(params.trees);
  const sample = Math.min(Number(params.sample), X.rows);
  const trees = isolationTrees(Float32Array.from(X.values), X.rows, X.cols, count, sample, context.random('trees'));
  const rate = -Math.LN2 / (count * Math.max(1, meanPath(sample)));
  const names = anomalyNames(new Set(table.fields.map((field) => field.name)), String(params.name));
  const fitted = { featuriser, trees, rate, limit: 0.5, ...names };
  if (params.contamination === null) return fitted;
  const sorted = scoresOf(fitted, table).sort();
  const marked = Math.max(1, Math.round(Number(params.contamination) * sorted.length));
  return { ...fitted, limit: sorted[sorted.length - marked - 1] ?? 0 };
}

export function apply(table: Table, _params: ParamValues, fitted: unknown): Table {
  const model = fitted as FittedAnomalies;
  const scores = scoresOf(model, table);
  const scored = withColumn(table, { name: model.score, role: 'feature' }, numeric(scores));
  const marks = Uint8Array.from(scores, (score) => (score > model.limit ? 1 : 0));
  return withColumn(scored, { name: model.outlier, role: 'feature' }, booleans(marks));
}

export function lower(graph: Graph, columns: LoweredTable, _params: ParamValues, fitted: unknown): LoweredTable {
  const { featuriser, trees, rate, limit, score, outlier } = fitted as FittedAnomalies;
  const one = { dtype: 'double' as const, dims: ['batch', 1] };
  const double = { to: { type: 'int' as const, value: 11 } };
  const number = (value: number) => graph.constant('double', [value], [1, 1]);
  const X = lowerMatrix(graph, featuriser, columns);
  const narrow = graph.op('Cast', [X], { dtype: 'float', dims: X.dims }, { to: { type: 'int', value: 1 } });
  const paths = graph.op('Cast', [lowerForest(graph, narrow, trees, BASE)], one, double);
  const value = graph.op('Exp', [graph.op('Mul', [paths, number(rate)], one)], one);
  // A row of the limit itself must not be marked here and not there by the last digit of the exponential: the paths decide.
  const most = graph.op('Cast', [graph.constant('float', [longestMarked(rate, limit)], [1, 1])], one, double);
  const marked = graph.op('Not', [graph.op('Greater', [paths, most], { dtype: 'bool', dims: one.dims })], {
    dtype: 'bool',
    dims: one.dims,
  });
  return new Map(columns)
    .set(score, { type: 'number', value })
    .set(outlier, { type: 'boolean', value: graph.op('Cast', [marked], one, double) });
}

/** The longest path sum in float32 whose score, as computed here, is above the limit. */
function longestMarked(rate: number, limit: number): number {
  if (limit <= 0) return Number.MAX_VALUE;
  let low = 0;
  // Path sums are not negative, so their bits are in the order of the numbers.
  let high = 0x7f7fffff;
  const bits = new Int32Array(1);
  const path = new Float32Array(bits.buffer);
  const marked = (at: number) => {
    bits[0] = at;
    return exp(rate * path[0]) > limit;
  };
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (marked(middle)) low = middle;
    else high = middle - 1;
  }
  bits[0] = low;
  return path[0];
}

/** The marked rows, the most unusual first. */
export const others = {
  outliers: (table: Table, params: ParamValues, fitted: unknown): Table => {
    const { score, limit } = fitted as FittedAnomalies;
    const scored = apply(table, params, fitted);
    const column = columnNamed(scored, score);
    const scores = column.type === 'number' ? column.values : new Float64Array();
    const rows = Array.from(scores.keys()).filter((i) => scores[i] > limit);
    return gatherRows(scored, Int32Array.from(rows.sort((a, b) => scores[b] - scores[a] || a - b)));
  },
};

export const headline = (_before: Table, after: Table, _params: ParamValues, fitted: unknown): Phrase => {
  const column = columnNamed(after, (fitted as FittedAnomalies).outlier);
  const count = column.type === 'boolean' ? column.values.reduce((sum: number, mark) => sum + (mark === 1 ? 1 : 0), 0) : 0;
  return phrase('result.outliers', '{rows} marked as unusual', { rows: rowsOf(count) });
};
