/**
 * A choice of judged rows, made on a matrix cell, on a brushed chart or by a chip: which rows it holds, and the same as
 * conditions of a Filter rows node over a scored table. Pure.
 */
import type { ParamValues } from '../../kind/params.ts';
import type { ColumnType } from '../../kind/schema.ts';
import type { ModelResult } from '../../recipe/results.ts';

export type Range = readonly [from: number, to: number];
export type RowPick =
  /** One cell of the confusion matrix, by class codes. */
  | { type: 'cell'; actual: number; predicted: number }
  | { type: 'wrong' }
  /** Regression: rows inside every range that is given; `error` is true minus predicted, `size` its absolute value. */
  | { type: 'box'; truth?: Range; predicted?: Range; error?: Range; size?: Range };

export const samePick = (a: RowPick | undefined, b: RowPick): boolean => JSON.stringify(a) === JSON.stringify(b);

const inside = (value: number, range: Range | undefined) => !range || (value >= range[0] && value <= range[1]);

/** Indices into the model's rows; `predicted` may be other than the model's own where a threshold is set. */
export function pickRows(pick: RowPick, { truth }: Pick<ModelResult, 'truth'>, predicted: ArrayLike<number>): Int32Array {
  const holds = (i: number): boolean => {
    if (Number.isNaN(truth[i]) || Number.isNaN(predicted[i])) return false;
    if (pick.type === 'cell') return truth[i] === pick.actual && predicted[i] === pick.predicted;
    if (pick.type === 'wrong') return truth[i] !== -1 && truth[i] !== predicted[i];
    const error = truth[i] - predicted[i];
    return (
      inside(truth[i], pick.truth) &&
      inside(predicted[i], pick.predicted) &&
      inside(error, pick.error) &&
      inside(Math.abs(error), pick.size)
    );
  };
  return Int32Array.from(truth, (_, i) => i).filter(holds);
}

/** Rounded outwards to four digits, so that what is written in a filter is what was chosen. */
export function tidyRange(a: number, b: number): Range {
  const [low, high] = a <= b ? [a, b] : [b, a];
  const round = (value: number, up: boolean) => {
    if (value === 0 || !Number.isFinite(value)) return value;
    const unit = 10 ** (Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high)))) - 3);
    if (unit === 0) return value;
    return Number(((up ? Math.ceil(value / unit) : Math.floor(value / unit)) * unit).toPrecision(12));
  };
  return [round(low, false), round(high, true)];
}

/** The largest absolute error that `share` of the rows reach or exceed. */
export function worstShare({ truth, predicted }: Pick<ModelResult, 'truth' | 'predicted'>, share: number): RowPick {
  const sizes = Float64Array.from(truth, (value, i) => Math.abs(value - predicted[i]))
    .filter((size) => !Number.isNaN(size))
    .sort();
  const least = sizes[Math.max(0, Math.min(sizes.length - 1, Math.ceil(sizes.length * (1 - share))))] ?? 0;
  return { type: 'box', size: [Math.min(least, Number(least.toPrecision(4))), Number.POSITIVE_INFINITY] };
}

/** Names in the scored table, and how classes are told apart there. */
export interface Names {
  target: string;
  predicted: string;
  classes: readonly string[];
  /** Type of the target's column: how a class is written in a formula. */
  type: ColumnType;
  /** Where a threshold decides: the probability column of the positive class. */
  cut?: { column: string; at: number; positive: number };
}

const column = (name: string) => `[${name.replaceAll(']', ']]')}]`;
const literal = (label: string, type: ColumnType) => (type === 'category' || type === 'text' ? `"${label.replaceAll('"', '""')}"` : label);

/** Parameters of a Filter rows node that keeps these rows of the scored table. */
export function filterParams(pick: RowPick, { target, predicted, classes, type, cut }: Names): ParamValues {
  const test = (name: string, how: string, value: string) => ({ column: name, test: how, value });
  if (pick.type === 'cell') {
    const called = cut
      ? test(cut.column, pick.predicted === cut.positive ? '>=' : '<', String(cut.at))
      : test(predicted, '=', classes[pick.predicted]);
    return { conditions: [test(target, '=', classes[pick.actual]), called] };
  }
  if (pick.type === 'wrong') {
    const truth = column(target);
    if (!cut) return { formula: `${truth} != ${column(predicted)}` };
    const chance = column(cut.column);
    const is = `${truth} = ${literal(classes[cut.positive], type)}`;
    return { formula: `(${chance} >= ${cut.at} and not (${is})) or (${chance} < ${cut.at} and ${is})` };
  }
  const between = (name: string, range: Range | undefined) =>
    range
      ? [
          ...(Number.isFinite(range[0]) ? [test(name, '>=', String(range[0]))] : []),
          ...(Number.isFinite(range[1]) ? [test(name, '<=', String(range[1]))] : []),
        ]
      : [];
  const error = `${column(target)} - ${column(predicted)}`;
  const formula = [
    ...(pick.error ? [`${error} >= ${pick.error[0]}`, `${error} <= ${pick.error[1]}`] : []),
    ...(pick.size ? [`abs(${error}) >= ${pick.size[0]}`] : []),
  ];
  return {
    ...(pick.truth || pick.predicted ? { conditions: [...between(target, pick.truth), ...between(predicted, pick.predicted)] } : {}),
    ...(formula.length > 0 ? { formula: formula.join(' and ') } : {}),
  };
}
