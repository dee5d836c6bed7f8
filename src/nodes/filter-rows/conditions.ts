/** One condition over a whole column: a byte per row, 1 where it holds. A missing cell meets nothing but “is missing”. */
import { type Problem, ProblemError, problem } from '../../base/problem.ts';
import { compareText } from '../../base/text-order.ts';
import { phrase } from '../../base/words.ts';
import type { ColumnType } from '../../kind/schema.ts';
import type { Column, NumericColumn } from '../../table/column.ts';
import { formatDateTime, parseDateTime } from '../../table/datetime.ts';
import { vectorOf } from '../../table/formula/vector.ts';
import { BOOLEAN_LABELS, readNumber } from '../../table/verbs/cast.ts';
import { missingFlags } from '../../table/verbs/missing.ts';

export interface Condition {
  column: string | null;
  test: string;
  value: string;
}

const isLabel = (type: ColumnType) => type === 'category' || type === 'text';
const isOrder = (test: string) => ['=', '!=', '<', '<=', '>', '>='].includes(test);
const listed = (value: string) => value.split(',').map((part) => part.trim());

/** The condition's value in a column's type; NaN when it does not fit. */
function constant(type: ColumnType, source: string): number {
  if (type === 'datetime') return parseDateTime(source.trim());
  if (type === 'boolean') {
    const at = BOOLEAN_LABELS.indexOf(source.trim().toLowerCase());
    return at < 0 ? Number.NaN : at;
  }
  return readNumber(source);
}

/** What is wrong with a condition on a column of this type; undefined when nothing is. */
export function conditionProblem({ column, test, value }: Condition, type: ColumnType): Problem | undefined {
  const at = { param: 'conditions', column: column ?? '' };
  if (test === 'pattern') {
    try {
      new RegExp(value, 'u');
      return undefined;
    } catch {
      return problem({
        code: 'filter.pattern',
        at,
        args: { value },
        message: `“${value}” is not a valid pattern.`,
        hint: 'Correct it, or use “contains”.',
      });
    }
  }
  if (isLabel(type) || (!isOrder(test) && test !== 'in')) return undefined;
  const odd = (test === 'in' ? listed(value) : [value]).find((part) => Number.isNaN(constant(type, part)));
  if (odd === undefined) return undefined;
  const words = { value: odd, column: column ?? '?' };
  return problem({
    code: 'filter.value',
    at,
    args: { value: odd, type },
    message:
      type === 'datetime'
        ? phrase('filter.no-date', '“{value}” is no date, and “{column}” holds those.', words)
        : type === 'boolean'
          ? phrase('filter.no-boolean', '“{value}” is not true or false, and “{column}” holds those.', words)
          : phrase('filter.no-number', '“{value}” is no number, and “{column}” holds those.', words),
    hint: 'Write a value of that type, or change the column’s type first.',
  });
}

/** Whether a label passes; for `contains` upper and lower case are alike. */
function labelTest({ test, value }: Condition): (label: string) => boolean {
  switch (test) {
    case 'contains': {
      const part = value.toLowerCase();
      return (label) => label.toLowerCase().includes(part);
    }
    case 'in': {
      const wanted = new Set(listed(value));
      return (label) => wanted.has(label);
    }
    case 'pattern': {
      const pattern = new RegExp(value, 'u');
      return (label) => pattern.test(label);
    }
    case '=':
      return (label) => label === value;
    case '!=':
      return (label) => label !== value;
    default: {
      const holds = ordered(test);
      return (label) => holds(compareText(label, value));
    }
  }
}

const ordered = (test: string): ((order: number) => boolean) =>
  test === '<' ? (o) => o < 0 : test === '<=' ? (o) => o <= 0 : test === '>' ? (o) => o > 0 : (o) => o >= 0;

/**
 * One loop per test, so that nothing is called per row; `Number` of a comparison is no branch to guess wrong. NaN fails every comparison but `!=`.
 */
function compareInto(flags: Uint8Array, values: ArrayLike<number>, test: string, x: number): void {
  const n = flags.length;
  if (test === '=') for (let i = 0; i < n; i++) flags[i] = Number(values[i] === x);
  else if (test === '!=') for (let i = 0; i < n; i++) flags[i] = Number(values[i] !== x);
  else if (test === '<') for (let i = 0; i < n; i++) flags[i] = Number(values[i] < x);
  else if (test === '<=') for (let i = 0; i < n; i++) flags[i] = Number(values[i] <= x);
  else if (test === '>') for (let i = 0; i < n; i++) flags[i] = Number(values[i] > x);
  else for (let i = 0; i < n; i++) flags[i] = Number(values[i] >= x);
}

/** How a number, date or true/false reads, for `contains` and patterns. */
const written = (type: NumericColumn['type'] | 'boolean', value: number): string =>
  type === 'datetime' ? formatDateTime(value) : type === 'boolean' ? BOOLEAN_LABELS[value] : String(value);

/** Throws the condition's Problem when its value does not fit the column. */
export function conditionFlags(condition: Condition, column: Column): Uint8Array {
  const wrong = conditionProblem(condition, column.type);
  if (wrong) throw new ProblemError(wrong);
  const { test, value } = condition;
  const flags = new Uint8Array(column.length);
  if (isOrder(test) && test !== '!=' && (column.type === 'number' || column.type === 'integer' || column.type === 'datetime')) {
    compareInto(flags, column.values, test, constant(column.type, value));
    return flags;
  }
  const missing = missingFlags(column);
  if (test === 'missing') return missing;
  if (test === 'present') return missing.map((flag) => 1 - flag);
  const vector = vectorOf(column);
  if (vector.type === 'text') {
    const accept = labelTest(condition);
    const passes = Uint8Array.from(vector.labels, (label) => Number(accept(label)));
    for (let i = 0; i < flags.length; i++) if (vector.codes[i] >= 0) flags[i] = passes[vector.codes[i]];
    return flags;
  }
  const { values } = vector;
  if (isOrder(test)) compareInto(flags, values, test, constant(column.type, value));
  else if (test === 'in') {
    const wanted = new Set(listed(value).map((part) => constant(column.type, part)));
    for (let i = 0; i < flags.length; i++) flags[i] = wanted.has(values[i]) ? 1 : 0;
  } else {
    const accept = labelTest(condition);
    const type = column.type as NumericColumn['type'] | 'boolean';
    for (let i = 0; i < flags.length; i++) if (!missing[i]) flags[i] = accept(written(type, values[i])) ? 1 : 0;
  }
  for (let i = 0; i < flags.length; i++) if (missing[i]) flags[i] = 0;
  return flags;
}
