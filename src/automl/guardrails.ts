/**
 * Looks at the table before anything is trained, and says of each check whether it passed, is seen to by the search itself, or needs a
 * person. The checks are those of Azure's automated ML for tables, and leakage, repeated rows and rare classes.
 */
import { columnsOf, type Phrase, phrase, rowsOf } from '../base/words.ts';
import type { Goal } from '../recipe/fold.ts';
import type { Guard, GuardFix } from '../recipe/guard.ts';
import { encodeClasses, numbersOf } from '../recipe/target.ts';
import { type Column, countMissing, isMissing } from '../table/column.ts';
import { columnNamed, gatherRows, type Table } from '../table/table.ts';
import { rowGroups } from '../table/verbs/row-keys.ts';
import { distinctUpTo, inOrder, rises, strayCells, tells } from './column-looks.ts';
import {
  dropColumns,
  dropRowsWithout,
  encodeColumns,
  fillColumns,
  judgeForward,
  leaveOutClasses,
  markKeys,
  readAsNumbers,
  removeRepeated,
  weighClasses,
} from './guard-fixes.ts';
import { likelyCopies } from './likely-copies.ts';

/** What the race is asked that concerns them. */
export interface GuardAsk {
  /** Class weights are balanced. */
  balanced?: boolean;
  /** Judged forward in time, or on a table of its own. */
  forward?: boolean;
}

/** More rows than this say nothing more about a column. */
const MOST_ROWS = 20_000;
/** So many rows concerned are named. */
const ROWS_NAMED = 200;
/** Rows per class below which no fold can judge it. */
const FEW_PER_CLASS = 5;
const IMBALANCE = 0.2;
const MANY_LEVELS = 100;
const SMALL_TABLE = 50;

/** Every check, in a fixed order; those that take long look at evenly spread rows. Rows that are named count from 1. */
export function guardrails(whole: Table, features: readonly string[], goal: Goal, ask: GuardAsk = {}): Guard[] {
  const step = Math.max(1, Math.ceil(whole.rowCount / MOST_ROWS));
  const rows = Int32Array.from({ length: Math.floor(whole.rowCount / step) }, (_, i) => i * step);
  const table = step === 1 ? whole : gatherRows(whole, rows);
  const columns = features.map((name) => ({ name, column: columnNamed(table, name) }));
  const target = columnNamed(whole, goal.target);
  return [
    rowCount(whole),
    missingTarget(target, goal),
    ...(goal.classes ? [fewPerClass(target, goal), balance(target, goal.classes, ask)] : []),
    missingValues(whole, features),
    mixedTypes(whole, features),
    constant(columns),
    manyLevels(columns, goal),
    idLike(columns),
    repeatedRows(whole, features, goal),
    leakage(columns, columnNamed(table, goal.target), goal),
    timeOrder(whole, goal, ask),
  ];
}

type Named = { name: string; column: Column };
interface Concerned {
  columns?: readonly Named[];
  /** From 0. */
  rows?: readonly number[];
  fix?: GuardFix;
}
const found = (check: string, state: Guard['state'], said: Phrase, { columns = [], rows = [], fix }: Concerned = {}): Guard => ({
  check,
  state,
  said,
  columns: columns.map(({ name }) => name),
  ...(rows.length > 0 ? { rows: rows.slice(0, ROWS_NAMED).map((row) => row + 1) } : {}),
  ...(fix ? { fix } : {}),
});
const namesOf = (columns: readonly Named[]) => columns.map(({ name }) => name);

/** Places of the first cells for which it is so. */
function firstRows(length: number, is: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < length && rows.length < ROWS_NAMED; row++) if (is(row)) rows.push(row);
  return rows;
}

function rowCount({ rowCount: rows }: Table): Guard {
  return rows < SMALL_TABLE
    ? found(
        'rows',
        'alerted',
        phrase('guard.few-rows', 'Only {rows}: scores of trials differ by chance more than by merit.', { rows: rowsOf(rows) }),
      )
    : found('rows', 'passed', phrase('guard.rows', 'There are {rows}.', { rows: rowsOf(rows) }));
}

function missingTarget(target: Column, { target: name }: Goal): Guard {
  const count = countMissing(target);
  return count === 0
    ? found('target', 'passed', phrase('guard.target', 'Every row has a value for “{target}”.', { target: name }))
    : found(
        'target',
        'fixed',
        phrase('guard.target-missing', '{rows} without a value for “{target}” are not learned from.', {
          rows: rowsOf(count),
          target: name,
        }),
        { rows: firstRows(target.length, (row) => isMissing(target, row)), fix: dropRowsWithout(name, count) },
      );
}

function countsOf(codes: Float64Array, classes: readonly string[]): Int32Array {
  const counts = new Int32Array(classes.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  return counts;
}

function fewPerClass(target: Column, { target: name, classes = [] }: Goal): Guard {
  const codes = encodeClasses(target, classes);
  const counts = countsOf(codes, classes);
  const rare = classes.filter((_, c) => counts[c] < FEW_PER_CLASS);
  if (rare.length === 0)
    return found('class sizes', 'passed', phrase('guard.class-sizes', 'Every class has at least {count} rows.', { count: FEW_PER_CLASS }));
  return found(
    'class sizes',
    'alerted',
    phrase('guard.rare-classes', 'Fewer than {count} rows each: {classes}. Join them with other classes, or leave them out.', {
      count: FEW_PER_CLASS,
      classes: rare.slice(0, 12),
    }),
    {
      rows: firstRows(codes.length, (row) => counts[codes[row]] < FEW_PER_CLASS),
      // What is left has to be two classes at least.
      fix: classes.length - rare.length > 1 ? leaveOutClasses(name, rare) : undefined,
    },
  );
}

function balance(target: Column, classes: readonly string[], { balanced }: GuardAsk): Guard {
  const counts = [...countsOf(encodeClasses(target, classes), classes)].filter((count) => count > 0);
  const share = Math.min(...counts) / Math.max(...counts);
  const percent = Math.round(share * 1000) / 10;
  if (share >= IMBALANCE)
    return found(
      'class balance',
      'passed',
      phrase('guard.balanced', 'The smallest class has {percent} % as many rows as the largest.', { percent }),
    );
  return balanced
    ? found(
        'class balance',
        'fixed',
        phrase('guard.weighed', 'The smallest class has {percent} % as many rows as the largest: rare classes are weighed up.', {
          percent,
        }),
      )
    : found(
        'class balance',
        'alerted',
        phrase(
          'guard.unbalanced',
          'The smallest class has {percent} % as many rows as the largest. Judge by AUC or balanced accuracy, or set the class weights to balanced.',
          { percent },
        ),
        { fix: weighClasses() },
      );
}

function missingValues(table: Table, features: readonly string[]): Guard {
  const columns = features.map((name) => ({ name, column: columnNamed(table, name) }));
  const holed = columns.filter(({ column }) => countMissing(column) > 0);
  if (holed.length === 0) return found('missing values', 'passed', phrase('guard.no-missing', 'No feature has missing values.'));
  const empty = holed.filter(({ column }) => countMissing(column) === table.rowCount);
  const some = holed.filter((entry) => !empty.includes(entry));
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
    {
      columns: holed,
      rows: firstRows(table.rowCount, (row) => some.some(({ column }) => isMissing(column, row))),
      fix: some.length > 0 ? fillColumns(namesOf(some)) : undefined,
    },
  );
}

/** Numbers among which some words stand are read as labels, and their order is lost. */
function mixedTypes(table: Table, features: readonly string[]): Guard {
  const mixed = features.flatMap((name) => {
    const column = columnNamed(table, name);
    const strays = strayCells(column);
    return strays.length > 0 ? [{ name, column, strays }] : [];
  });
  if (mixed.length === 0) return found('mixed types', 'passed', phrase('guard.no-mixed', 'No column mixes numbers with words.'));
  const strays = [...new Set(mixed.flatMap((entry) => entry.strays))].sort((a, b) => a - b);
  return found(
    'mixed types',
    'alerted',
    phrase('guard.mixed', '{columns} of numbers with words among them, in {rows}: read as categories, their order is lost.', {
      columns: columnsOf(mixed.length),
      rows: rowsOf(strays.length),
    }),
    { columns: mixed, rows: strays, fix: readAsNumbers(namesOf(mixed)) },
  );
}

function constant(columns: readonly Named[]): Guard {
  const flat = columns.filter(({ column }) => distinctUpTo(column, 2) < 2);
  return flat.length === 0
    ? found('constant columns', 'passed', phrase('guard.no-constant', 'Every feature varies.'))
    : found(
        'constant columns',
        'fixed',
        phrase('guard.constant', '{columns} with one value only are not used.', { columns: columnsOf(flat.length) }),
        { columns: flat, fix: dropColumns(namesOf(flat)) },
      );
}

const isText = ({ column }: Named) => column.type === 'category' || column.type === 'text';

function manyLevels(columns: readonly Named[], goal: Goal): Guard {
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
        { columns: many, fix: encodeColumns(namesOf(many), goal.target, goal.task) },
      );
}

function idLike(columns: readonly Named[]): Guard {
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
        { columns: keys, fix: markKeys(namesOf(keys)) },
      );
}

function repeatedRows(whole: Table, features: readonly string[], goal: Goal): Guard {
  const names = [...features, goal.target];
  const columns = names.map((name) => columnNamed(whole, name));
  const { count, group, first } = rowGroups(columns, whole.rowCount);
  const repeated = whole.rowCount - count;
  if (repeated === 0) return found('repeated rows', 'passed', phrase('guard.no-repeats', 'No row is there twice.'));
  const many = repeated > whole.rowCount / 10;
  const copies = many ? likelyCopies(columns, whole.rowCount, group, first).reduce((sum, one) => sum + one, 0) : 0;
  return many && copies <= whole.rowCount / 10
    ? found(
        'repeated rows',
        'passed',
        phrase('guard.alike-by-chance', '{rows} say the same as another row; where columns have so few values that is to be expected.', {
          rows: rowsOf(repeated),
        }),
        { rows: firstRows(whole.rowCount, (row) => first[group[row]] !== row) },
      )
    : found(
        'repeated rows',
        many ? 'alerted' : 'passed',
        phrase(
          'guard.repeats',
          '{rows} say the same as another row. A copy in a fold that judges is known from a fold that was learned from.',
          { rows: rowsOf(repeated) },
        ),
        {
          rows: firstRows(whole.rowCount, (row) => first[group[row]] !== row),
          fix: removeRepeated(names),
        },
      );
}

function leakage(columns: readonly Named[], target: Column, goal: Goal): Guard {
  const telling = columns.filter(({ column }) => tells(column, target, goal));
  return telling.length === 0
    ? found('leakage', 'passed', phrase('guard.no-leak', 'No feature alone gives the target away.'))
    : found(
        'leakage',
        'alerted',
        phrase(
          'guard.leak',
          '{count} {column alone tells|columns alone tell} the target nearly without error. What is known only after it has to be left out.',
          { count: telling.length },
        ),
        { columns: telling, fix: dropColumns(namesOf(telling)) },
      );
}

/** Rows that stand in the order of a time are judged by later ones where folds are drawn at random. */
function timeOrder(table: Table, { target }: Goal, { forward }: GuardAsk): Guard {
  const times = table.fields.flatMap(({ name, role }) => {
    const column = columnNamed(table, name);
    return name !== target && (column.type === 'datetime' || role === 'time') ? [{ name, column, told: role === 'time' }] : [];
  });
  const ordered = table.rowCount < SMALL_TABLE ? undefined : times.find(({ told, column }) => told || inOrder(column));
  if (!ordered) return found('time order', 'passed', phrase('guard.no-order', 'Rows do not stand in the order of a time.'));
  return forward
    ? found('time order', 'passed', phrase('guard.forward', 'Judged on rows after those learned from.'), { columns: [ordered] })
    : found(
        'time order',
        'alerted',
        phrase('guard.order', 'Rows belong to times, in “{column}”. Folds drawn at random learn from later rows than they judge.', {
          column: ordered.name,
        }),
        { columns: [ordered], fix: judgeForward(ordered.name) },
      );
}
