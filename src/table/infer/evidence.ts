/** After a column is read: the sentence that says why it has its type, and the diagnostics about its cells. */

import { fromUtf8, utf8 } from '../../base/bytes.ts';
import { type Arg, type Phrase, phrase, type Words } from '../../base/words.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { type Column, countMissing, isMissing } from '../column.ts';
import { parseDateBytes } from '../datetime.ts';
import type { FindingCode } from '../findings/findings.ts';
import type { Tally } from '../findings/tally.ts';
import { TYPE_NAMES } from '../type-names.ts';
import type { Builder, Marks } from './builder.ts';
import { LabelBuilder } from './label-builder.ts';
import { LEADING_ZERO, NUMBER, parsedNumber, parseNumber, TOO_BIG } from './number.ts';
import { booleanWord, mayBeginBoolean } from './tokens.ts';
import { BooleanBuilder, DateBuilder, NumberBuilder } from './value-builders.ts';

const PLURAL: Record<ColumnType, Phrase> = {
  number: phrase('evidence.numbers', 'numbers'),
  integer: phrase('evidence.integers', 'whole numbers'),
  boolean: phrase('evidence.booleans', 'true or false'),
  datetime: phrase('evidence.dates', 'dates'),
  category: phrase('evidence.labels', 'labels'),
  text: phrase('evidence.texts', 'texts'),
};

function report(tally: Tally, code: FindingCode, column: string, marks: Marks, about?: Record<string, Arg>): void {
  if (marks.count === 0) return;
  const samples = marks.samples.length > 0 ? marks.samples : [undefined];
  for (const [i, sample] of samples.entries()) tally.add(code, { column, sample, count: i === 0 ? marks.count : 0, about });
  for (const row of marks.rows) tally.add(code, { column, row, count: 0 });
}

/** Evidence for the type, as people read it; adds the column's findings to the tally. */
export function explain(name: string, builder: Builder, column: Column, forced: boolean, decimal: number, tally: Tally): Words {
  const rows = column.length;
  if (builder instanceof NumberBuilder || builder instanceof BooleanBuilder || builder instanceof DateBuilder) {
    report(tally, 'column.missing', name, builder.tokens);
    report(tally, 'column.cast', name, builder.unfit, { type: TYPE_NAMES[column.type] });
    if (builder instanceof NumberBuilder) {
      report(tally, 'column.thousands', name, builder.grouped);
      report(tally, 'column.negatives', name, { ...builder.negatives, rows: [] });
      if (builder.mode === 'other-number') report(tally, 'column.other-decimal', name, { ...builder.fractions, count: 1 });
      report(tally, 'column.units', name, { ...builder.units, rows: [] }, { unit: builder.unit ?? '' });
    }
    if (builder instanceof DateBuilder && builder.decided === 0 && !builder.settings.orderSet) {
      report(tally, 'column.ambiguous-dates', name, builder.ambiguous, {
        order: builder.mode === 'day-first' ? phrase('evidence.day-first', 'day first') : phrase('evidence.month-first', 'month first'),
      });
    }
    if (builder.seen === 0) return rows === 0 ? NO_ROWS : allEmpty(rows);
    return values(builder.seen, rows, column.type);
  }
  if (!(builder instanceof LabelBuilder)) return '';
  report(tally, 'column.missing', name, builder.tokens);
  report(tally, 'column.trimmed', name, builder.trimmed);
  report(tally, 'column.unguarded', name, builder.unguarded);
  if (!forced) explainLabels(name, column, decimal, tally);
  const cells = phrase('evidence.cells', '{count} {cell|cells}', { count: builder.seen });
  const found =
    column.type === 'category'
      ? phrase('evidence.category', '{count} different {label|labels} in {cells}', { count: column.dictionary.length, cells })
      : phrase('evidence.text', 'Texts that hardly repeat: {cells}', { cells });
  return withEmpty(found, rows - builder.seen);
}
const NO_ROWS = phrase('evidence.no-rows', 'No rows');
const allEmpty = (rows: number) => phrase('evidence.all-empty', 'All {rows} cells are empty', { rows });
const withEmpty = (found: Phrase, empty: number) =>
  empty === 0 ? found : phrase('evidence.with-empty', '{found}, {empty} empty', { found, empty });
const values = (seen: number, rows: number, type: ColumnType) =>
  withEmpty(phrase('evidence.values', '{seen} of {rows} are {kind}', { seen, rows, kind: PLURAL[type] }), rows - seen);
/** Evidence for a column whose file says its type. */
export function whole(column: Column): Words {
  const missing = countMissing(column);
  if (missing === column.length) return column.length === 0 ? NO_ROWS : allEmpty(column.length);
  return values(column.length - missing, column.length, column.type);
}
interface Census {
  number: number;
  datetime: number;
  zeros: number;
  big: number;
  booleans: number;
  strict: number;
  odd: Marks;
  words: Set<string>;
  values: number;
}

/** Why a column of labels is not one of numbers, dates or booleans, where most of its cells look like it. */
function explainLabels(name: string, column: Column, decimal: number, tally: Tally): void {
  if (column.type === 'text' && column.length > 2 * GLANCE && isPlainText(column, decimal)) return;
  const census = takeCensus(column, decimal);
  const { values } = census;
  if (values === 0) return;
  const about = { type: TYPE_NAMES[column.type] };
  const numeric = census.number + census.zeros + census.big;
  if (census.big > 0 && numeric === values) tally.add('column.big-integers', { column: name, count: census.big, about });
  if (census.zeros > 0 && numeric === values) tally.add('column.leading-zeros', { column: name, count: census.zeros, about });
  if (census.booleans === values && values > 1 && census.strict > 0) {
    for (const word of census.words) tally.add('column.mixed-booleans', { column: name, sample: word, about });
    return;
  }
  const dates = census.datetime > census.number;
  const most = dates ? census.datetime : census.number;
  const others = values - most;
  if (numeric === values && census.zeros + census.big > 0) return;
  if (others === 0 && !dates) return;
  if (most * 2 < values) return;
  const kind = dates ? PLURAL.datetime : PLURAL.number;
  const want = dates ? TYPE_NAMES.datetime : TYPE_NAMES.number;
  report(tally, 'column.mixed-column', name, { ...census.odd, count: others }, { ...about, most, values, kind, want });
}

/** Cells looked at before a column of texts is read cell by cell. */
const GLANCE = 4096;

/** Whether of evenly spread cells so few look like numbers or dates that all of them together cannot be most of the column. */
function isPlainText(column: Column, decimal: number): boolean {
  const { values, number, zeros, big, datetime, booleans } = takeCensus(column, decimal, Math.floor(column.length / GLANCE));
  return values > GLANCE / 8 && Math.max(number + zeros + big, datetime) * 4 < values && booleans < values;
}

/** Of every `step`-th row. */
function takeCensus(column: Column, decimal: number, step = 1): Census {
  const census: Census = {
    number: 0,
    datetime: 0,
    zeros: 0,
    big: 0,
    booleans: 0,
    strict: 0,
    odd: { count: 0, rows: [], samples: [] },
    words: new Set(),
    values: step === 1 ? column.length - countMissing(column) : 0,
  };
  const out = parsedNumber();
  const odd: string[] = [];
  /** True when the text is neither number nor date. */
  const judge = (bytes: Uint8Array, start: number, end: number, times: number): boolean => {
    const is = parseNumber(bytes, start, end, decimal, out);
    if (is === NUMBER) census.number += times;
    else if (is === LEADING_ZERO) census.zeros += times;
    else if (is === TOO_BIG) census.big += times;
    const date = is !== NUMBER && isDate(bytes, start, end);
    if (date) census.datetime += times;
    const told = odd.length < 5 || mayBeginBoolean(bytes[start]);
    const text = !told || (is === NUMBER && end - start > 1) ? '' : fromUtf8(bytes.subarray(start, end));
    if (booleanWord(text, false) >= 0) {
      census.booleans += times;
      if (booleanWord(text, true) >= 0) census.strict += times;
      if (census.words.size < 6) census.words.add(text);
    }
    if (is === NUMBER || date) return false;
    if (odd.length < 5 && !odd.includes(text)) odd.push(text.slice(0, 40));
    return true;
  };
  if (column.type === 'category') {
    const times = new Int32Array(column.dictionary.length);
    for (const code of column.codes) if (code >= 0) times[code]++;
    const strange = column.dictionary.map((label, code) => {
      const bytes = utf8(label);
      return judge(bytes, 0, bytes.length, times[code]);
    });
    for (let row = 0; row < column.length && census.odd.rows.length < 5; row++) {
      if (column.codes[row] >= 0 && strange[column.codes[row]]) census.odd.rows.push(row);
    }
  } else if (column.type === 'text') {
    const { bytes, offsets } = column;
    for (let row = 0; row < column.length; row += step) {
      const start = offsets[row];
      const end = offsets[row + 1];
      if (step > 1 && !isMissing(column, row)) census.values++;
      if (start === end || end - start > 40) continue;
      const first = bytes[start];
      const short = (first >= 48 && first <= 57) || end - start <= 24;
      if (!short) continue;
      if (judge(bytes, start, end, 1) && census.odd.rows.length < 5) census.odd.rows.push(row);
    }
  }
  census.odd.samples = odd;
  return census;
}

/** Spaces around are ignored. */
function isDate(bytes: Uint8Array, from: number, to: number): boolean {
  let [start, end] = [from, to];
  while (start < end && bytes[start] <= 32) start++;
  while (end > start && bytes[end - 1] <= 32) end--;
  if (start === end) return false;
  return !(Number.isNaN(parseDateBytes(bytes, start, end, 'month-first')) && Number.isNaN(parseDateBytes(bytes, start, end, 'day-first')));
}
