/** Filter rows as a table step: the indices of the rows that meet the conditions. */
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import { type Column, isMissing } from '../../table/column.ts';
import { parseDateTime } from '../../table/datetime.ts';
import { evaluate } from '../../table/formula/evaluate.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { type Vector, vectorOf } from '../../table/formula/vector.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { type Condition, conditions } from './kind.ts';

type Test = (row: number) => boolean;
const order: Record<string, (x: number, y: number) => boolean> = {
  '=': (x, y) => x === y,
  '!=': (x, y) => x !== y,
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
};

/** Reads the condition's value in the column's type; a value that does not fit is the user's to correct. */
function constant(column: Column, source: string, name: string): number {
  const value =
    column.type === 'datetime'
      ? parseDateTime(source)
      : column.type === 'boolean'
        ? ({ true: 1, false: 0 }[source.trim().toLowerCase()] ?? Number.NaN)
        : Number(source.trim() === '' ? Number.NaN : source);
  if (!Number.isNaN(value)) return value;
  throw new ProblemError({
    code: 'filter.value',
    at: { param: 'conditions', column: name },
    args: { value: source, type: column.type },
    message: `“${source}” is no ${column.type === 'datetime' ? 'date' : column.type}, and “${name}” holds those.`,
    hint: 'Write a value of that type, or change the column’s type first.',
  });
}

function testOf(condition: Condition, table: Table): Test {
  const name = condition.column as string;
  const column = columnNamed(table, name);
  if (condition.test === 'missing') return (row) => isMissing(column, row);
  if (condition.test === 'present') return (row) => !isMissing(column, row);
  const vector: Vector = vectorOf(column);
  const there =
    (test: Test): Test =>
    (row) =>
      !isMissing(column, row) && test(row);
  if (vector.type === 'text') {
    const accept = labelTest(condition);
    const passes = vector.labels.map(accept);
    const { codes } = vector;
    return (row) => codes[row] >= 0 && passes[codes[row]];
  }
  const { values } = vector;
  if (condition.test === 'contains' || condition.test === 'pattern') {
    const accept = labelTest(condition);
    return there((row) => accept(String(values[row])));
  }
  if (condition.test === 'in') {
    const wanted = new Set(condition.value.split(',').map((part) => constant(column, part, name)));
    return there((row) => wanted.has(values[row]));
  }
  const compare = order[condition.test];
  const value = constant(column, condition.value, name);
  return there((row) => compare(values[row], value));
}

function labelTest({ test, value }: Condition): (label: string) => boolean {
  switch (test) {
    case 'contains':
      return (label) => label.toLowerCase().includes(value.toLowerCase());
    case 'in': {
      const wanted = new Set(value.split(',').map((part) => part.trim()));
      return (label) => wanted.has(label);
    }
    case 'pattern': {
      const pattern = new RegExp(value, 'u');
      return (label) => pattern.test(label);
    }
    default: {
      const compare = order[test];
      return (label) => compare(label < value ? -1 : label > value ? 1 : 0, 0);
    }
  }
}

export function select(table: Table, params: ParamValues): Int32Array {
  const tests = conditions(params).map((condition) => testOf(condition, table));
  const source = (params.formula as string).trim();
  if (source) {
    const bits = (evaluate(parseFormula(source), table) as { values: Uint8Array }).values;
    tests.push((row) => bits[bits.length === 1 ? 0 : row] === 1);
  }
  const rows = Int32Array.from({ length: table.rowCount }, (_, i) => i);
  if (tests.length === 0) return rows;
  return rows.filter(params.match === 'any' ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row)));
}

export const headline = (before: Table, after: Table): string => `${after.rowCount} of ${before.rowCount} rows`;
