/** Choosing a part of a plot by keys: what an arrow makes of the chosen box, or of the chosen bar; pure. */
import type { Box } from './use-brush.ts';

type Range = readonly [number, number];
/** A key moves or sizes the box by this share of the plot. */
const STEPS = 20;
const ARROWS: Record<string, { axis: 'x' | 'y'; by: 1 | -1 }> = {
  ArrowLeft: { axis: 'x', by: -1 },
  ArrowRight: { axis: 'x', by: 1 },
  ArrowDown: { axis: 'y', by: -1 },
  ArrowUp: { axis: 'y', by: 1 },
};

const middle = ([low, high]: Range): Range => [low + (high - low) / 4, high - (high - low) / 4];

/** Moves both ends, or with `size` the upper end only; never out of the extent, never narrower than one step. */
function shift([from, to]: Range, [low, high]: Range, by: number, size: boolean): Range {
  const step = ((high - low) / STEPS) * by;
  if (size) return [from, Math.min(high, Math.max(from + Math.abs(step), to + step))];
  const moved = Math.min(high - to, Math.max(low - from, step));
  return [from + moved, to + moved];
}

/** The box after a key, inside `extent`; the first arrow sets it down over the middle half. `undefined` = the key means nothing here. */
export function brushKey(
  box: Box | undefined,
  extent: Box,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
): Box | 'clear' | undefined {
  if (key === 'Escape') return box ? 'clear' : undefined;
  const arrow = ARROWS[key];
  if (!arrow) return undefined;
  if (!box) return { x: middle(extent.x), y: middle(extent.y) };
  return { ...box, [arrow.axis]: shift(box[arrow.axis], extent[arrow.axis], arrow.by, shiftKey) };
}

/** The next bar with something in it, to the left or the right; from the first or last one when none is chosen. */
export function nextBar(counts: readonly number[], chosen: number | undefined, by: 1 | -1): number | undefined {
  const start = chosen ?? (by > 0 ? -1 : counts.length);
  for (let i = start + by; i >= 0 && i < counts.length; i += by) if (counts[i] > 0) return i;
  return chosen;
}
