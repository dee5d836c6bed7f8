/** The functions of the formula language: names, argument types, result types and one-line help. Behaviour is in `call.ts`. */
import type { FormulaType } from './ast.ts';

export interface FunctionSpec {
  name: string;
  /** Types of the arguments; `any` takes all; a last `…` repeats the one before. */
  takes: readonly (FormulaType | 'any' | '…')[];
  /** `same` = the common type of the `any` arguments. */
  gives: FormulaType | 'same';
  group: 'logic' | 'numbers' | 'text' | 'dates';
  help: string;
  /** Can stand in an ONNX graph. */
  lowerable: boolean;
}

const spec = (
  name: string,
  takes: FunctionSpec['takes'],
  gives: FunctionSpec['gives'],
  group: FunctionSpec['group'],
  help: string,
  lowerable = true,
): FunctionSpec => ({ name, takes, gives, group, help, lowerable });

export const FUNCTIONS: readonly FunctionSpec[] = [
  spec('if', ['boolean', 'any', 'any'], 'same', 'logic', 'if(condition, then, else). A missing condition takes “else”.'),
  spec('coalesce', ['any', '…'], 'same', 'logic', 'The first value that is not missing.'),
  spec('is_missing', ['any'], 'boolean', 'logic', 'Whether the value is missing.'),
  spec('abs', ['number'], 'number', 'numbers', 'Size without sign.'),
  spec('sign', ['number'], 'number', 'numbers', '−1, 0 or 1.'),
  spec('floor', ['number'], 'number', 'numbers', 'Largest whole number not above.'),
  spec('ceil', ['number'], 'number', 'numbers', 'Smallest whole number not below.'),
  spec('round', ['number'], 'number', 'numbers', 'Nearest whole number; halves go to the even one.'),
  spec('sqrt', ['number'], 'number', 'numbers', 'Square root; missing below zero.'),
  spec('exp', ['number'], 'number', 'numbers', 'e to the power of the value.'),
  spec('log', ['number'], 'number', 'numbers', 'Natural logarithm; missing at or below zero.'),
  spec('log10', ['number'], 'number', 'numbers', 'Logarithm to base 10; missing at or below zero.'),
  spec('min', ['number', '…'], 'number', 'numbers', 'Smallest of the values in the row; missing when one is.'),
  spec('max', ['number', '…'], 'number', 'numbers', 'Largest of the values in the row; missing when one is.'),
  spec('clip', ['number', 'number', 'number'], 'number', 'numbers', 'clip(value, lowest, highest).'),
  spec('lower', ['text'], 'text', 'text', 'In lower case.', false),
  spec('upper', ['text'], 'text', 'text', 'In upper case.', false),
  spec('trim', ['text'], 'text', 'text', 'Without spaces at both ends.', false),
  spec('length', ['text'], 'number', 'text', 'Number of characters.', false),
  spec('contains', ['text', 'text'], 'boolean', 'text', 'Whether the first text contains the second.', false),
  spec('starts_with', ['text', 'text'], 'boolean', 'text', 'Whether the first text starts with the second.', false),
  spec('ends_with', ['text', 'text'], 'boolean', 'text', 'Whether the first text ends with the second.', false),
  spec('replace', ['text', 'text', 'text'], 'text', 'text', 'replace(text, find, write), every occurrence.', false),
  spec('left', ['text', 'number'], 'text', 'text', 'The first n characters.', false),
  spec('right', ['text', 'number'], 'text', 'text', 'The last n characters.', false),
  spec('mid', ['text', 'number', 'number'], 'text', 'text', 'mid(text, start, length); start counts from 1.', false),
  spec('number', ['any'], 'number', 'text', 'The number that a text stands for; missing when it is none.', false),
  spec('text', ['any'], 'text', 'text', 'The value as text.', false),
  spec('date', ['text'], 'datetime', 'dates', 'The date that a text such as 2026-01-31 stands for.', false),
  spec('year', ['datetime'], 'number', 'dates', 'Year.'),
  spec('quarter', ['datetime'], 'number', 'dates', 'Quarter, 1 to 4.'),
  spec('month', ['datetime'], 'number', 'dates', 'Month, 1 to 12.'),
  spec('day', ['datetime'], 'number', 'dates', 'Day of the month, 1 to 31.'),
  spec('weekday', ['datetime'], 'number', 'dates', 'Day of the week, Monday 1 to Sunday 7.'),
  spec('hour', ['datetime'], 'number', 'dates', 'Hour, 0 to 23.'),
  spec('minute', ['datetime'], 'number', 'dates', 'Minute, 0 to 59.'),
  spec('days', ['datetime'], 'number', 'dates', 'Days since 1970-01-01, with fractions; subtract two to count days between.'),
];
/** Functions that take a date apart. */
export const DATE_FUNCTIONS: ReadonlySet<string> = new Set(FUNCTIONS.filter((f) => f.takes[0] === 'datetime').map((f) => f.name));
const byName = new Map(FUNCTIONS.map((f) => [f.name, f]));
export const functionNamed = (name: string): FunctionSpec | undefined => byName.get(name);
