/** What a person can do about what a guardrail found: an ordinary step before AutoML, or another setting of it. */
import type { Json } from '../base/json.ts';
import { columnsOf, phrase, rowsOf } from '../base/words.ts';
import type { GuardFix } from '../recipe/guard.ts';

const before = (label: GuardFix['label'], kind: string, params: Record<string, Json>): GuardFix => ({
  label,
  command: 'add-before',
  args: { port: 'table', kind, params },
});
const set = (label: GuardFix['label'], params: Record<string, Json>): GuardFix => ({ label, command: 'set-params', args: { params } });

export const dropRowsWithout = (column: string, rows: number): GuardFix =>
  before(phrase('guard-fix.drop-rows', 'Drop {rows}', { rows: rowsOf(rows) }), 'prepare.drop-missing', { columns: { names: [column] } });

export const leaveOutClasses = (target: string, classes: readonly string[]): GuardFix =>
  before(phrase('guard-fix.leave-out', 'Leave out {count} {class|classes}', { count: classes.length }), 'prepare.filter-rows', {
    conditions: classes.map((value) => ({ column: target, test: '!=', value })),
  });

export const weighClasses = (): GuardFix => set(phrase('guard-fix.weigh', 'Weigh classes'), { class_weight: 'balanced' });

export const fillColumns = (names: readonly string[]): GuardFix =>
  before(phrase('guard-fix.fill', 'Fill {columns}', { columns: columnsOf(names.length) }), 'prepare.fill-missing', {
    columns: { names: [...names] },
    labels: 'constant',
    indicator: true,
  });

export const dropColumns = (names: readonly string[]): GuardFix =>
  before(phrase('guard-fix.drop', 'Drop {columns}', { columns: columnsOf(names.length) }), 'prepare.select-columns', {
    columns: { names: [...names] },
  });

export const encodeColumns = (names: readonly string[], target: string, task: string): GuardFix =>
  before(phrase('guard-fix.encode', 'Encode {columns} by target', { columns: columnsOf(names.length) }), 'features.target-encode', {
    columns: { names: [...names] },
    target,
    task,
  });

const edit = (label: GuardFix['label'], names: readonly string[], change: { type?: string; role?: string }): GuardFix =>
  before(label, 'prepare.edit-metadata', {
    columns: names.map((column) => ({ column, type: 'same', role: 'same', name: '', ...change })),
  });

export const markKeys = (names: readonly string[]): GuardFix =>
  edit(phrase('guard-fix.keys', 'Mark {columns} as identifier', { columns: columnsOf(names.length) }), names, { role: 'id' });

export const readAsNumbers = (names: readonly string[]): GuardFix =>
  edit(phrase('guard-fix.numbers', 'Read {columns} as numbers', { columns: columnsOf(names.length) }), names, { type: 'number' });

export const removeRepeated = (names: readonly string[]): GuardFix =>
  before(phrase('guard-fix.repeated', 'Remove duplicates'), 'prepare.remove-duplicates', { columns: { names: [...names] } });

export const judgeForward = (time: string): GuardFix =>
  set(phrase('guard-fix.forward', 'Judge forward in time'), { validation: 'time', time });

/** What AutoML forecasting does to its rows by itself, as a step that can be looked at. */
export const makeSeriesBefore = (params: Record<string, Json>): GuardFix =>
  before(phrase('guard-fix.series', 'Make time series'), 'series.make', params);

export const forecastSteps = (horizon: number): GuardFix =>
  set(phrase('guard-fix.horizon', 'Forecast {count} {step|steps}', { count: horizon }), { horizon });

export const padShort = (): GuardFix => set(phrase('guard-fix.pad', 'Begin short series earlier'), { short: 'pad' });
