/** Says why a model answers as it does, row by row: what each feature column adds to the score (SHAP values), and how much on average. */
import { spreadPlaces } from '../base/indices.ts';
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase, rowsOf } from '../base/words.ts';
import { categoriesOf, numeric } from '../table/column.ts';
import { type Field, gatherRows, table as makeTable, type Table } from '../table/table.ts';
import { sampledEffects } from './explain-sampled.ts';
import { applyFeaturiser } from './featurise.ts';
import type { Frame } from './frame.ts';
import { type Contributions, type LearnerCode, type Lookups, type Matrix, type Model, modelName } from './model.ts';
import { replay } from './predict.ts';
import { rowsToScore, scoreFrame } from './score.ts';
import { PLAIN, staysBeside } from './scored-columns.ts';

export interface ExplainOptions {
  /** At most so many rows, evenly spread. */
  rows: number;
  /** With more than one class: the one whose score is explained; '' = that of each row's answer, with two classes the positive one. */
  className: string;
  progress: (fraction: number) => void;
}
export interface Explained {
  /** Per row: what names it, the answer, where the score starts, what each column adds, the score. */
  rows: Table;
  /** Per column: the mean of the absolute additions over the rows, largest first. */
  columns: Table;
  notes: Phrase[];
}

/** Rows explained at a time, between reports of progress. */
const AT_ONCE = 8;

/** What the scores and what is added to them are counted in. */
const UNITS: Record<Contributions['unit'], Phrase> = {
  'log-odds': phrase('explain.log-odds', 'Scores are log-odds: above 0 the class is likelier than not, and adding 0.7 doubles the odds.'),
  share: phrase('explain.share', 'Scores are shares of the vote, from 0 to 1.'),
  log: phrase('explain.log', 'Scores are natural logarithms of the prediction: adding 0.7 doubles it.'),
  amount: phrase('explain.amount', 'Scores are in the units of the target as the model learned it.'),
};

/** Place of the class asked for; of two the positive one when none is, else undefined. Throws `explain.no-class`. */
export function classAsked(model: Model, className: string): number | undefined {
  const { classes = [], positive } = model;
  if (className === '') return classes.length === 2 ? Math.max(0, classes.indexOf(positive ?? classes[1])) : undefined;
  const at = classes.indexOf(className);
  if (at >= 0 || classes.length === 0) return at;
  throw new ProblemError({
    code: 'explain.no-class',
    at: { param: 'class' },
    args: { class: className },
    message: `The model has no class “${className}”.`,
    hint: phrase('explain.classes', 'Its classes are {classes}.', { classes: classes.slice(0, 20).join(', ') }),
  });
}

function columnMeans({ rows, cols, values }: Matrix): Float64Array {
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) means[j] += values[i * cols + j] / rows;
  return means;
}

/** Features of the matrix that come from each of the featuriser's columns, in order. */
function columnsOfFeatures({ columns, features }: Model['featuriser']): Int32Array {
  const owners = columns.flatMap((column, j) => (column.levels && !column.coded ? column.levels.map(() => j) : [j]));
  if (owners.length !== features.length) throw new Error(`${features.length} features, but columns make ${owners.length}`);
  return Int32Array.from(owners);
}

interface Found {
  names: readonly string[];
  start: Float64Array;
  score: Float64Array;
  effects: Float64Array[];
  notes: Phrase[];
}
interface Asked {
  /** Raw rows. */
  raw: Table;
  /** Place of the class explained, by row; none for numbers. */
  classes: Int32Array | undefined;
  lookups: Lookups;
  progress: (fraction: number) => void;
}

/** Explains rows of the frame: exactly where the learner can, else by sampling; throws the Problems `explain.no-class` and those of scoring. */
export async function explainFrame(model: Model, frame: Frame, lookups: Lookups, options: ExplainOptions): Promise<Explained> {
  const classes = model.classes ?? [];
  const wanted = classAsked(model, options.className);
  const { frame: scored, notes } = await scoreFrame(model, frame, lookups);
  const places = spreadPlaces(frame.table.rowCount, options.rows);
  const beside = gatherRows(scored.table, places);
  const answers = classes.length === 0 ? undefined : wanted === undefined ? answersOf(beside, classes, model, scored) : undefined;
  const asked: Asked = {
    raw: gatherRows(rowsToScore(model, frame).rows, places),
    classes: classes.length === 0 ? undefined : (answers ?? new Int32Array(places.length).fill(wanted ?? 0)),
    lookups,
    progress: options.progress,
  };
  const whole = !model.foreign && !model.members && !model.calibration;
  const code = whole ? await lookups.learner(model.learner.kind, model.learner.version) : undefined;
  const found = code?.contributions ? await exactEffects(model, code, asked) : await byOrders(model, asked);
  const about = classes.length > 0 ? classNote(wanted === undefined ? undefined : classes[wanted]) : [];
  const some =
    places.length < frame.table.rowCount
      ? [
          phrase('explain.some-rows', '{some}, evenly spread over {all}, were explained.', {
            some: rowsOf(places.length),
            all: rowsOf(frame.table.rowCount),
          }),
        ]
      : [];
  return {
    rows: rowTable(beside, model, found),
    columns: meanTable(found.names, found.effects),
    notes: [...notes, ...found.notes, ...about, ...some],
  };
}

/** What the learner itself says that each feature adds to its score, by the columns that features come from. */
async function exactEffects(model: Model, code: LearnerCode, { raw, classes, lookups, progress }: Asked): Promise<Found> {
  const X = applyFeaturiser(model.featuriser, await replay(model, raw, lookups), code.featuriser.precision);
  const owners = columnsOfFeatures(model.featuriser);
  const names = model.featuriser.columns.map(({ name }) => name);
  const count = model.classes?.length ?? 0;
  const means = columnMeans(X);
  const start = new Float64Array(X.rows);
  const score = new Float64Array(X.rows);
  const effects = names.map(() => new Float64Array(X.rows));
  let unit: Contributions['unit'] = 'amount';
  for (let from = 0; from < X.rows; from += AT_ONCE) {
    const part: Matrix = {
      rows: Math.min(AT_ONCE, X.rows - from),
      cols: X.cols,
      values: X.values.subarray(from * X.cols, (from + AT_ONCE) * X.cols),
    };
    const found = code.contributions!(model.fitted, part, count, means);
    unit = found.unit;
    const outputs = found.expected.length;
    for (let i = 0; i < part.rows; i++) {
      const k = classes?.[from + i] ?? 0;
      // One score for two classes speaks of the second.
      const output = outputs === 1 ? 0 : k;
      const sign = outputs === 1 && count === 2 && k === 0 ? -1 : 1;
      start[from + i] = sign * found.expected[output];
      score[from + i] = start[from + i];
      for (let f = 0; f < X.cols; f++) {
        const added = sign * found.values[(i * outputs + output) * X.cols + f];
        effects[owners[f]][from + i] += added;
        score[from + i] += added;
      }
    }
    progress((from + part.rows) / X.rows);
  }
  return { names, start, score, effects, notes: [UNITS[unit]] };
}

/** For ensembles, calibrated models, learners that cannot say it themselves, and imported files. */
async function byOrders(model: Model, { raw, classes, lookups, progress }: Asked): Promise<Found> {
  const { orders, ...found } = await sampledEffects(model, raw, classes, lookups, progress);
  const name = { model: modelName(model) };
  const unit =
    model.classes === undefined
      ? phrase('explain.answer', 'Scores are in the units of the target.')
      : phrase('explain.probability', 'Scores are probabilities of the class.');
  return {
    ...found,
    notes: [
      unit,
      phrase(
        'explain.sampled',
        '{model} does not tell by itself what columns add: that was measured by its answers while the columns became known in {orders} random orders. A row’s effects add up exactly; each of them is an estimate.',
        { ...name, orders },
      ),
    ],
  };
}

const classNote = (name: string | undefined): Phrase[] => [
  name === undefined
    ? phrase('explain.each-class', 'Each row’s score is that of the class it is answered.')
    : phrase('explain.of-class', 'The score is that of the class “{class}”.', { class: name }),
];

/** The likeliest class of each row, by its probabilities. */
function answersOf(beside: Table, classes: readonly string[], model: Model, scored: Frame): Int32Array {
  const by = scored.scored?.at(-1)?.model;
  const shares = classes.map((label) => {
    const at = beside.fields.findIndex(
      (field) => field.role === 'probability' && field.className === label && field.model === by && field.of === model.target,
    );
    const column = beside.columns[at];
    return column.type === 'number' ? column.values : new Float64Array(beside.rowCount);
  });
  return Int32Array.from({ length: beside.rowCount }, (_, i) => {
    let best = 0;
    for (let k = 1; k < classes.length; k++) if (shares[k][i] > shares[best][i]) best = k;
    return best;
  });
}

function rowTable(
  beside: Table,
  model: Model,
  {
    names,
    start,
    score,
    effects,
  }: { names: readonly string[]; start: Float64Array; score: Float64Array; effects: readonly Float64Array[] },
): Table {
  const stay = [...beside.fields.keys()].filter((i) => staysBeside({ ...PLAIN, keep: false }, beside.fields[i], model.target));
  const taken = new Set(stay.map((i) => beside.fields[i].name));
  const free = (name: string): string => {
    let candidate = name;
    for (let i = 2; taken.has(candidate); i++) candidate = `${name} (${i})`;
    taken.add(candidate);
    return candidate;
  };
  const added: [string, Float64Array][] = [
    ['start', start],
    ...names.map((name, j): [string, Float64Array] => [`effect of ${name}`, effects[j]]),
    ['score', score],
  ];
  const fields: Field[] = [...stay.map((i) => beside.fields[i]), ...added.map(([name]): Field => ({ name: free(name), role: 'meta' }))];
  return makeTable(fields, [...stay.map((i) => beside.columns[i]), ...added.map(([, values]) => numeric(values))], beside.rowCount);
}

function meanTable(names: readonly string[], effects: readonly Float64Array[]): Table {
  const means = effects.map((values) => values.reduce((sum, v) => sum + Math.abs(v), 0) / Math.max(1, values.length));
  const order = [...names.keys()].sort((a, b) => means[b] - means[a] || a - b);
  return makeTable(
    [
      { name: 'column', role: 'feature' },
      { name: 'mean absolute effect', role: 'feature' },
    ],
    [categoriesOf(order.map((j) => names[j])), numeric(Float64Array.from(order, (j) => means[j]))],
    names.length,
  );
}
