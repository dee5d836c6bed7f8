/** What a typed text means for a number setting, and what had to be changed about it; steps and drags of such numbers. Pure. */
import type { NumberParam, SeedParam } from '../../kind/params.ts';
import { readNumber } from './arithmetic.ts';

type AnyNumber = NumberParam | SeedParam;
/** Why the value is not what was typed. */
export type Remark = { why: 'not-a-number'; text: string } | { why: 'too-small' | 'too-large' | 'rounded'; typed: number; value: number };

export const rangeOf = (param: AnyNumber): { min: number; max: number } =>
  param.type === 'seed'
    ? { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }
    : { min: param.min ?? Number.NEGATIVE_INFINITY, max: param.max ?? Number.POSITIVE_INFINITY };

/** The value that the setting takes for this text, if any, with a remark where it is not the number that was typed. */
export function readSetting(param: AnyNumber, text: string): { value?: number; remark?: Remark } {
  const typed = readNumber(text);
  if (typed === undefined) return { remark: { why: 'not-a-number', text: text.trim() } };
  const { min, max } = rangeOf(param);
  if (typed < min) return { value: min, remark: { why: 'too-small', typed, value: min } };
  if (typed > max) return { value: max, remark: { why: 'too-large', typed, value: max } };
  const value = param.type === 'number' ? typed : Math.round(typed);
  return value === typed ? { value } : { value, remark: { why: 'rounded', typed, value } };
}

const power10 = (value: number) => 10 ** Math.floor(Math.log10(value));
/** One step of the arrow keys: the setting's own, a hundredth of its range, or a tenth of the value's size. */
export function stepOf(param: AnyNumber, value: number): number {
  if (param.type !== 'number') return (param.type === 'integer' && param.step) || 1;
  if (param.step) return param.step;
  const { min, max } = rangeOf(param);
  if (param.log && value !== 0) return power10(Math.abs(value));
  if (Number.isFinite(max - min)) return power10((max - min) / 50);
  return value === 0 ? 0.1 : power10(Math.abs(value)) / 10;
}

const PIXELS_PER_STEP = 4;
/** Ten times the value in this many pixels, for settings on a log scale. */
const PIXELS_PER_DECADE = 160;
const fit = (param: AnyNumber, value: number) => {
  const { min, max } = rangeOf(param);
  const inside = Math.min(max, Math.max(min, value));
  return param.type === 'number' ? Number(inside.toPrecision(12)) : Math.round(inside);
};

/** The value after `steps` presses of an arrow key. */
export const stepped = (param: AnyNumber, value: number, steps: number): number => fit(param, value + steps * stepOf(param, value));

/** The value after a drag over `pixels` to the right; `speed` is 10 with Shift and 0.1 with Alt. */
export function scrubbed(param: AnyNumber, start: number, pixels: number, speed: number): number {
  if (pixels === 0) return start;
  if (param.type === 'number' && param.log && start > 0)
    return fit(param, Number((start * 10 ** ((pixels * speed) / PIXELS_PER_DECADE)).toPrecision(2)));
  const step = stepOf(param, start) * (param.type === 'number' ? speed : Math.max(1, speed));
  const slow = param.type === 'number' ? 1 : Math.min(1, speed);
  return fit(param, start + Math.trunc((pixels * slow) / PIXELS_PER_STEP) * step);
}
