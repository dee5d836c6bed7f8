/**
 * Evaluates a formula over a table, column at a time. A missing operand makes a missing result, as in SQL; only `&` takes a
 * missing text as the empty one, and `and`, `or` decide when one side does.
 */
import { pow } from '../../base/float.ts';
import { compareText } from '../../base/text-order.ts';
import { columnNamed, schemaOf, type Table } from '../table.ts';
import type { BinaryOperator, Expression, FormulaType } from './ast.ts';
import { callFunction } from './call.ts';
import { argumentType, formulaTypes } from './check.ts';
import {
  type BooleanVector,
  labelsOf,
  lengthOf,
  missingVector,
  numbersOf,
  type TextVector,
  textVector,
  type Vector,
  vectorOf,
} from './vector.ts';

/** The formula's value per row. Throws a ProblemError that marks the fault. */
export function evaluate(formula: Expression, table: Table): Vector {
  const types = formulaTypes(formula, schemaOf(table));
  // `wanted` is what a bare `missing` becomes.
  const run = (e: Expression, wanted: FormulaType | undefined): Vector => {
    switch (e.type) {
      case 'number':
        return { type: 'number', values: Float64Array.of(e.value) };
      case 'text':
        return textVector([e.value]);
      case 'boolean':
        return { type: 'boolean', values: Uint8Array.of(Number(e.value)) };
      case 'missing':
        return missingVector(wanted ?? 'number');
      case 'column':
        return vectorOf(columnNamed(table, e.name));
      case 'unary': {
        if (e.operator === '-') return { type: 'number', values: numbersOf(run(e.argument, 'number')).map((x) => -x) };
        const { values } = run(e.argument, 'boolean') as BooleanVector;
        return { type: 'boolean', values: values.map((bit) => (bit === 2 ? 2 : 1 - bit)) };
      }
      case 'binary': {
        const logical = e.operator === 'and' || e.operator === 'or';
        const known = logical ? 'boolean' : (types.get(e.left) ?? types.get(e.right));
        return binary(e.operator, run(e.left, known), run(e.right, known));
      }
      case 'call':
        return callFunction(
          e.name,
          e.arguments.map((argument, i) => run(argument, argumentType(e, i, types, wanted))),
          types.get(e) ?? wanted,
        );
    }
  };
  return run(formula, types.get(formula) ?? 'number');
}

type Zip = <A extends Float64Array | Uint8Array>(
  out: A,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  f: (x: number, y: number) => number,
) => A;
/** One loop over both operands, either of which may be a constant. */
const zip: Zip = (out, a, b, f) => {
  const stepA = a.length === 1 ? 0 : 1;
  const stepB = b.length === 1 ? 0 : 1;
  for (let i = 0; i < out.length; i++) out[i] = f(a[i * stepA], b[i * stepB]);
  return out;
};

const MATHS: Partial<Record<BinaryOperator, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  // Division by zero has no value here; infinities would spread through means and models.
  '/': (x, y) => (y === 0 ? Number.NaN : x / y),
  // Sign of the divisor, as in Python and pandas.
  '%': (x, y) => (y === 0 ? Number.NaN : x - Math.floor(x / y) * y),
  // By IEEE 754 anything to the power 0 is 1, and 1 to any power; a missing operand is missing all the same.
  '^': (x, y) => (Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : pow(x, y)),
};
const COMPARE: Partial<Record<BinaryOperator, (order: number) => boolean>> = {
  '=': (o) => o === 0,
  '!=': (o) => o !== 0,
  '<': (o) => o < 0,
  '<=': (o) => o <= 0,
  '>': (o) => o > 0,
  '>=': (o) => o >= 0,
};

function binary(operator: BinaryOperator, left: Vector, right: Vector): Vector {
  const n = Math.max(lengthOf(left), lengthOf(right));
  const rows = lengthOf(left) === 0 || lengthOf(right) === 0 ? 0 : n;
  const maths = MATHS[operator];
  if (maths) return { type: 'number', values: zip(new Float64Array(rows), numbersOf(left), numbersOf(right), maths) };
  if (operator === 'and' || operator === 'or') return { type: 'boolean', values: logic(operator, left, right, rows) };
  if (operator === '&') {
    const [a, b] = [left, right].map((v) => callFunction('text', [v], 'text') as TextVector).map(labelsOf);
    return textVector(Array.from({ length: rows }, (_, i) => a[a.length === 1 ? 0 : i] + b[b.length === 1 ? 0 : i]));
  }
  const test = COMPARE[operator] as (order: number) => boolean;
  const [a, b] = left.type === 'text' && right.type === 'text' ? textRanks(left, right) : [numbersOf(left), numbersOf(right)];
  return {
    type: 'boolean',
    values: zip(new Uint8Array(rows), a, b, (x, y) => (Number.isNaN(x) || Number.isNaN(y) ? 2 : Number(test(x < y ? -1 : x > y ? 1 : 0)))),
  };
}

/** Three-valued: false and missing is false, true or missing is true. */
function logic(operator: 'and' | 'or', left: Vector, right: Vector, rows: number): Uint8Array {
  const decisive = operator === 'and' ? 0 : 1;
  const [a, b] = [left, right].map((v) => (v as BooleanVector).values);
  return zip(new Uint8Array(rows), a, b, (x, y) => (x === decisive || y === decisive ? decisive : x === 2 || y === 2 ? 2 : 1 - decisive));
}

/** Numbers that order two text vectors as their texts do, by code point. */
function textRanks(left: TextVector, right: TextVector): [Float64Array, Float64Array] {
  const sorted = [...new Set([...left.labels, ...right.labels])].sort(compareText);
  const rank = new Map(sorted.map((label, i) => [label, i]));
  const of = (v: TextVector) => {
    const ranks = v.labels.map((label) => rank.get(label) as number);
    return Float64Array.from(v.codes, (code) => (code < 0 ? Number.NaN : ranks[code]));
  };
  return [of(left), of(right)];
}
