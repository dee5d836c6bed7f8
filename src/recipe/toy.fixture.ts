/** For tests: toy steps and learners, each the smallest that shows one rule, and runs on them without any registry. */
import { stream } from '../base/random.ts';
import type { Kind, StepEffects } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import { type Cell, type Column, cellsOf, columnOf, isMissing, numeric } from '../table/column.ts';
import { columnNamed, gatherRows, type Table, table, withColumn, withColumns } from '../table/table.ts';
import { barrier, runStep } from './apply-step.ts';
import type { Frame, Step } from './frame.ts';
import type { FitRun, LearnerCode, LearnerSpec, Lookups } from './model.ts';
import type { StepCode } from './step.ts';
import { numbersOf } from './target.ts';

interface Toy {
  kind: Kind;
  code: StepCode;
}
function toy(id: string, effects: Partial<StepEffects>, code: StepCode, more: Partial<Kind> = {}): Toy {
  const kind: Kind = {
    id: `toy.${id}`,
    version: 1,
    title: id,
    group: 'prepare',
    icon: 'table',
    synonyms: [],
    summary: '',
    inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
    outputs: [{ id: 'table', title: 'Table', type: 'table' }],
    params: {},
    schema: ({ inputs }) => ({ table: inputs.table }),
    ...effects,
    ...more,
  };
  return { kind, code };
}
const values = (t: Table, name: unknown): Float64Array => numbersOf(columnNamed(t, String(name)));
const meanOf = (numbers: Float64Array): number => {
  const known = numbers.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
};
const put = (t: Table, name: unknown, change: (value: number) => number): Table =>
  withColumn(t, String(name), numeric(values(t, name).map(change)));
const rowsWhere = (column: Column, keep: (row: number) => boolean) => Int32Array.from({ length: column.length }, (_, i) => i).filter(keep);
const twoTables: Partial<Kind> = {
  inputs: [
    { id: 'left', title: 'Left', type: 'table', required: true },
    { id: 'right', title: 'Right', type: 'table', required: true },
  ],
  schema: () => ({}),
};

/** `column`: missing cells become the learned mean. */
export const impute = toy(
  'impute',
  { rows: 'keep', learns: true },
  {
    fit: (t, params) => meanOf(values(t, params.column)),
    apply: (t, params, fitted) => put(t, params.column, (value) => (Number.isNaN(value) ? (fitted as number) : value)),
  },
);
/** `column` minus its learned mean. */
export const centre = toy(
  'centre',
  { rows: 'keep', learns: true },
  {
    fit: (t, params) => meanOf(values(t, params.column)),
    apply: (t, params, fitted) => put(t, params.column, (value) => value - (fitted as number)),
    inverse: (predicted, _params, fitted) => predicted.map((value) => value + (fitted as number)),
  },
);
/** `column` times ten: learns nothing. */
export const tenfold = toy('tenfold', { rows: 'keep' }, { apply: (t, params) => put(t, params.column, (value) => value * 10) });
/** The target halved, with its way back. */
export const halveTarget = toy(
  'halve',
  { rows: 'keep', target: 'writes' },
  {
    apply: (t, params) => put(t, params.column, (value) => value / 2),
    inverse: (predicted) => predicted.map((value) => value * 2),
  },
);
/** Adds `copy`, computed from `column`. */
export const copy = toy(
  'copy',
  { rows: 'keep' },
  { apply: (t, params) => withColumn(t, 'copy', numeric(values(t, params.column).slice())) },
  {
    schema: ({ inputs, params }) => {
      const input = inputs.table;
      if (input?.type !== 'table') return {};
      const added = { name: 'copy', type: 'number' as const, role: 'feature' as const, from: [String(params.column)] };
      return { table: { ...input, schema: { columns: [...input.schema.columns, added] } } };
    },
  },
);
/** Renames `column` to `to`. */
export const rename = toy(
  'rename',
  { rows: 'keep' },
  {
    apply: (t, params) =>
      withColumns(
        t,
        t.fields.map((field) => (field.name === params.column ? { ...field, name: String(params.to) } : field)),
        t.columns,
      ),
  },
);
/** Leaves out rows where `column` is missing. */
export const drop = toy(
  'drop',
  { rows: 'subset' },
  {
    select: (t, params) => rowsWhere(columnNamed(t, String(params.column)), (i) => !isMissing(columnNamed(t, String(params.column)), i)),
  },
);
/** Keeps rows below the learned mean of `column`. */
export const low = toy(
  'low',
  { rows: 'subset', learns: true },
  {
    fit: (t, params) => meanOf(values(t, params.column)),
    select: (t, params, fitted) =>
      rowsWhere(columnNamed(t, String(params.column)), (i) => values(t, params.column)[i] < (fitted as number)),
  },
);
/** Every row twice. */
export const twice = toy('twice', { rows: 'repeat' }, { select: (t) => Int32Array.from({ length: t.rowCount * 2 }, (_, i) => i >> 1) });
/** One row per value of `key` with the mean of `column`. */
export const groupMean = toy(
  'group',
  { rows: 'new', learns: true },
  {
    make: (t, params) => {
      const keys = cellsOf(columnNamed(t, String(params.key)));
      const distinct = [...new Set(keys)].sort();
      const means = distinct.map((key) => meanOf(values(t, params.column).filter((_, i) => keys[i] === key)));
      return table([String(params.key), 'mean'], [columnOf('category', distinct), columnOf('number', means)]);
    },
  },
);
/** Adds the right table's `mean` by `key`: unique right keys keep rows, else a new table. */
export const lookUp = toy(
  'join',
  { rows: 'keep' },
  {
    effect: (_t, params, [right]) => {
      const keys = cellsOf(columnNamed(right, String(params.key)));
      if (new Set(keys).size < keys.length) return 'new';
      return params.inner ? ['keep', 'subset'] : 'keep';
    },
    apply: (t, params, _fitted, [right]) => {
      const keys = cellsOf(columnNamed(right, String(params.key)));
      const means = cellsOf(columnNamed(right, 'mean'));
      const found = cellsOf(columnNamed(t, String(params.key))).map((key): Cell => means[keys.indexOf(key)] ?? null);
      return withColumn(t, 'mean', columnOf('number', found));
    },
    select: (t) => rowsWhere(columnNamed(t, 'mean'), (i) => !isMissing(columnNamed(t, 'mean'), i)),
    make: (t, params, [right]) => {
      const keys = cellsOf(columnNamed(right, String(params.key)));
      const pairs = cellsOf(columnNamed(t, String(params.key))).flatMap((key, i) =>
        keys.flatMap((other, j) => (other === key ? [[i, j]] : [])),
      );
      const left = gatherRows(
        t,
        Int32Array.from(pairs, ([i]) => i),
      );
      return withColumn(
        left,
        'mean',
        gatherRows(
          right,
          Int32Array.from(pairs, ([, j]) => j),
        ).columns[1],
      );
    },
  },
  twoTables,
);
/** Rows of both, one below the other. */
export const stack = toy(
  'stack',
  { rows: 'new' },
  {
    unites: true,
    make: (t, _params, [other]) =>
      table(
        t.fields,
        t.fields.map((field, i) => columnOf(t.columns[i].type, [...cellsOf(t.columns[i]), ...cellsOf(columnNamed(other, field.name))])),
      ),
  },
  twoTables,
);
/** `column` replaced by its rank: looks at the whole column. */
export const rank = toy(
  'rank',
  { rows: 'keep', order: 'whole' },
  {
    apply: (t, params) => {
      const sorted = values(t, params.column).slice().sort();
      return put(t, params.column, (value) => sorted.indexOf(value));
    },
  },
);
/** The value of the row before. */
export const lag = toy(
  'lag',
  { rows: 'keep', order: 'looks-back' },
  {
    apply: (t, params) =>
      withColumn(
        t,
        'before',
        numeric(Float64Array.from(values(t, params.column), (_, i) => (i === 0 ? Number.NaN : values(t, params.column)[i - 1]))),
      ),
  },
);
/** Adds a learned random number to `column`. */
export const noise = toy(
  'noise',
  { rows: 'keep', learns: true },
  {
    fit: (_t, _params, { random }) => random('noise').uint32(),
    apply: (t, params, fitted) => put(t, params.column, (value) => value + (fitted as number)),
  },
  { tags: { random: true } },
);

const toys = [impute, centre, tenfold, halveTarget, copy, rename, drop, low, twice, groupMean, lookUp, stack, rank, lag, noise];

/** Predicts the mean plus the row's sum of features, or class shares; keeps what it saw, for tests. */
export const sumLearner: LearnerCode = {
  featuriser: { numbers: 'impute', precision: 'float64' },
  fit: async ({ X, y, classCount }) => ({
    saw: [...X.values],
    mean: meanOf(y),
    shares: Array.from({ length: classCount }, (_, c) => y.filter((code) => code === c).length / y.length),
  }),
  predict: (fitted, X, classCount) => {
    const { mean, shares } = fitted as { mean: number; shares: number[] };
    if (classCount > 0) return { probabilities: Float64Array.from({ length: X.rows * classCount }, (_, i) => shares[i % classCount]) };
    const rowSum = (i: number) => {
      let sum = mean;
      for (let c = 0; c < X.cols; c++) sum += X.values[i * X.cols + c];
      return sum;
    };
    return { values: Float64Array.from({ length: X.rows }, (_, i) => rowSum(i)) };
  },
  lower: (graph, X, fitted, classCount) => {
    const { mean, shares } = fitted as { mean: number; shares: number[] };
    const width = Math.max(classCount, 1);
    const zero = graph.constant('double', new Float64Array(Number(X.dims[1]) * width).fill(classCount > 0 ? 0 : 1), [
      Number(X.dims[1]),
      width,
    ]);
    const sums = graph.op('MatMul', [X, zero], { dtype: 'double', dims: ['batch', width] });
    const all = graph.op('Add', [sums, graph.constant('double', classCount > 0 ? shares : [mean], [1, width])], {
      dtype: 'double',
      dims: ['batch', width],
    });
    return graph.op('Cast', [all], { dtype: 'float', dims: ['batch', width] }, { to: { type: 'int', value: 1 } });
  },
};

export const lookups: Lookups = {
  step: async (id) => {
    const found = toys.find((item) => item.kind.id === id);
    if (!found) throw new Error(`no toy ${id}`);
    return found.code;
  },
  learner: async () => sumLearner,
};
export const random = (purpose: string) => stream('toy', purpose);
export const fitRun: FitRun = { random, progress: () => undefined, stopRequested: () => false, backend: 'cpu' };
export const run = ({ code, kind }: Toy, params: ParamValues, ...frames: Frame[]): Promise<Frame> =>
  runStep(code, kind, params, frames, { random, lookup: lookups.step });
export const runBarrier = ({ code, kind }: Toy, params: ParamValues, ...frames: Frame[]): Promise<Frame> =>
  barrier(code, kind, params, frames);
export const spec = (params: ParamValues = {}): LearnerSpec => ({ kind: 'toy.sum', version: 1, params, title: 'Sum' });
/** Fitted state of the frame's steps, in order. */
export const fittedOf = (frame: Frame): unknown[] =>
  frame.recipe.entries.flatMap((entry) => (entry.type === 'step' && !entry.picked ? [(entry as Step).fitted] : []));
export const column = (frame: Frame, name: string): Cell[] => cellsOf(columnNamed(frame.table, name));
