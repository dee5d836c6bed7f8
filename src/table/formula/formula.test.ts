/** The formula language: what parses as what, where faults are marked, and what the values are. */
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../base/problem.ts';
import { type Cell, cellsOf } from '../column.ts';
import { schemaOf, tableOf } from '../table.ts';
import { typeOf } from './check.ts';
import { evaluate } from './evaluate.ts';
import { print, sample } from './formula.fixture.ts';
import { parseFormula } from './parse.ts';
import { columnOfVector } from './vector.ts';

const cells = (source: string) => cellsOf(columnOfVector(evaluate(parseFormula(source), sample), sample.rowCount));

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
