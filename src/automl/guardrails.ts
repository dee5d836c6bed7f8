/**
 * Looks at the table before anything is trained, and says of each check whether it passed, is seen to by the search itself, or needs a
 * person. The checks are those of Azure's automated ML for tables, and leakage, repeated rows and rare classes.
 */
import { columnsOf, type Phrase, phrase, rowsOf } from '../base/words.ts';
import { isNumeric } from '../kind/schema.ts';
import { aucOfClass } from '../metrics/probability.ts';
import type { Goal } from '../recipe/fold.ts';
import { classesOf, encodeClasses, numbersOf } from '../recipe/target.ts';
import { type Column, countMissing } from '../table/column.ts';
import { columnNamed, gatherRows, type Table } from '../table/table.ts';
import { rowGroups } from '../table/verbs/row-keys.ts';

export interface Guardrail {
  check: string;
  /** `fixed`: the search itself sees to it. */
  state: 'passed' | 'fixed' | 'alerted';
  said: Phrase;
  columns: readonly string[];
}

/** More rows than this say nothing more about a column. */
const MOST_ROWS = 20_000;
/** A feature that ranks, or orders, the target this well alone is taken for the target in disguise. */
const TELLS_ALL = 0.995;
const SAME_AS = 0.9995;
/** Rows per class below which no fold can judge it. */
const FEW_PER_CLASS = 5;
const IMBALANCE = 0.2;
const MANY_LEVELS = 100;
const SMALL_TABLE = 50;

export function guardrails(whole: Table, features: readonly string[], goal: Goal): Guardrail[] {
  const step = Math.max(1, Math.ceil(whole.rowCount / MOST_ROWS));
  const rows = Int32Array.from({ length: Math.floor(whole.rowCount / step) }, (_, i) => i * step);
  const table = step === 1 ? whole : gatherRows(whole, rows);
  const columns = features.map((name) => ({ name, column: columnNamed(table, name) }));
  const target = columnNamed(whole, goal.target);
  return [
    rowCount(whole),
    missingTarget(target, goal),
    ...(goal.classes ? [fewPerClass(target, goal.classes), balance(target, goal.classes)] : []),
    missingValues(columns, table.rowCount),
    constant(columns),
    manyLevels(columns),
    idLike(columns),
    repeatedRows(whole, features, goal),
    leakage(columns, columnNamed(table, goal.target), goal),
  ];
}

type Named = { name: string; column: Column };
const found = (check: string, state: Guardrail['state'], said: Phrase, columns: readonly Named[] = []): Guardrail => ({
  check,
  state,
  said,
  columns: columns.map(({ name }) => name),
});

function rowCount({ rowCount: rows }: Table): Guardrail {
  return rows < SMALL_TABLE
    ? found(
        'rows',
        'alerted',
        phrase('guard.few-rows', 'Only {rows}: scores of trials differ by chance more than by merit.', { rows: rowsOf(rows) }),
      )
    : found('rows', 'passed', phrase('guard.rows', 'There are {rows}.', { rows: rowsOf(rows) }));
}

function missingTarget(target: Column, goal: Goal): Guardrail {
  const count = countMissing(target);
  return count === 0
    ? found('target', 'passed', phrase('guard.target', 'Every row has a value for “{target}”.', { target: goal.target }))
    : found(
        'target',
        'fixed',
        phrase('guard.target-missing', '{rows} without a value for “{target}” are not learned from.', {
          rows: rowsOf(count),
          target: goal.target,
        }),
      );
}

function countsOf(target: Column, classes: readonly string[]): Int32Array {
  const counts = new Int32Array(classes.length);
  for (const code of encodeClasses(target, classes)) if (code >= 0) counts[code]++;
  return counts;
}

function fewPerClass(target: Column, classes: readonly string[]): Guardrail {
  const counts = countsOf(target, classes);
  const rare = classes.filter((_, c) => counts[c] < FEW_PER_CLASS);
  return rare.length === 0
    ? found('class sizes', 'passed', phrase('guard.class-sizes', 'Every class has at least {count} rows.', { count: FEW_PER_CLASS }))
    : found(
        'class sizes',
        'alerted',
        phrase('guard.rare-classes', 'Fewer than {count} rows each: {classes}. Join them with other classes, or leave them out.', {
          count: FEW_PER_CLASS,
          classes: rare.slice(0, 12),
        }),
      );
}

function balance(target: Column, classes: readonly string[]): Guardrail {
  const counts = [...countsOf(target, classes)].filter((count) => count > 0);
  const share = Math.min(...counts) / Math.max(...counts);
  const percent = Math.round(share * 1000) / 10;
  return share >= IMBALANCE
    ? found(
        'class balance',
        'passed',
        phrase('guard.balanced', 'The smallest class has {percent} % as many rows as the largest.', { percent }),
      )
    : found(
        'class balance',
        'alerted',
        phrase(
          'guard.unbalanced',
          'The smallest class has {percent} % as many rows as the largest. Judge by AUC or balanced accuracy, or set the class weights to balanced.',
          { percent },
        ),
      );
}

function missingValues(columns: readonly Named[], rows: number): Guardrail {
  const holed = columns.filter(({ column }) => countMissing(column) > 0);
  const empty = holed.filter(({ column }) => countMissing(column) === rows);
  if (holed.length === 0) return found('missing values', 'passed', phrase('guard.no-missing', 'No feature has missing values.'));
  return found(
    'missing values',
    'fixed',
    empty.length > 0
      ? phrase(
          'guard.missing-some-empty',
          '{columns} with missing values, {empty} without any value: trees take them as they are, other learners get the mean.',
          { columns: columnsOf(holed.length), empty: empty.length },
        )
      : phrase('guard.missing', '{columns} with missing values: trees take them as they are, other learners get the mean.', {
          columns: columnsOf(holed.length),
        }),
    holed,
  );
}

function constant(columns: readonly Named[]): Guardrail {
  const flat = columns.filter(({ column }) => distinctUpTo(column, 2) < 2);
  return flat.length === 0
    ? found('constant columns', 'passed', phrase('guard.no-constant', 'Every feature varies.'))
    : found(
        'constant columns',
        'fixed',
        phrase('guard.constant', '{columns} with one value only are not used.', { columns: columnsOf(flat.length) }),
        flat,
      );
}

const isText = ({ column }: Named) => column.type === 'category' || column.type === 'text';

function manyLevels(columns: readonly Named[]): Guardrail {
  const many = columns.filter((entry) => isText(entry) && distinctUpTo(entry.column, MANY_LEVELS + 1) > MANY_LEVELS);
  return many.length === 0
    ? found('many categories', 'passed', phrase('guard.few-levels', 'No category has more than {count} values.', { count: MANY_LEVELS }))
    : found(
        'many categories',
        'fixed',
        phrase('guard.many-levels', '{columns} with more than {count} values: only the frequent ones are used.', {
          columns: columnsOf(many.length),
          count: MANY_LEVELS,
        }),
        many,
      );
}

function idLike(columns: readonly Named[]): Guardrail {
  const keys = columns.filter(({ column }) => {
    if (column.type !== 'category' && column.type !== 'text' && column.type !== 'integer') return false;
    if (column.length < SMALL_TABLE || countMissing(column) > 0 || distinctUpTo(column, column.length) < column.length) return false;
    return column.type !== 'integer' || rises(numbersOf(column));
  });
  return keys.length === 0
    ? found('row keys', 'passed', phrase('guard.no-keys', 'No feature just numbers or names the rows.'))
    : found(
        'row keys',
        'alerted',
        phrase('guard.keys', '{columns} with another value in each row. If they name the rows, give them the role id.', {
          columns: columnsOf(keys.length),
        }),
        keys,
      );
}

function rises(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i] > values[i - 1])) return false;
  return true;
}

function repeatedRows(whole: Table, features: readonly string[], goal: Goal): Guardrail {
  const { count } = rowGroups(
    [...features, goal.target].map((name) => columnNamed(whole, name)),
    whole.rowCount,
  );
  const repeated = whole.rowCount - count;
  return repeated === 0
    ? found('repeated rows', 'passed', phrase('guard.no-repeats', 'No row is there twice.'))
    : found(
        'repeated rows',
        repeated > whole.rowCount / 10 ? 'alerted' : 'passed',
        phrase(
          'guard.repeats',
          '{rows} say the same as another row. A copy in a fold that judges is known from a fold that was learned from.',
          { rows: rowsOf(repeated) },
        ),
      );
}

function leakage(columns: readonly Named[], target: Column, goal: Goal): Guardrail {
  const telling = columns.filter(({ column }) => tells(column, target, goal));
  return telling.length === 0
    ? found('leakage', 'passed', phrase('guard.no-leak', 'No feature alone gives the target away.'))
    : found(
        'leakage',
        'alerted',
        phrase('guard.leak', '{columns} alone tell the target nearly without error. If they are known only after it, leave them out.', {
          columns: columnsOf(telling.length),
        }),
        telling,
      );
}

function tells(column: Column, target: Column, goal: Goal): boolean {
  const numbers = isNumeric(column.type) || column.type === 'datetime';
  if (!goal.classes) return numbers && Math.abs(correlation(numbersOf(column), numbersOf(target))) > SAME_AS;
  const codes = encodeClasses(target, goal.classes);
  if (!numbers) return purity(column, codes) > TELLS_ALL;
  const values = numbersOf(column);
  const known = Int32Array.from(codes.keys()).filter((i) => Number.isFinite(values[i]) && codes[i] >= 0);
  if (known.length < SMALL_TABLE || known.length < codes.length / 2) return false;
  const [truth, scores] = [Float64Array.from(known, (i) => codes[i]), Float64Array.from(known, (i) => values[i])];
  return goal.classes.every((_, c) => {
    const rows = truth.reduce((sum, code) => sum + (code === c ? 1 : 0), 0);
    if (rows === 0 || rows === truth.length) return false;
    const area = aucOfClass(truth, scores, c);
    return Math.max(area, 1 - area) > TELLS_ALL;
  });
}

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
  return n < SMALL_TABLE || saa === 0 || sbb === 0 ? 0 : sab / Math.sqrt(saa * sbb);
}

/** Number of different values, counted no further than `most`; a missing cell is none. */
function distinctUpTo(column: Column, most: number): number {
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
