/** What guardrails look for in single columns: whether one gives the target away, numbers the rows, or mixes numbers with words. */
import { isNumeric } from '../kind/schema.ts';
import { aucOfClass } from '../metrics/probability.ts';
import type { Goal } from '../recipe/fold.ts';
import { classesOf, encodeClasses, numbersOf } from '../recipe/target.ts';
import type { Column } from '../table/column.ts';
import { readNumber } from '../table/verbs/cast.ts';

/** Fewer rows than this tell nothing. */
const LEAST_ROWS = 50;
/** A feature that ranks, or orders, the target this well alone is taken for the target in disguise. */
const TELLS_ALL = 0.995;
const SAME_AS = 0.9995;
/** One that ranks it worse than this on the first rows looked at is not looked at further. */
const MAY_TELL = 0.9;
const FIRST_ROWS = 2000;
/** From this share of numbers on, a column of labels is meant to be numbers. */
const MOSTLY = 0.5;

/** Whether a feature alone ranks or orders the target nearly without error. */
export function tells(column: Column, target: Column, goal: Goal): boolean {
  const numbers = isNumeric(column.type) || column.type === 'datetime';
  if (!goal.classes) return numbers && Math.abs(correlation(numbersOf(column), numbersOf(target))) > SAME_AS;
  const codes = encodeClasses(target, goal.classes);
  if (!numbers) return purity(column, codes) > TELLS_ALL;
  const values = numbersOf(column);
  const known = Int32Array.from(codes.keys()).filter((i) => Number.isFinite(values[i]) && codes[i] >= 0);
  if (known.length < LEAST_ROWS || known.length < codes.length / 2) return false;
  const [truth, scores] = [Float64Array.from(known, (i) => codes[i]), Float64Array.from(known, (i) => values[i])];
  const some = Int32Array.from({ length: FIRST_ROWS }, (_, i) => Math.floor((i * known.length) / FIRST_ROWS));
  const few = known.length > 2 * FIRST_ROWS && {
    truth: Float64Array.from(some, (i) => truth[i]),
    scores: Float64Array.from(some, (i) => scores[i]),
  };
  return goal.classes.every((_, c) => {
    const rows = countOf(truth, c);
    if (rows === 0 || rows === truth.length) return false;
    // Most columns are cleared by few rows, where those have enough of the class.
    if (few && Math.min(countOf(few.truth, c), FIRST_ROWS - countOf(few.truth, c)) >= LEAST_ROWS) {
      const first = aucOfClass(few.truth, few.scores, c);
      if (Math.max(first, 1 - first) < MAY_TELL) return false;
    }
    const area = aucOfClass(truth, scores, c);
    return Math.max(area, 1 - area) > TELLS_ALL;
  });
}

const countOf = (codes: Float64Array, wanted: number): number => {
  let count = 0;
  for (const code of codes) if (code === wanted) count++;
  return count;
};

/** Share of the rows whose class is the most frequent one of their value; 0 where too few rows share a value to tell. */
function purity(column: Column, codes: Float64Array): number {
  const labels = classesOf(column);
  if (labels.length * 5 > codes.length || labels.length < 2) return 0;
  const places = encodeClasses(column, labels);
  const counts = new Map<number, Map<number, number>>();
  let all = 0;
  places.forEach((place, i) => {
    if (!(place >= 0) || !(codes[i] >= 0)) return;
    all++;
    const own = counts.get(place) ?? new Map<number, number>();
    own.set(codes[i], (own.get(codes[i]) ?? 0) + 1);
    counts.set(place, own);
  });
  const classes = new Set([...counts.values()].flatMap((own) => [...own.keys()]));
  const sure = [...counts.values()].reduce((sum, own) => sum + Math.max(...own.values()), 0);
  const common = Math.max(...[...classes].map((code) => [...counts.values()].reduce((sum, own) => sum + (own.get(code) ?? 0), 0)));
  // Where nearly all rows are of one class, being nearly always right says nothing.
  return all === 0 || common / all > 0.98 ? 0 : sure / all;
}

/** Pearson's, over rows where both are known. */
function correlation(a: Float64Array, b: Float64Array): number {
  let n = 0;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]) || !Number.isFinite(b[i])) continue;
    n++;
    const da = a[i] - sa;
    const db = b[i] - sb;
    sa += da / n;
    sb += db / n;
    saa += da * (a[i] - sa);
    sbb += db * (b[i] - sb);
    sab += da * (b[i] - sb);
  }
  return n < LEAST_ROWS || saa === 0 || sbb === 0 ? 0 : sab / Math.sqrt(saa * sbb);
}

/** Number of different values, counted no further than `most`; a missing cell is none. */
export function distinctUpTo(column: Column, most: number): number {
  const seen = new Set<number>();
  const values =
    isNumeric(column.type) || column.type === 'datetime' || column.type === 'boolean'
      ? numbersOf(column)
      : encodeClasses(column, classesOf(column));
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    seen.add(value);
    if (seen.size >= most) break;
  }
  return seen.size;
}

/** Whether each value is more than the one before. */
export function rises(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i] > values[i - 1])) return false;
  return true;
}

/** Whether each value known is no less than the one before, and they are not all one. */
export function inOrder(column: Column): boolean {
  let [first, last] = [Number.NaN, Number.NaN];
  for (const value of numbersOf(column)) {
    if (!Number.isFinite(value)) continue;
    if (value < last) return false;
    if (Number.isNaN(first)) first = value;
    last = value;
  }
  return last > first;
}

/** Places of the cells that are no numbers, in a column of labels that mostly are; none where it is not mixed. */
export function strayCells(column: Column): number[] {
  if (column.type !== 'category' && column.type !== 'text') return [];
  const labels = classesOf(column);
  const strange = labels.map((label) => Number.isNaN(readNumber(label)));
  const codes = encodeClasses(column, labels);
  const strays: number[] = [];
  let numbers = 0;
  codes.forEach((code, row) => {
    if (!(code >= 0)) return;
    if (strange[code]) strays.push(row);
    else numbers++;
  });
  return numbers > 0 && numbers >= MOSTLY * (numbers + strays.length) ? strays : [];
}
