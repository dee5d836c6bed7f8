/** Edit metadata as a table step: casts, names and roles. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import { type CategoryColumn, type Column, countMissing } from '../../table/column.ts';
import { columnIndex, columnNamed, type Field, type Table, withColumns } from '../../table/table.ts';
import { castColumn } from '../../table/verbs/cast.ts';
import { nameProblem } from '../rename/kind.ts';
import type { Relabelled } from './fitted.ts';
import { metadataEdits } from './kind.ts';

export { lower } from './lower.ts';

/** The labels that whole numbers become, for the ONNX graph; nothing when none do. */
export function fit(table: Table, params: ParamValues): Relabelled | undefined {
  const levels = metadataEdits(params).flatMap((edit): [string, string[]][] => {
    const at = columnIndex(table, edit.column);
    if (at < 0 || table.columns[at].type !== 'integer' || (edit.type !== 'category' && edit.type !== 'text')) return [];
    return [[edit.column, [...(castColumn(table.columns[at], 'category') as CategoryColumn).dictionary]]];
  });
  // Made of a list: a column may be called __proto__.
  return levels.length > 0 ? { levels: Object.fromEntries(levels) } : undefined;
}

export function apply(table: Table, params: ParamValues): Table {
  const edits = new Map(metadataEdits(params).map((edit) => [edit.column, edit]));
  for (const name of edits.keys()) columnNamed(table, name);
  const takesTarget = [...edits.values()].some((edit) => edit.role === 'target');
  const fields: Field[] = [];
  const columns: Column[] = [];
  table.fields.forEach((field, i) => {
    const edit = edits.get(field.name);
    const column = table.columns[i];
    if (!edit) {
      fields.push(takesTarget && field.role === 'target' ? { ...field, role: 'feature' } : field);
      columns.push(column);
      return;
    }
    fields.push({ ...field, name: edit.name || field.name, role: edit.role === 'same' ? field.role : edit.role });
    columns.push(edit.type === 'same' ? column : castColumn(column, edit.type));
  });
  const wrong = nameProblem(
    fields.map((field) => field.name),
    'columns',
  );
  if (wrong) throw new ProblemError(wrong);
  return withColumns(table, fields, columns);
}

export function headline(before: Table, after: Table): Phrase | undefined {
  const lost = after.columns.reduce((sum, column, i) => sum + countMissing(column) - countMissing(before.columns[i]), 0);
  return lost > 0 ? phrase('result.unread', '{count} {cell|cells} could not be read', { count: lost }) : undefined;
}
