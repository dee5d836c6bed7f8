/** Formulas in the ONNX graph: numbers, dates and booleans as double with NaN missing, texts as strings with '' missing. */
import { type Problem, toProblem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import { textEquals } from '../../onnx/text-equals.ts';
import { loweredSchema } from '../../recipe/lowered-schema.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import type { BinaryOperator, Expression, FormulaType } from '../../table/formula/ast.ts';
import { argumentType, type FormulaTypes, formulaTypes } from '../../table/formula/check.ts';
import type { DateField } from '../../table/formula/date-fields.ts';
import { DATE_FUNCTIONS } from '../../table/formula/functions.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { lowerDateField } from '../date-parts/lower-date.ts';
import { formulaItems } from './kind.ts';
import { unlowerable } from './unlowerable.ts';

const COMPARE: Partial<Record<BinaryOperator, string>> = {
  '=': 'Equal',
  '<': 'Less',
  '<=': 'LessOrEqual',
  '>': 'Greater',
  '>=': 'GreaterOrEqual',
};
const ONE_NUMBER: Record<string, string> = {
  abs: 'Abs',
  sign: 'Sign',
  floor: 'Floor',
  ceil: 'Ceil',
  round: 'Round',
  sqrt: 'Sqrt',
  exp: 'Exp',
};

/** Writes one checked and lowerable formula. A part without columns has dims [1, 1]. */
function writer(graph: Graph, columns: LoweredTable, types: FormulaTypes) {
  const number = (value: number) => graph.constant('double', [value], [1, 1]);
  const string = (value: string) => graph.constant('string', [value], [1, 1]);
  const dims = (...values: Value[]) => (values.some((v) => v.dims[0] === 'batch') ? ['batch', 1] : [1, 1]);
  const double = (type: string, ...args: Value[]) => graph.op(type, args, { dtype: 'double', dims: dims(...args) });
  const bool = (type: string, ...args: Value[]) => graph.op(type, args, { dtype: 'bool', dims: dims(...args) });
  const where = (condition: Value, a: Value, b: Value) =>
    graph.op('Where', [condition, a, b], { dtype: a.dtype, dims: dims(condition, a, b) });
  const toDouble = (flag: Value) => graph.op('Cast', [flag], { dtype: 'double', dims: flag.dims }, { to: { type: 'int', value: 11 } });
  const missing = (v: Value) => (v.dtype === 'string' ? textEquals(graph, v, '') : bool('IsNaN', v));
  const nan = () => number(Number.NaN);
  const unlessMissing = (a: Value, b: Value, result: Value) => where(bool('Or', missing(a), missing(b)), nan(), result);
  const better = (a: Value, b: Value, test: string) => where(missing(a), a, where(missing(b), b, where(bool(test, a, b), a, b)));

  /** One side is a fixed text; nothing equals a missing or an empty one. */
  function textComparison(e: Extract<Expression, { type: 'binary' }>): Value {
    const [fixed, other] = e.left.type === 'text' || e.left.type === 'missing' ? [e.left, e.right] : [e.right, e.left];
    if (fixed.type !== 'text' || fixed.value === '') return nan();
    const v = write(other, 'text');
    const same = toDouble(textEquals(graph, v, fixed.value));
    return where(missing(v), nan(), e.operator === '=' ? same : double('Sub', number(1), same));
  }

  function binary(e: Extract<Expression, { type: 'binary' }>): Value {
    const { operator } = e;
    if ([e.left, e.right].some((side) => types.get(side) === 'text')) return textComparison(e);
    const a = write(e.left, 'number');
    const b = write(e.right, 'number');
    switch (operator) {
      case '+':
        return double('Add', a, b);
      case '-':
        return double('Sub', a, b);
      case '*':
        return double('Mul', a, b);
      case '^':
        return unlessMissing(a, b, double('Pow', a, b));
      case '/':
        return where(bool('Equal', b, number(0)), nan(), double('Div', a, b));
      case '%':
        return where(bool('Equal', b, number(0)), nan(), double('Sub', a, double('Mul', double('Floor', double('Div', a, b)), b)));
      case 'and':
        return where(bool('Or', bool('Equal', a, number(0)), bool('Equal', b, number(0))), number(0), double('Mul', a, b));
      case 'or':
        return where(bool('Or', bool('Equal', a, number(1)), bool('Equal', b, number(1))), number(1), double('Add', a, b));
      default: {
        const test = operator === '!=' ? bool('Not', bool('Equal', a, b)) : bool(COMPARE[operator] as string, a, b);
        return unlessMissing(a, b, toDouble(test));
      }
    }
  }

  function call(name: string, args: Value[]): Value {
    const [a, b, c] = args;
    if (DATE_FUNCTIONS.has(name)) return lowerDateField(graph, name as DateField, a);
    switch (name) {
      case 'if':
        return where(bool('Equal', a, number(1)), b, c);
      case 'coalesce':
        return args.reduceRight((rest, value) => where(missing(value), rest, value));
      case 'is_missing':
        return toDouble(missing(a));
      case 'log':
        return where(bool('Greater', a, number(0)), double('Log', a), nan());
      case 'log10':
        return where(bool('Greater', a, number(0)), double('Div', double('Log', a), number(Math.LN10)), nan());
      case 'min':
        return args.reduce((best, value) => better(best, value, 'Less'));
      case 'max':
        return args.reduce((best, value) => better(best, value, 'Greater'));
      case 'clip':
        return better(better(a, b, 'Greater'), c, 'Less');
      default:
        return double(ONE_NUMBER[name], a);
    }
  }

  /** `wanted` is what a bare `missing` becomes. */
  function write(e: Expression, wanted: FormulaType | undefined): Value {
    switch (e.type) {
      case 'number':
        return number(e.value);
      case 'boolean':
        return number(Number(e.value));
      case 'text':
        return string(e.value);
      case 'missing':
        return wanted === 'text' ? string('') : nan();
      case 'column':
        return (columns.get(e.name) as { value: Value }).value;
      case 'unary':
        return e.operator === '-' ? double('Neg', write(e.argument, 'number')) : double('Sub', number(1), write(e.argument, 'boolean'));
      case 'binary':
        return binary(e);
      case 'call':
        return call(
          e.name,
          e.arguments.map((argument, i) => write(argument, argumentType(e, i, types, wanted))),
        );
    }
  }
  return write;
}

/** A constant becomes a column as long as the batch, which any other column knows. */
function asColumn(graph: Graph, value: Value, columns: LoweredTable): Value {
  const [like] = columns.values();
  if (value.dims[0] === 'batch' || !like) return value;
  const shape = graph.op('Shape', [like.value], { dtype: 'int64', dims: [2] });
  return graph.op('Expand', [value, shape], { dtype: value.dtype, dims: ['batch', 1] });
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable | Problem {
  const result = new Map(columns);
  try {
    for (const item of formulaItems(params)) {
      const tree = parseFormula(item.formula);
      const types = formulaTypes(tree, loweredSchema(result));
      const refused = unlowerable(tree, types);
      if (refused) return refused;
      const type = types.get(tree) ?? 'number';
      const value = asColumn(graph, writer(graph, result, types)(tree, type), result);
      result.set(item.name, { type: type === 'text' ? 'category' : type, value });
    }
    return result;
  } catch (error) {
    return toProblem(error, { param: 'formulas' });
  }
}
