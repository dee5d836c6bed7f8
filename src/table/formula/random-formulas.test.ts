/** Random formulas: what is printed parses back, and whole columns give what a naive row-by-row reading gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log, log10, pow } from '../../base/float.ts';
import { type Cell, cellsOf } from '../column.ts';
import { roundEven } from '../round-even.ts';
import type { BinaryOperator, Expression } from './ast.ts';
import { evaluate } from './evaluate.ts';
import { print, sample } from './formula.fixture.ts';
import { parseFormula } from './parse.ts';
import { columnOfVector } from './vector.ts';

/** The tree without positions. */
const bare = (e: Expression): unknown =>
  JSON.parse(JSON.stringify(e, (key, value) => (key === 'from' || key === 'to' ? undefined : value)));

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
});
