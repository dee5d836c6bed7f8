/** Target encoding as a table step: new rows get the mean of a level's learning rows, learning rows that of the other parts. */
import { compareText } from '../../base/text-order.ts';
import { columnsChanged, type Phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { derivedRole, freeName } from '../../kind/schema.ts';
import type { Graph } from '../../onnx/build.ts';
import { targetOf } from '../../recipe/fit-model.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { classesOf, encodeClasses, numbersOf, taskOf } from '../../recipe/target.ts';
import { numeric } from '../../table/column.ts';
import { columnIndex, columnNamed, type Field, type Table, withColumns } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { ENCODABLE } from '../encode/kind.ts';
import { booleanLabels, coded as codedInGraph } from '../encode/lower.ts';
import { coded, placesOf } from '../encode/step.ts';
import { type Answers, PARTS, partOf, smoothed, totals } from './means.ts';

interface EncodedColumn {
  name: string;
  boolean: boolean;
  /** Levels that occur more than once, in code-point order. */
  levels: string[];
  /** Per new column: its name, the mean of each level, and that of missing cells. */
  made: { name: string; means: number[]; missing: number }[];
}
interface Fitted {
  target: string;
  /** Classes with a column each; empty for an amount. */
  classes: string[];
  columns: EncodedColumn[];
  /** The overall mean, per new column. */
  priors: number[];
}

/** So many classes get a column each, in the order of classes. */
const MOST_CLASSES = 30;

function answersOf(table: Table, params: ParamValues): { target: string; classes: string[]; answers: Answers } {
  const target = targetOf(table, params);
  const column = columnNamed(table, target);
  if (taskOf(column, undefined, params.task) === 'regress') return { target, classes: [], answers: [numbersOf(column)] };
  const all = classesOf(column);
  const codes = encodeClasses(column, all);
  const classes = all.length === 2 ? all.slice(1) : all.slice(0, MOST_CLASSES);
  const first = all.length - classes.length;
  return {
    target,
    classes,
    answers: classes.map((_, k) => codes.map((code) => (Number.isNaN(code) ? code : code === k + (all.length === 2 ? first : 0) ? 1 : 0))),
  };
}

const meanOf = (values: Float64Array): number => {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : 0;
};

export function fit(table: Table, params: ParamValues): Fitted {
  const { target, classes, answers } = answersOf(table, params);
  const taken = new Set(table.fields.map((field) => field.name));
  const priors = answers.map(meanOf);
  const names = chosenNames(table, params.columns as ColumnPick, ENCODABLE).filter((name) => name !== target);
  const columns = names.map((name): EncodedColumn => {
    const column = columnNamed(table, name);
    const { codes, labels } = coded(column);
    const times = new Int32Array(labels.length);
    for (const code of codes) if (code >= 0) times[code]++;
    const levels = labels.filter((_, code) => times[code] > 1).sort(compareText);
    // An unseen level and one that occurs once are alike: neither says anything of other rows.
    const places = placesOf(column, levels).map((place) => (place === -1 ? levels.length : place));
    const made = answers.map((values, k) => {
      const known = values.map((value, i) => (places[i] < 0 || !Number.isFinite(value) ? Number.NaN : value));
      const { counts, sums } = totals(places, levels.length, known, undefined);
      const mean = (at: number) => smoothed(sums[at], counts[at], priors[k], Number(params.smoothing));
      const named = classes.length > 1 ? `${name}: ${classes[k]}` : `${name}: ${target}`;
      return { name: freeName(named, taken), means: levels.map((_, at) => mean(at)), missing: mean(levels.length) };
    });
    return { name, boolean: column.type === 'boolean', levels, made };
  });
  return { target, classes, columns, priors };
}

/** Puts the new columns after the others; `valueOf` gives the mean of a row whose level is at `place` (-1 missing, -2 none that is known). */
function encoded(
  table: Table,
  params: ParamValues,
  { columns }: Fitted,
  valuesOf: (column: EncodedColumn, k: number, places: Int32Array) => Float64Array,
): Table {
  const gone = new Set(params.keep === true ? [] : columns.map(({ name }) => name));
  const kept = table.fields.map((_, i) => i).filter((i) => !gone.has(table.fields[i].name));
  const fields: Field[] = kept.map((i) => table.fields[i]);
  const cells = kept.map((i) => table.columns[i]);
  for (const column of columns) {
    const role = derivedRole(table.fields[columnIndex(table, column.name)].role);
    const places = placesOf(columnNamed(table, column.name), column.levels);
    column.made.forEach(({ name }, k) => {
      fields.push({ name, role });
      cells.push(numeric(valuesOf(column, k, places)));
    });
  }
  return withColumns(table, fields, cells);
}

export const apply = (table: Table, params: ParamValues, fitted: unknown): Table =>
  encoded(table, params, fitted as Fitted, ({ made }, k, places) => {
    const { means, missing } = made[k];
    const [other] = (fitted as Fitted).priors.slice(k);
    return Float64Array.from(places, (place) => (place >= 0 ? means[place] : place === -1 ? missing : other));
  });

/** A learning row gets the means of the four fifths of the rows that it is not in, the overall mean too. */
export function applyLearning(table: Table, params: ParamValues, fitted: unknown, ids: Int32Array): Table {
  const { answers } = answersOf(table, params);
  const parts = ids.map((id, row) => partOf(id < 0 ? row : id));
  const smoothing = Number(params.smoothing);
  return encoded(table, params, fitted as Fitted, ({ levels }, k, found) => {
    const places = found.map((place) => (place === -1 ? levels.length : place));
    const values = answers[k].map((value) => (Number.isFinite(value) ? value : Number.NaN));
    const of = totals(new Int32Array(places.length), 1, values, parts);
    const all = { count: sum(of.counts.subarray(0, PARTS)), sum: sum(of.sums.subarray(0, PARTS)) };
    const priors = Float64Array.from({ length: PARTS }, (_, part) =>
      smoothed(all.sum - of.sums[part], all.count - of.counts[part], (fitted as Fitted).priors[k], 0),
    );
    const known = values.map((value, i) => (places[i] < 0 ? Number.NaN : value));
    const { counts, sums } = totals(places, levels.length, known, parts);
    return Float64Array.from(places, (place, row) => {
      const part = parts[row];
      if (place < 0) return priors[part];
      const at = place * PARTS;
      const count = sum(counts.subarray(at, at + PARTS)) - counts[at + part];
      return smoothed(sum(sums.subarray(at, at + PARTS)) - sums[at + part], count, priors[part], smoothing);
    });
  });
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable {
  const { columns: all, priors } = fitted as Fitted;
  const result = new Map(columns);
  for (const { name, boolean, levels, made } of all) {
    const column = columns.get(name);
    if (!column) continue;
    if (params.keep !== true) result.delete(name);
    const labels = boolean ? booleanLabels(graph, column.value) : column.value;
    made.forEach(({ name: own, means, missing }, k) => {
      result.set(own, { type: 'number', value: codedInGraph(graph, labels, levels, means, priors[k], missing) });
    });
  }
  return result;
}

export const provenance = (fitted: unknown) =>
  (fitted as Fitted).columns.flatMap(({ name, made }) => made.map((column) => ({ name: column.name, from: [name] })));

export const headline = (before: Table, after: Table): Phrase => columnsChanged(before.columns.length, after.columns.length);
