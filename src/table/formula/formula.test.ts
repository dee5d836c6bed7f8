/** The formula language: what parses as what, where faults are marked, and values against a naive row-by-row reading. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log, log10, pow } from '../../base/float.ts';
import { ProblemError } from '../../base/problem.ts';
import { type Cell, cellsOf } from '../column.ts';
import { roundEven } from '../round-even.ts';
import { schemaOf, tableOf } from '../table.ts';
import type { BinaryOperator, Expression } from './ast.ts';
import { typeOf } from './check.ts';
import { evaluate } from './evaluate.ts';
import { functionNamed } from './functions.ts';
import { parseFormula } from './parse.ts';
import { columnOfVector } from './vector.ts';

const sample = tableOf({
  a: ['number', [1, -2.5, null, 0, 1e6]],
  i: ['integer', [3, null, -1, 0, 7]],
  b: ['boolean', [true, false, null, true, false]],
  'my text': ['category', ['x', null, 'yes', 'X', 'x']],
  t: ['text', ['a b', '', 'é😀z', 'x', null]],
  d: ['datetime', [0, 951_782_400_000, null, -1, 4_102_444_800_000]],
});
const cells = (source: string) => cellsOf(columnOfVector(evaluate(parseFormula(source), sample), sample.rowCount));

/** Writes a tree with brackets everywhere. */
function print(e: Expression): string {
  switch (e.type) {
    case 'number':
      return String(e.value);
    case 'text':
      return `'${e.value.replaceAll("'", "''")}'`;
    case 'boolean':
      return String(e.value);
    case 'missing':
      return 'missing';
    case 'column':
      return `[${e.name.replaceAll(']', ']]')}]`;
    case 'unary':
      return `(${e.operator} ${print(e.argument)})`;
    case 'binary':
      return `(${print(e.left)} ${e.operator} ${print(e.right)})`;
    case 'call':
      return `${e.name}(${e.arguments.map(print).join(', ')})`;
  }
}
/** The tree without positions. */
const bare = (e: Expression): unknown =>
  JSON.parse(JSON.stringify(e, (key, value) => (key === 'from' || key === 'to' ? undefined : value)));
const shape = (source: string) => print(parseFormula(source));
function fault(source: string): { message: string; at: string } {
  try {
    typeOf(parseFormula(source), schemaOf(sample));
  } catch (error) {
    const { message, args } = (error as ProblemError).problem;
    return { message, at: source.slice(args.from as number, args.to as number) };
  }
  throw new Error('no fault');
}

describe('parsing', () => {
  it.each([
    ['1 + 2 * 3 ^ 2 ^ 2', '(1 + (2 * (3 ^ (2 ^ 2))))'],
    ['-2 ^ 2', '(- (2 ^ 2))'],
    ['2 ^ -1', '(2 ^ (- 1))'],
    ['a - 1 - 2', '(([a] - 1) - 2)'],
    ['not a = 1 and b or c', '(((not ([a] = 1)) and [b]) or [c])'],
    ['a <> 1 || !b', '(([a] != 1) or (not [b]))'],
    ['"x" & a + 1 = t', "(('x' & ([a] + 1)) = [t])"],
    ['IF(b, .5, 1e-3)', 'if([b], 0.5, 0.001)'],
    ["`a``b` = 'it''s'", "([a`b] = 'it''s')"],
    ['[odd ]] name] % 7', '([odd ]] name] % 7)'],
  ])('%s', (source, tree) => {
    expect(shape(source)).toBe(tree);
  });
  it.each([
    ['1 +', 'The formula ends too early.', ''],
    ['(1', '“)” is missing at position 3.', ''],
    ['1 < a < 5', 'Comparisons cannot be chained.', '<'],
    ['a constructor b', '“constructor” is not expected at position 3.', 'constructor'],
    ["'open", "The ' at position 1 is never closed.", "'open"],
    ['1 ~ 2', '“~” at position 3 means nothing in a formula.', '~'],
    ['A + 1', 'There is no column “A”.', 'A'],
    ['1 + t', 'A number is needed here, and this is a text.', 't'],
    ['if(b, 1, "x")', 'The values have different types: a number and a text.', '"x"'],
    ['not 1', 'True or false is needed here, and this is a number.', '1'],
    ['lo(1)', 'There is no function “lo”.', 'lo(1)'],
    ['log()', 'log(…) takes 1 value, and 0 are given.', 'log()'],
    ['year(a)', 'A date is needed here, and this is a number.', 'a'],
  ])('%s: the fault is marked', (source, message, at) => {
    expect(fault(source)).toEqual({ message, at });
  });
  it('deep and long formulas end in a Problem or at once', () => {
    const nested = (depth: number) => `${'if(b, 1, '.repeat(depth)}0${')'.repeat(depth)}`;
    expect(cells(nested(90))).toEqual([1, 0, 0, 1, 0]);
    expect(() => parseFormula('('.repeat(5000))).toThrow(ProblemError);
    expect(() => parseFormula(`1${' + 1'.repeat(3000)}`)).toThrow('too long');
    expect(cells(`0${' + 1'.repeat(900)}`)[0]).toBe(900);
  });
});

describe('values', () => {
  it.each<[string, Cell[]]>([
    ['a / i', [1 / 3, null, null, null, 1e6 / 7]],
    ['a % 2', [1, 1.5, null, 0, 0]],
    ['missing ^ 0 = 1', [null, null, null, null, null]],
    ['b and missing', [null, false, null, null, false]],
    ['b or missing', [true, null, null, true, null]],
    ['not missing', [null, null, null, null, null]],
    ['missing and missing', [null, null, null, null, null]],
    ['if(missing, "p", "q")', ['q', 'q', 'q', 'q', 'q']],
    ['coalesce(a, i, -1)', [1, -2.5, -1, 0, 1e6]],
    ['coalesce(missing, [my text], "none")', ['x', 'none', 'yes', 'X', 'x']],
    ['[my text] & "-" & i', ['x-3', '-', 'yes--1', 'X-0', 'x-7']],
    ['[my text] < "a"', [false, null, false, true, false]],
    ['t = [my text]', [false, null, false, false, null]],
    ['b + 1', [2, 1, null, 2, 1]],
    ['is_missing(t)', [false, true, false, false, true]],
    ['length(t)', [3, null, 3, 1, null]],
    ['right(t, 2)', [' b', null, '😀z', 'x', null]],
    ['right(t, 0.5)', [null, null, null, null, null]],
    ['mid(t, 2, 1)', [' ', null, '😀', null, null]],
    ['contains(t, "b")', [true, null, false, false, null]],
    ['replace(t, " ", "")', ['ab', null, 'é😀z', 'x', null]],
    ['number("1e3") + number("x")', [null, null, null, null, null]],
    ['year(d) * 100 + month(d)', [197001, 200002, null, 196912, 210001]],
    ['day(d)', [1, 29, null, 31, 1]],
    ['weekday(d)', [4, 2, null, 3, 5]],
    ['date("2000-02-29") = d', [false, true, null, false, false]],
    ['min(a, i)', [1, null, null, 0, 7]],
    ['clip(a, -1, 2)', [1, -1, null, 0, 2]],
  ])('%s', (source, wanted) => {
    expect(cells(source).map((cell) => (Object.is(cell, -0) ? 0 : cell))).toEqual(wanted);
  });
  it('stands no rows', () => {
    const none = tableOf({ a: ['number', []], t: ['text', []] });
    for (const source of ['a + 1', 'if(a > 1, t, "x")', '1', '"x"', 'missing', 'coalesce(t, "x")'])
      expect(columnOfVector(evaluate(parseFormula(source), none), 0)).toMatchObject({ length: 0 });
  });
});

/** What a formula gives in one row; null is missing. */
function naive(e: Expression, row: Record<string, Cell>): Cell {
  const at = (part: Expression) => naive(part, row);
  const number = (cell: Cell): number => (cell === null ? Number.NaN : Number(cell));
  const made = (value: number): Cell => (Number.isNaN(value) ? null : value);
  switch (e.type) {
    case 'number':
    case 'boolean':
      return e.value;
    case 'text':
      return e.value || null;
    case 'missing':
      return null;
    case 'column':
      return row[e.name];
    case 'unary': {
      const value = at(e.argument);
      if (value === null) return null;
      return e.operator === '-' ? -Number(value) : !value;
    }
    case 'binary':
      return naiveBinary(e.operator, at(e.left), at(e.right));
    case 'call': {
      const args = e.arguments.map(at);
      const x = number(args[0]);
      switch (e.name) {
        case 'if':
          return args[0] === true ? args[1] : args[2];
        case 'coalesce':
          return args.find((arg) => arg !== null) ?? null;
        case 'is_missing':
          return args[0] === null;
        case 'min':
        case 'max':
          return made(Math[e.name](...args.map(number)));
        default:
          return made(
            {
              abs: Math.abs,
              floor: Math.floor,
              round: roundEven,
              exp,
              log: (v: number) => (v > 0 ? log(v) : Number.NaN),
              log10: (v: number) => (v > 0 ? log10(v) : Number.NaN),
            }[e.name]!(x),
          );
      }
    }
  }
}
function naiveBinary(operator: BinaryOperator, a: Cell, b: Cell): Cell {
  if (operator === 'and') return a === false || b === false ? false : a === null || b === null ? null : true;
  if (operator === 'or') return a === true || b === true ? true : a === null || b === null ? null : false;
  if (operator === '&') return `${a ?? ''}${b ?? ''}` || null;
  if (a === null || b === null) return null;
  const [x, y] = [Number(a), Number(b)];
  const text = typeof a === 'string';
  const order = text ? (a < String(b) ? -1 : a > String(b) ? 1 : 0) : x - y;
  const value = {
    '+': () => x + y,
    '-': () => x - y,
    '*': () => x * y,
    '/': () => (y === 0 ? null : x / y),
    '%': () => (y === 0 ? null : x - Math.floor(x / y) * y),
    '^': () => pow(x, y),
    '=': () => order === 0,
    '!=': () => order !== 0,
    '<': () => order < 0,
    '<=': () => order <= 0,
    '>': () => order > 0,
    '>=': () => order >= 0,
  }[operator]();
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

const place = { from: 0, to: 0 };
const column = (name: string): Expression => ({ type: 'column', name, ...place });
const call = (name: string, ...parts: Expression[]): Expression => ({ type: 'call', name, arguments: parts, ...place });
/** Well-typed trees of each type. */
const trees = fc.letrec<{ number: Expression; boolean: Expression; text: Expression }>((tie) => {
  const binary = (operators: BinaryOperator[], part: 'number' | 'boolean' | 'text') =>
    fc
      .tuple(fc.constantFrom(...operators), tie(part), tie(part))
      .map(([operator, left, right]): Expression => ({ type: 'binary', operator, left, right, ...place }));
  const choice = (part: 'number' | 'boolean' | 'text') =>
    fc.oneof(
      fc.tuple(tie('boolean'), tie(part), tie(part)).map((parts) => call('if', ...parts)),
      fc.tuple(tie(part), tie(part)).map((parts) => call('coalesce', ...parts)),
    );
  return {
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(0, 1, 2, 0.5, 1000).map((value): Expression => ({ type: 'number', value, ...place })),
      fc.constantFrom('a', 'i').map(column),
      binary(['+', '-', '*', '/', '%', '^'], 'number'),
      tie('number').map((argument): Expression => ({ type: 'unary', operator: '-', argument, ...place })),
      fc.tuple(fc.constantFrom('abs', 'floor', 'round', 'exp', 'log', 'log10'), tie('number')).map(([name, part]) => call(name, part)),
      fc.tuple(fc.constantFrom('min', 'max'), tie('number'), tie('number')).map(([name, ...parts]) => call(name, ...parts)),
      choice('number'),
    ),
    boolean: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.boolean().map((value): Expression => ({ type: 'boolean', value, ...place })),
      fc.constant(column('b')),
      binary(['and', 'or', '=', '!='], 'boolean'),
      binary(['=', '!=', '<', '<=', '>', '>='], 'number'),
      binary(['=', '!=', '<', '>='], 'text'),
      tie('boolean').map((argument): Expression => ({ type: 'unary', operator: 'not', argument, ...place })),
      fc.oneof(tie('number'), tie('text')).map((part) => call('is_missing', part)),
      choice('boolean'),
    ),
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('x', 'yes', "it's", '').map((value): Expression => ({ type: 'text', value, ...place })),
      fc.constantFrom('my text', 't').map(column),
      binary(['&'], 'text'),
      choice('text'),
    ),
  };
});
const anyTree = fc.oneof(trees.number, trees.boolean, trees.text);

describe('on random formulas', () => {
  it('what is printed parses to the same tree', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        expect(bare(parseFormula(print(tree)))).toEqual(bare(tree));
      }),
    );
  });
  it('whole columns give what each row gives', () => {
    const rows = Array.from({ length: sample.rowCount }, (_, row) =>
      Object.fromEntries(sample.fields.map((field, k) => [field.name, cellsOf(sample.columns[k])[row]])),
    );
    fc.assert(
      fc.property(anyTree, (tree) => {
        const values = cellsOf(columnOfVector(evaluate(tree, sample), sample.rowCount));
        values.forEach((value, row) => {
          const wanted = naive(tree, rows[row]);
          if (typeof wanted === 'number' && typeof value === 'number' && Number.isFinite(wanted))
            expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)));
          else expect(value).toEqual(wanted);
        });
      }),
      { numRuns: 500 },
    );
  });
  it('every function is known by name', () => expect(functionNamed('constructor')).toBeUndefined());
});
