/** Principal components as a table step: (x - mean) · direction, learned from the learning rows. */
import { type Phrase, phrase } from '../../base/words.ts';
import { kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import { freeName } from '../../kind/schema.ts';
import type { Graph } from '../../onnx/build.ts';
import type { Featuriser } from '../../recipe/model.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { booleans, categories, numeric } from '../../table/column.ts';
import { type Table, table as tableOf, withColumn, withColumns } from '../../table/table.ts';
import { fitMatrix, lowerMatrix, matrixOf } from '../column-matrix.ts';
import { COMPONENT_COLUMNS, componentNames } from './kind.ts';
import { principal } from './principal.ts';

export interface FittedComponents {
  featuriser: Featuriser;
  /** Columns that the components replace. */
  replaced: string[];
  names: string[];
  means: Float64Array;
  /** Row-major [features, names]. */
  weights: Float64Array;
  /** Of all components, those not kept too. */
  variances: Float64Array;
  /** Row-major [names, features], of length 1. */
  directions: Float64Array;
}

/** Less of the variance than this is rounding. */
const NOTHING = 1e-12;

export function fit(table: Table, params: ParamValues): FittedComponents {
  const { featuriser, X, names: replaced } = fitMatrix(table, params, params.standardise ? 'impute-scale' : 'impute', COMPONENT_COLUMNS);
  const { means, variances, directions } = principal(X);
  const total = variances.reduce((sum, v) => sum + v, 0);
  let count = 0;
  for (let held = 0; count < variances.length; ) {
    if (params.by === 'count' ? count === Number(params.count) : held >= Number(params.share) * total * (1 - NOTHING)) break;
    if (count > 0 && variances[count] <= NOTHING * total) break;
    held += variances[count++];
  }
  count = Math.max(1, count);
  const { cols } = X;
  const weights = new Float64Array(cols * count);
  for (let c = 0; c < count; c++) {
    const size = params.whiten && variances[c] > 0 ? Math.sqrt(variances[c]) : 1;
    for (let j = 0; j < cols; j++) weights[j * count + c] = directions[c * cols + j] / size;
  }
  return {
    featuriser,
    replaced: params.keep ? [] : replaced,
    names: componentNames(new Set(table.fields.map((field) => field.name)), count),
    means,
    weights,
    variances,
    directions: directions.slice(0, count * cols),
  };
}

export function apply(table: Table, _params: ParamValues, fitted: unknown): Table {
  const { featuriser, replaced, names, means, weights } = fitted as FittedComponents;
  const { rows, cols, values } = matrixOf(featuriser, table);
  const centred = Float64Array.from(values, (value, at) => value - means[at % cols]);
  const scores = kernels.product({ rows, cols, values: centred }, { rows: cols, cols: names.length, values: weights });
  const gone = new Set(replaced);
  const kept = table.fields.map((_, i) => i).filter((i) => !gone.has(table.fields[i].name));
  const rest = withColumns(
    table,
    kept.map((i) => table.fields[i]),
    kept.map((i) => table.columns[i]),
  );
  return names.reduce((result, name, c) => {
    const column = Float64Array.from({ length: rows }, (_, i) => scores[i * names.length + c]);
    return withColumn(result, { name, role: 'feature' }, numeric(column));
  }, rest);
}

export function lower(graph: Graph, columns: LoweredTable, _params: ParamValues, fitted: unknown): LoweredTable {
  const { featuriser, replaced, names, means, weights } = fitted as FittedComponents;
  const X = lowerMatrix(graph, featuriser, columns);
  const same = { dtype: 'double' as const, dims: X.dims };
  const centred = graph.op('Sub', [X, graph.constant('double', means, [1, means.length], 'means')], same);
  const table = graph.constant('double', weights, [means.length, names.length], 'weights');
  const scores = graph.op('MatMul', [centred, table], { dtype: 'double', dims: ['batch', names.length] });
  const result = new Map(columns);
  for (const name of replaced) result.delete(name);
  names.forEach((name, c) => {
    const value = graph.op(
      'Gather',
      [scores, graph.constant('int64', [c])],
      { dtype: 'double', dims: ['batch', 1] },
      { axis: { type: 'int', value: 1 } },
    );
    result.set(name, { type: 'number', value });
  });
  return result;
}

/** Every component is made from all columns that vary. */
export function provenance(fitted: unknown): { name: string; from: string[] }[] {
  const { featuriser, names } = fitted as FittedComponents;
  const from = featuriser.columns.map((column) => column.name);
  return names.map((name) => ({ name, from }));
}

/** One row per component: its share of the variance, and of those kept the weight of each column. */
export const others = {
  components: (_table: Table, _params: ParamValues, fitted: unknown): Table => {
    const { featuriser, names, variances, directions } = fitted as FittedComponents;
    const { features } = featuriser;
    const total = variances.reduce((sum, v) => sum + v, 0);
    const shares = variances.map((v) => (total > 0 ? v / total : 0));
    let held = 0;
    const cumulative = shares.map((share) => {
      held += share;
      return held;
    });
    const all = componentNames(new Set(), variances.length);
    const head = ['component', 'variance share', 'cumulative share', 'variance', 'kept'];
    const taken = new Set(head);
    return tableOf(
      [...head, ...features.map((name) => freeName(name, taken))],
      [
        categories(Int32Array.from(variances.keys()), all),
        numeric(shares),
        numeric(cumulative),
        numeric(variances),
        booleans(Uint8Array.from(variances, (_, c) => (c < names.length ? 1 : 0))),
        ...features.map((_, j) =>
          numeric(Float64Array.from(variances, (_v, c) => (c < names.length ? directions[c * features.length + j] : Number.NaN))),
        ),
      ],
    );
  },
};

export const headline = (_before: Table, _after: Table, _params: ParamValues, fitted: unknown): Phrase => {
  const { names, variances, featuriser } = fitted as FittedComponents;
  const total = variances.reduce((sum, v) => sum + v, 0);
  const held = variances.subarray(0, names.length).reduce((sum, v) => sum + v, 0);
  return phrase('result.components', '{features} columns → {count} {component|components}, {share} % of the variance', {
    features: featuriser.features.length,
    count: names.length,
    share: total > 0 ? ((100 * held) / total).toFixed(1) : '100',
  });
};
