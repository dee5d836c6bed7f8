/** What the columns do to a model's answers, for models of any kind: how much worse it gets without each, and how its answer moves along each. */
import { spreadPlaces } from '../base/indices.ts';
import type { Random } from '../base/random.ts';
import { metricName, type Phrase, phrase, rowsOf } from '../base/words.ts';
import { formatMetric, metricInfo, primaryMetric } from '../metrics/metric-info.ts';
import { type Cell, type Column, categoriesOf, cellAt, columnOf, isMissing, numeric } from '../table/column.ts';
import { formatDateTime } from '../table/datetime.ts';
import { gather } from '../table/gather.ts';
import { table as makeTable, type Table } from '../table/table.ts';
import { classAsked } from './explain.ts';
import type { Frame } from './frame.ts';
import { metricsOf } from './judge.ts';
import type { Lookups, Model, Predicted } from './model.ts';
import { predictModel } from './predict.ts';
import { rowsToScore, truthOf } from './score.ts';

export interface EffectsAsk {
  /** At most so many rows, evenly spread, for the importances. */
  rows: number;
  /** Shuffles of each column. */
  repeats: number;
  /** Columns with curves, the most important first. */
  columns: number;
  /** Values along each column, at most. */
  points: number;
  /** The class whose probability the curves show; '' = the positive one, of more than two the last. */
  className: string;
  random: Random;
  progress: (fraction: number) => void;
}
export interface Effects {
  /** Per column: how much worse the metric gets when its values are shuffled, the mean over the repeats and its standard deviation; largest first. */
  importances: Table;
  /** Per column and value: the mean answer with the value in every row (partial dependence), 10th and 90th percentile, and the answers of some rows. */
  curves: Table;
  notes: Phrase[];
}

/** Rows whose answers the curves are means of, and those among them that have a line of their own. */
const CURVE_ROWS = 200;
const LINES = 12;

export type ShuffleAsk = Pick<EffectsAsk, 'rows' | 'repeats' | 'random'>;
export interface Shuffled {
  /** Largest first. */
  list: { name: string; mean: number; sd: number }[];
  note: Phrase;
}
/** Rows that answers are asked for, and how. */
interface Asked {
  rows: Table;
  /** Where they stand in the frame. */
  places: Int32Array;
  names: readonly string[];
  predict: (table: Table) => Promise<Predicted>;
}

/**
 * Permutation importance after Breiman 2001 ("Random forests", §10) and Fisher, Rudin and Dominici 2019: per column the task's metric before
 * less that after its values are shuffled, by the metric's own unit. Throws the Problems of scoring.
 */
export async function shuffled(model: Model, frame: Frame, lookups: Lookups, ask: ShuffleAsk): Promise<Shuffled> {
  const asked = rowsAsked(model, frame, ask.rows);
  return shuffledBy(model, frame, lookups, ask, { ...asked, predict: (table) => predictModel(model, table, lookups) });
}

function rowsAsked(model: Model, frame: Frame, most: number): Omit<Asked, 'predict'> {
  const all = rowsToScore(model, frame).rows;
  const names = model.inputs.map(({ name }) => name);
  const places = spreadPlaces(all.rowCount, most);
  return { rows: chosen(all, names, places), places, names };
}

async function shuffledBy(model: Model, frame: Frame, lookups: Lookups, ask: ShuffleAsk, asked: Asked): Promise<Shuffled> {
  const { rows, places, names, predict } = asked;
  const truths = await truthOf(model, frame, lookups);
  const truth = truths && Float64Array.from(places, (place) => truths[place]);
  const judge = judgeOf(model, await predict(rows), truth);
  const losses: { name: string; values: number[] }[] = [];
  for (const [at, name] of names.entries()) {
    const values: number[] = [];
    for (let repeat = 0; repeat < ask.repeats; repeat++) {
      const order = ask.random.shuffle(Int32Array.from({ length: rows.rowCount }, (_, i) => i));
      values.push(judge.worse(await predict(withColumn(rows, at, gather(rows.columns[at], order)))));
    }
    losses.push({ name, values });
  }
  return { list: losses.map(({ name, values }) => ({ name, ...meanOf(values) })).sort((a, b) => b.mean - a.mean), note: judge.note };
}

/**
 * Importances as `shuffled` has them; partial dependence after Friedman 2001 and individual curves after Goldstein et al. 2015. Throws the
 * Problems of scoring, and `explain.no-class`.
 */
export async function effectsOf(model: Model, frame: Frame, lookups: Lookups, ask: EffectsAsk): Promise<Effects> {
  const asked = rowsAsked(model, frame, ask.rows);
  const { rows, names } = asked;
  const steps = names.length * ask.repeats + Math.min(ask.columns, names.length);
  let done = 0;
  const predict = async (table: Table): Promise<Predicted> => {
    const said = await predictModel(model, table, lookups);
    ask.progress(Math.min(1, done++ / (steps + 1)));
    return said;
  };
  const { list: importances, note } = await shuffledBy(model, frame, lookups, ask, { ...asked, predict });
  const k = (model.classes?.length ?? 0) === 0 ? undefined : (classAsked(model, ask.className) ?? (model.classes?.length ?? 1) - 1);
  const few = chosen(rows, names, spreadPlaces(rows.rowCount, CURVE_ROWS));
  const curves: Curve[] = [];
  for (const { name } of importances.slice(0, ask.columns)) curves.push(await curveOf(few, names.indexOf(name), ask.points, k, predict));
  const of = model.classes && k !== undefined ? model.classes[k] : undefined;
  return {
    importances: importanceTable(importances),
    curves: curveTable(curves),
    notes: [
      note,
      of === undefined
        ? phrase('effects.of-value', 'The curves show “{target}”, the mean over {rows} with one value in all of them.', {
            target: model.target ?? '',
            rows: rowsOf(few.rowCount),
          })
        : phrase('effects.of-class', 'The curves show the probability of “{class}”, the mean over {rows} with one value in all of them.', {
            class: of,
            rows: rowsOf(few.rowCount),
          }),
    ],
  };
}

const chosen = (all: Table, names: readonly string[], places: Int32Array): Table => {
  const at = names.map((name) => all.fields.findIndex((field) => field.name === name));
  return makeTable(
    at.map((i) => all.fields[i]),
    at.map((i) => gather(all.columns[i], places)),
    places.length,
  );
};
const withColumn = (rows: Table, at: number, column: Column): Table => ({ ...rows, columns: rows.columns.with(at, column) });

/** By the task's metric where the truth is known; else by how far the answers move. */
function judgeOf(model: Model, before: Predicted, truth: Float64Array | undefined): { worse: (after: Predicted) => number; note: Phrase } {
  const task = model.task === 'classify' ? 'classify' : 'regress';
  const known = truth && Int32Array.from(truth.keys()).filter((i) => Number.isFinite(truth[i]));
  if (!truth || !known || known.length === 0) {
    const answers = (said: Predicted) => said.probabilities ?? said.codes;
    return {
      worse: (after) => answers(before).reduce((sum, value, i) => sum + Math.abs(value - answers(after)[i]), 0) / before.codes.length,
      note: phrase('effects.no-truth', 'The table lacks the target, so importance is how far the answers move.'),
    };
  }
  const classes = model.classes?.length ?? 0;
  const metric = primaryMetric(task, classes);
  const pick = (values: Float64Array, width: number) =>
    Float64Array.from({ length: known.length * width }, (_, i) => values[known[Math.floor(i / width)] * width + (i % width)]);
  const truths = pick(truth, 1);
  const value = ({ codes, probabilities }: Predicted) =>
    metricsOf(task, truths, pick(codes, 1), probabilities && pick(probabilities, classes), model.classes, model.positive).metrics[metric] ??
    Number.NaN;
  const base = value(before);
  const sign = metricInfo(metric).higherIsBetter ? 1 : -1;
  return {
    worse: (after) => sign * (base - value(after)),
    note: phrase('effects.by-metric', 'Importance is how much worse {metric} gets, from {value}, when a column is shuffled over {rows}.', {
      metric: metricName(metric, metricInfo(metric).title),
      value: formatMetric(metric, base),
      rows: rowsOf(known.length),
    }),
  };
}

function meanOf(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN };
}

interface Curve {
  name: string;
  /** Its numbers are times. */
  dates: boolean;
  /** What stands at each point, and where it lies when it is a number. */
  cells: Cell[];
  at: number[];
  /** Row-major [points, rows]. */
  answers: Float64Array;
  rows: number;
}

/** The value of some row stands for each point, so that the column keeps its type. */
async function curveOf(
  rows: Table,
  at: number,
  most: number,
  k: number | undefined,
  predict: (table: Table) => Promise<Predicted>,
): Promise<Curve> {
  const column = rows.columns[at];
  const points = pointsOf(column, most);
  const n = rows.rowCount;
  const same = Int32Array.from({ length: points.length * n }, (_, i) => i % n);
  const many = makeTable(
    [...rows.fields],
    rows.columns.map((each, j) => gather(each, j === at ? Int32Array.from(same, (_, i) => points[Math.floor(i / n)]) : same)),
    same.length,
  );
  const { codes, probabilities } = await predict(many);
  const width = probabilities ? probabilities.length / codes.length : 1;
  const answers = probabilities && k !== undefined ? codes.map((_, i) => probabilities[i * width + k]) : codes;
  const cells = points.map((row) => cellAt(column, row));
  return {
    name: rows.fields[at].name,
    dates: column.type === 'datetime',
    cells,
    at: cells.map((cell) => (typeof cell === 'number' ? cell : Number.NaN)),
    answers,
    rows: n,
  };
}

/** Rows that hold the values to try: numbers at even steps of their order, of other types the most frequent. */
function pointsOf(column: Column, most: number): number[] {
  const known = Array.from({ length: column.length }, (_, i) => i).filter((i) => !isMissing(column, i));
  const first = new Map<Cell, { row: number; count: number }>();
  for (const row of known) {
    const cell = cellAt(column, row);
    const entry = first.get(cell);
    if (entry) entry.count++;
    else first.set(cell, { row, count: 1 });
  }
  const entries = [...first].map(([cell, { row, count }]) => ({ cell, row, count }));
  if (column.type === 'category' || column.type === 'text' || column.type === 'boolean')
    return entries
      .sort((a, b) => b.count - a.count || a.row - b.row)
      .slice(0, most)
      .map(({ row }) => row);
  const sorted = known.toSorted((a, b) => Number(cellAt(column, a)) - Number(cellAt(column, b)));
  const steps =
    entries.length <= most
      ? entries.map(({ row }) => row)
      : Array.from({ length: most }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (most - 1))]);
  return [...new Map(steps.map((row) => [cellAt(column, row), row])).values()].sort(
    (a, b) => Number(cellAt(column, a)) - Number(cellAt(column, b)),
  );
}

const importanceTable = (rows: readonly { name: string; mean: number; sd: number }[]): Table =>
  makeTable(
    ['column', 'importance', 'spread'],
    [
      categoriesOf(rows.map(({ name }) => name)),
      numeric(Float64Array.from(rows, ({ mean }) => mean)),
      numeric(Float64Array.from(rows, ({ sd }) => sd)),
    ],
    rows.length,
  );

function curveTable(curves: readonly Curve[]): Table {
  const points = curves.flatMap((curve) =>
    curve.cells.map((cell, p) => ({ curve, cell, p, sorted: curve.answers.slice(p * curve.rows, (p + 1) * curve.rows).sort() })),
  );
  const rows = curves[0]?.rows ?? 0;
  const lines = spreadPlaces(rows, LINES);
  const share = (sorted: Float64Array, q: number) => sorted[Math.round(q * (sorted.length - 1))];
  const number = (of: (point: (typeof points)[number]) => number) => numeric(Float64Array.from(points, of));
  return makeTable(
    ['column', 'value', 'at', 'mean', 'low', 'high', ...Array.from(lines, (row) => `row ${row + 1}`)],
    [
      categoriesOf(points.map(({ curve }) => curve.name)),
      columnOf(
        'text',
        points.map(({ curve, cell }) => (curve.dates && typeof cell === 'number' ? formatDateTime(cell) : String(cell))),
      ),
      number(({ curve, p }) => curve.at[p]),
      number(({ sorted }) => sorted.reduce((sum, value) => sum + value, 0) / sorted.length),
      number(({ sorted }) => share(sorted, 0.1)),
      number(({ sorted }) => share(sorted, 0.9)),
      ...Array.from(lines, (row) => number(({ curve, p }) => curve.answers[p * curve.rows + row])),
    ],
    points.length,
  );
}
