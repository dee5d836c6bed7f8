/** What AutoML does to columns before any learner sees them: ordinary steps of ours, which the model carries and its file contains. */
import type { ParamValues } from '../../kind/params.ts';
import type { RunContext } from '../../kind/run.ts';
import { runStep } from '../../recipe/apply-step.ts';
import { featuresOf, targetOf } from '../../recipe/fit-model.ts';
import type { Frame } from '../../recipe/frame.ts';
import type { Lookups } from '../../recipe/model.ts';
import { type Column, isMissing } from '../../table/column.ts';
import { type DateField, dateField } from '../../table/formula/date-fields.ts';
import { columnNamed } from '../../table/table.ts';
import { dateParts } from '../date-parts/kind.ts';

const PARTS: readonly DateField[] = ['year', 'quarter', 'month', 'day', 'weekday', 'dayofyear', 'hour', 'minute'];
/** Rows looked at to see which parts vary. */
const LOOK = 2000;

export interface Featurised {
  frame: Frame;
  /** Target, features, task and positive class, as learners take them. */
  common: ParamValues;
  /** What was done, to be drawn as nodes. */
  steps: readonly { kind: string; params: ParamValues }[];
}

/** The frame with the parts of its dates that vary, as columns; the same frame where there is no date to learn from. */
export async function featurised(given: Featurised, lookups: Lookups, random: RunContext['random']): Promise<Featurised> {
  const { frame, common } = given;
  const { table } = frame;
  const features = featuresOf(table, common, targetOf(table, common));
  const dates = features.filter((name) => columnNamed(table, name).type === 'datetime');
  if (dates.length === 0) return given;
  const parts = PARTS.filter((part) => dates.some((name) => varies(columnNamed(table, name), part)));
  if (parts.length === 0) return given;
  const code = await lookups.step(dateParts.id, dateParts.version);
  const params = { columns: { names: dates }, parts: parts.map((part) => ({ part })), cyclic: false, keep: true };
  const made = await runStep(code, dateParts, params, [frame], { random, lookup: lookups.step });
  const steps = [{ kind: dateParts.id, params }];
  if (common.features && 'all' in (common.features as object)) return { frame: made, common, steps };
  const known = new Set(table.fields.map(({ name }) => name));
  const names = made.table.fields.flatMap(({ name }) => (known.has(name) ? [] : [name]));
  return { frame: made, common: { ...common, features: { names: [...features, ...names] } }, steps };
}

function varies(column: Column, part: DateField): boolean {
  if (column.type !== 'datetime') return false;
  const step = Math.max(1, Math.floor(column.length / LOOK));
  let first: number | undefined;
  for (let i = 0; i < column.length; i += step) {
    if (isMissing(column, i)) continue;
    const value = dateField(part, column.values[i]);
    if (first !== undefined && value !== first) return true;
    first = value;
  }
  return false;
}
