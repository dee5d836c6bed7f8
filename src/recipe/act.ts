/** What a `keep` step makes of rows: those that it learned from may get other answers than new ones (`StepCode.applyLearning`). */
import type { ParamValues } from '../kind/params.ts';
import type { Column } from '../table/column.ts';
import { type Table, withColumns } from '../table/table.ts';
import type { StepCode } from './step.ts';
import { idsOf, type Track } from './track.ts';

export interface FittedStep {
  params: ParamValues;
  fitted: unknown;
  sides: readonly Table[];
}

/** `learned` are the rows that the step was fitted on, in the same order; rows of `track` with one of their ids get the answers of learning rows. */
export async function act(code: StepCode, { params, fitted, sides }: FittedStep, track: Track, learned: Track): Promise<Table> {
  const made = await code.apply!(track.table, params, fitted, sides);
  if (!code.applyLearning || learned.table.rowCount === 0) return made;
  const own = await code.applyLearning(learned.table, params, fitted, idsOf(learned.ids, learned.table.rowCount), sides);
  if (learned.table === track.table) return own;
  const places = new Map<number, number>();
  idsOf(learned.ids, learned.table.rowCount).forEach((id, place) => {
    if (id >= 0 && !places.has(id)) places.set(id, place);
  });
  const from = idsOf(track.ids, track.table.rowCount).map((id) => places.get(id) ?? -1);
  return withColumns(
    made,
    made.fields,
    made.columns.map((column, c) => replaced(column, own.columns[c], from)),
  );
}

/** Only numbers differ: the rows' own where `from` is -1, else those of `other`. */
function replaced(column: Column, other: Column, from: Int32Array): Column {
  if (column.type !== 'number' || other.type !== 'number') return column;
  const values = column.values.slice();
  let changed = false;
  from.forEach((place, row) => {
    if (place < 0 || Object.is(values[row], other.values[place])) return;
    values[row] = other.values[place];
    changed = true;
  });
  return changed ? { ...column, values } : column;
}
