/** Date parts as a table step, and the same arithmetic in the ONNX graph. */
import { cos, sin } from '../../base/float.ts';
import { columnsChanged, type Phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { derivedRole } from '../../kind/schema.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import { loweredSchema } from '../../recipe/lowered-schema.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { type Column, type NumericColumn, numeric } from '../../table/column.ts';
import { type DateField, dateField } from '../../table/formula/date-fields.ts';
import { roundEven } from '../../table/round-even.ts';
import { columnIndex, columnNamed, type Field, type Table, withColumns } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { CYCLE, DATES, partColumns } from './kind.ts';
import { lowerDateField } from './lower-date.ts';

/**
 * Places on a circle are rounded to a multiple of 2^-40. What should be 0 or twice the same value otherwise differs by
 * 1e-16, by another 1e-16 in each runtime, and a tree would split on that.
 */
const GRID = 2 ** 40;

/** Radians of a part on its circle. */
function turn(part: DateField): { start: number; step: number } {
  const cycle = CYCLE[part] ?? { start: 0, length: 1 };
  return { start: cycle.start, step: (2 * Math.PI) / cycle.length };
}

export function apply(table: Table, params: ParamValues): Table {
  const names = chosenNames(table, params.columns as ColumnPick, DATES);
  const taken = new Set(table.fields.map((field) => field.name));
  const fields: Field[] = [];
  const columns: Column[] = [];
  table.fields.forEach((field, i) => {
    if (!params.keep && names.includes(field.name)) return;
    fields.push(field);
    columns.push(table.columns[i]);
  });
  for (const name of names) {
    const { values } = columnNamed(table, name) as NumericColumn;
    const role = derivedRole(table.fields[columnIndex(table, name)].role);
    for (const made of partColumns(name, params, taken)) {
      const { start, step } = turn(made.part);
      const wave = made.form === 'sin' ? sin : cos;
      const numbers = values.map((ms) => {
        const value = dateField(made.part, ms);
        return made.form === 'value' || Number.isNaN(value) ? value : roundEven(wave((value - start) * step) * GRID) / GRID + 0;
      });
      fields.push({ name: made.name, role });
      columns.push(numeric(numbers, made.type));
    }
  }
  return withColumns(table, fields, columns);
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable {
  const names = resolveColumns(params.columns as ColumnPick, loweredSchema(columns), DATES);
  const taken = new Set(columns.keys());
  const result = new Map(columns);
  for (const name of names) {
    if (!params.keep) result.delete(name);
    const ms = (columns.get(name) as { value: Value }).value;
    const out = { dtype: 'double' as const, dims: ms.dims };
    for (const made of partColumns(name, params, taken)) {
      let value: Value = lowerDateField(graph, made.part, ms);
      if (made.form !== 'value') {
        const { start, step } = turn(made.part);
        const centred = graph.op('Sub', [value, graph.constant('double', [start], [1, 1])], out);
        const angle = graph.op('Mul', [centred, graph.constant('double', [step], [1, 1])], out);
        const wave = graph.op(made.form === 'sin' ? 'Sin' : 'Cos', [angle], out);
        const grid = graph.constant('double', [GRID], [1, 1]);
        value = graph.op('Div', [graph.op('Round', [graph.op('Mul', [wave, grid], out)], out), grid], out);
      }
      result.set(made.name, { type: made.type, value });
    }
  }
  return result;
}

export const headline = (before: Table, after: Table): Phrase => columnsChanged(before.columns.length, after.columns.length);
