/** Formulas in the ONNX graph: numbers, dates and booleans as double with NaN missing, texts as strings with '' missing. */
import { type Problem, ProblemError, toProblem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import type { BinaryOperator, Expression, FormulaType } from '../../table/formula/ast.ts';
import { typeOf } from '../../table/formula/check.ts';
import type { DateField } from '../../table/formula/date-fields.ts';
import { parseFormula } from '../../table/formula/parse.ts';
import { lowerDateField } from '../date-parts/lower-date.ts';
import { formulaItems } from './kind.ts';
import { unlowerable } from './unlowerable.ts';

const DATE_FIELDS = new Set(['year', 'quarter', 'month', 'day', 'weekday', 'hour', 'minute', 'days']);
const COMPARE: Partial<Record<BinaryOperator, string>> = {
  '=': 'Equal',
  '<': 'Less',
  '<=': 'LessOrEqual',
  '>': 'Greater',
  '>=': 'GreaterOrEqual',
};
const LN10 = 2.302585092994046;

/** Writes one checked formula; `batch` is any value with the batch dimension, for constants. */
function writer(graph: Graph, columns: LoweredTable) {
  const number = (value: number) => graph.constant('double', [value], [1, 1]);
  const dims = (...values: Value[]) => (values.some((v) => v.dims[0] === 'batch') ? ['batch', 1] : [1, 1]);
  const double = (type: string, ...args: Value[]) => graph.op(type, args, { dtype: 'double', dims: dims(...args) });
  const bool = (type: string, ...args: Value[]) => graph.op(type, args, { dtype: 'bool', dims: dims(...args) });
  const where = (condition: Value, a: Value, b: Value) =>
    graph.op('Where', [condition, a, b], { dtype: a.dtype, dims: dims(condition, a, b) });
  const toDouble = (flag: Value) => graph.op('Cast', [flag], { dtype: 'double', dims: flag.dims }, { to: { type: 'int', value: 11 } });
  const equals = (text: Value, wanted: string) => {
    const hit = graph.op(
      'LabelEncoder',
      [text],
      { dtype: 'int64', dims: text.dims },
      {
        keys_strings: { type: 'strings', value: [wanted] },
        values_int64s: { type: 'ints', value: [1] },
        default_int64: { type: 'int', value: 0 },
      },
      'ai.onnx.ml',
    );
    return graph.op('Cast', [hit], { dtype: 'bool', dims: text.dims }, { to: { type: 'int', value: 9 } });
  };
  const missing = (v: Value) => (v.dtype === 'string' ? equals(v, '') : bool('IsNaN', v));
  const nan = () => number(Number.NaN);
  const minimum = (a: Value, b: Value, less: string) => where(missing(a), a, where(missing(b), b, where(bool(less, a, b), a, b)));

  function binary(e: Extract<Expression, { type: 'binary' }>): Value {
    const { operator } = e;
    if ((operator === '=' || operator === '!=') && isText(e)) {
      const text = e.left.type === 'text' ? e.right : e.left;
      const constant = e.left.type === 'text' ? e.left : e.right;
      if (constant.type !== 'text')
        throw new ProblemError({
          code: 'export.formula',
          message: 'Comparing two text columns cannot be written into an ONNX file.',
          hint: 'Compare a column with a fixed text.',
        });
      const v = write(text);
      const same = toDouble(equals(v, constant.value));
      return where(missing(v), nan(), operator === '=' ? same : double('Sub', number(1), same));
    }
    const a = write(e.left);
    const b = write(e.right);
    switch (operator) {
      case '+':
        return double('Add', a, b);
      case '-':
        return double('Sub', a, b);
      case '*':
        return double('Mul', a, b);
      case '^':
        return double('Pow', a, b);
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
        return where(bool('Or', missing(a), missing(b)), nan(), toDouble(test));
      }
    }
  }

  /** Whether a comparison is between texts: a fixed text or a string column on either side. */
  const isText = (e: Extract<Expression, { type: 'binary' }>) =>
    [e.left, e.right].some((side) => side.type === 'text' || (side.type === 'column' && columns.get(side.name)?.value.dtype === 'string'));

  function call(name: string, args: Value[]): Value {
    const [a, b, c] = args;
    if (DATE_FIELDS.has(name)) return lowerDateField(graph, name as DateField, a);
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
        return where(bool('Greater', a, number(0)), double('Div', double('Log', a), number(LN10)), nan());
      case 'min':
        return args.reduce((best, value) => minimum(best, value, 'Less'));
      case 'max':
        return args.reduce((best, value) => minimum(best, value, 'Greater'));
      case 'clip':
        return minimum(minimum(a, b, 'Greater'), c, 'Less');
      default:
        return double(
          { abs: 'Abs', sign: 'Sign', floor: 'Floor', ceil: 'Ceil', round: 'Round', sqrt: 'Sqrt', exp: 'Exp' }[name] as string,
          a,
        );
    }
  }

  function write(e: Expression, wanted?: FormulaType): Value {
    switch (e.type) {
      case 'number':
        return number(e.value);
      case 'boolean':
        return number(Number(e.value));
      case 'text':
        return graph.constant('string', [e.value], [1, 1]);
      case 'missing':
        return wanted === 'text' ? graph.constant('string', [''], [1, 1]) : nan();
      case 'column':
        return (columns.get(e.name) as { value: Value }).value;
      case 'unary':
        return e.operator === '-' ? double('Neg', write(e.argument)) : double('Sub', number(1), write(e.argument));
      case 'binary':
        return binary(e);
      case 'call':
        return call(
          e.name,
          e.arguments.map((argument, i) => write(argument, e.name === 'if' && i === 0 ? 'boolean' : typeOf(e, schemaOfColumns(columns)))),
        );
    }
  }
  return write;
}

const schemaOfColumns = (columns: LoweredTable) => ({
  columns: [...columns].map(([name, column]) => ({ name, type: column.type, role: 'feature' as const })),
});

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable | Problem {
  const result = new Map(columns);
  try {
    for (const item of formulaItems(params)) {
      const tree = parseFormula(item.formula);
      const refused = unlowerable(tree);
      if (refused) return refused;
      const schema = schemaOfColumns(result);
      const type = typeOf(tree, schema) ?? 'number';
      let value = writer(graph, result)(tree, type);
      const first = [...result.values()][0];
      // A constant becomes a column as long as the batch.
      if (value.dims[0] !== 'batch' && first) {
        const shape = graph.op('Shape', [first.value], { dtype: 'int64', dims: [2] });
        value = graph.op('Expand', [value, shape], { dtype: value.dtype, dims: ['batch', 1] });
      }
      result.set(item.name, { type: type === 'text' ? 'category' : type, value });
    }
    return result;
  } catch (error) {
    return toProblem(error, { param: 'formulas' });
  }
}
