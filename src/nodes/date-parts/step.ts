/** Date parts as a table step, and the same arithmetic in the ONNX graph. */
import { cos, sin } from '../../base/float.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { numeric } from '../../table/column.ts';
import { type DateField, dateField } from '../../table/formula/date-fields.ts';
import { columnNamed, schemaOf, type Table, withColumn, withColumns } from '../../table/table.ts';
import { CYCLE, DATES, partColumns } from './kind.ts';
import { lowerDateField } from './lower-date.ts';

/** Radians of a part on its circle. */
function turn(part: DateField): { start: number; step: number } {
  const cycle = CYCLE[part] ?? { start: 0, length: 1 };
  return { start: cycle.start, step: (2 * Math.PI) / cycle.length };
}

export function apply(table: Table, params: ParamValues): Table {
  const names = resolveColumns(params.columns as ColumnPick, schemaOf(table), DATES);
  let result = table;
  for (const name of names) {
    const { values } = columnNamed(table, name) as { values: Float64Array };
    for (const made of partColumns(name, params)) {
      const { start, step } = turn(made.part);
      const numbers = values.map((ms) => {
        const value = dateField(made.part, ms);
        if (made.form === 'value' || Number.isNaN(value)) return value;
        return (made.form === 'sin' ? sin : cos)((value - start) * step);
      });
      result = withColumn(result, made.name, numeric(numbers, made.form === 'value' && made.part !== 'days' ? 'integer' : 'number'));
    }
  }
  if (params.keep) return result;
  const kept = result.fields.map((_, i) => i).filter((i) => !names.includes(result.fields[i].name));
  return withColumns(
    result,
    kept.map((i) => result.fields[i]),
    kept.map((i) => result.columns[i]),
  );
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable {
  const schema = { columns: [...columns].map(([name, column]) => ({ name, type: column.type, role: 'feature' as const })) };
  const result = new Map(columns);
  for (const name of resolveColumns(params.columns as ColumnPick, schema, DATES)) {
    const ms = columns.get(name)?.value;
    if (!ms) continue;
    const out = { dtype: 'double' as const, dims: ms.dims };
    for (const made of partColumns(name, params)) {
      let value: Value = lowerDateField(graph, made.part, ms);
      if (made.form !== 'value') {
        const { start, step } = turn(made.part);
        const centred = graph.op('Sub', [value, graph.constant('double', [start], [1, 1])], out);
        const angle = graph.op('Mul', [centred, graph.constant('double', [step], [1, 1])], out);
        value = graph.op(made.form === 'sin' ? 'Sin' : 'Cos', [angle], out);
      }
      result.set(made.name, { type: made.form === 'value' && made.part !== 'days' ? 'integer' : 'number', value });
    }
    if (!params.keep) result.delete(name);
  }
  return result;
}
