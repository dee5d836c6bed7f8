/** Calendar fields in the ONNX graph: civil-from-days arithmetic in double with Floor, as `table/datetime.ts` does it. */
import type { Graph, Value } from '../../onnx/build.ts';
import { DAY_MS } from '../../table/datetime.ts';
import type { DateField } from '../../table/formula/date-fields.ts';

/** Value of one field for date-times in milliseconds; NaN stays NaN. */
export function lowerDateField(graph: Graph, field: DateField, ms: Value): Value {
  const out = { dtype: 'double' as const, dims: ms.dims };
  const num = (value: number) => graph.constant('double', [value], [1, 1]);
  const op = (type: string, a: Value, b: number | Value) => graph.op(type, [a, typeof b === 'number' ? num(b) : b], out);
  const floor = (value: Value) => graph.op('Floor', [value], out);
  const divide = (a: Value, b: number) => floor(op('Div', a, b));
  const modulo = (a: Value, b: number) => op('Sub', a, op('Mul', divide(a, b), b));

  if (field === 'days') return op('Div', ms, DAY_MS);
  const days = divide(ms, DAY_MS);
  const time = op('Sub', ms, op('Mul', days, DAY_MS));
  if (field === 'hour') return divide(time, 3_600_000);
  if (field === 'minute') return modulo(divide(time, 60_000), 60);
  if (field === 'second') return modulo(divide(time, 1000), 60);
  const fromMonday = modulo(op('Add', days, 3), 7);
  if (field === 'weekday') return op('Add', fromMonday, 1);
  if (field === 'week' || field === 'weekyear') {
    const thursday = op('Mul', op('Add', op('Sub', days, fromMonday), 3), DAY_MS);
    if (field === 'weekyear') return lowerDateField(graph, 'year', thursday);
    return op('Add', divide(op('Sub', lowerDateField(graph, 'dayofyear', thursday), 1), 7), 1);
  }

  const z = op('Add', days, 719468);
  const era = divide(z, 146097);
  const dayOfEra = op('Sub', z, op('Mul', era, 146097));
  const corrected = op('Sub', op('Add', op('Sub', dayOfEra, divide(dayOfEra, 1460)), divide(dayOfEra, 36524)), divide(dayOfEra, 146096));
  const yearOfEra = divide(corrected, 365);
  const leapDays = op('Sub', divide(yearOfEra, 4), divide(yearOfEra, 100));
  const dayOfYear = op('Sub', dayOfEra, op('Add', op('Mul', yearOfEra, 365), leapDays));
  const shifted = divide(op('Add', op('Mul', dayOfYear, 5), 2), 153);
  const early = graph.op('Less', [shifted, num(10)], { dtype: 'bool', dims: ms.dims });
  const month = graph.op('Where', [early, op('Add', shifted, 3), op('Sub', shifted, 9)], out);
  if (field === 'month') return month;
  if (field === 'half') return divide(op('Add', month, 5), 6);
  if (field === 'quarter') return divide(op('Add', month, 2), 3);
  const day = op('Add', op('Sub', dayOfYear, divide(op('Add', op('Mul', shifted, 153), 2), 5)), 1);
  if (field === 'day') return day;
  const year = op('Add', op('Add', yearOfEra, op('Mul', era, 400)), graph.op('Where', [early, num(0), num(1)], out));
  if (field === 'year') return year;
  const isZero = (value: Value) => graph.op('Equal', [value, num(0)], { dtype: 'bool', dims: ms.dims });
  const bool = { dtype: 'bool' as const, dims: ms.dims };
  const century = graph.op('Not', [isZero(modulo(year, 100))], bool);
  const leap = graph.op('And', [isZero(modulo(year, 4)), graph.op('Or', [century, isZero(modulo(year, 400))], bool)], bool);
  const february = graph.op('Where', [leap, num(1), num(2)], out);
  const late = graph.op('Greater', [month, num(2)], bool);
  const before = op('Sub', op('Sub', divide(op('Mul', month, 275), 9), graph.op('Where', [late, february, num(0)], out)), 30);
  return op('Add', before, day);
}
