/** Boxes and bars chosen by keys: first press, moves, sizes, ends of the plot. */
import { describe, expect, test } from 'vitest';
import { brushKey, nextBar } from './brush-keys.ts';
import type { Box } from './use-brush.ts';

const extent: Box = { x: [0, 20], y: [-10, 10] };
const press = (box: Box | undefined, key: string, shiftKey = false) => brushKey(box, extent, { key, shiftKey });

describe('a box', () => {
  test('is set down over the middle half by the first arrow, and taken back by Escape', () => {
    expect(press(undefined, 'ArrowUp')).toEqual({ x: [5, 15], y: [-5, 5] });
    expect(press(undefined, 'Escape')).toBeUndefined();
    expect(press({ x: [5, 15], y: [-5, 5] }, 'Escape')).toBe('clear');
    expect(press({ x: [5, 15], y: [-5, 5] }, 'a')).toBeUndefined();
  });
  test('moves by a twentieth and keeps its size at the edge', () => {
    expect(press({ x: [5, 15], y: [-5, 5] }, 'ArrowLeft')).toEqual({ x: [4, 14], y: [-5, 5] });
    expect(press({ x: [5, 15], y: [-5, 5] }, 'ArrowUp')).toEqual({ x: [5, 15], y: [-4, 6] });
    expect(press({ x: [9.5, 19.5], y: [-5, 5] }, 'ArrowRight')).toEqual({ x: [10, 20], y: [-5, 5] });
    expect(press({ x: [0, 10], y: [-5, 5] }, 'ArrowLeft')).toEqual({ x: [0, 10], y: [-5, 5] });
  });
  test('grows and shrinks at its upper end, to one step at least', () => {
    expect(press({ x: [5, 15], y: [-5, 5] }, 'ArrowRight', true)).toEqual({ x: [5, 16], y: [-5, 5] });
    expect(press({ x: [5, 20], y: [-5, 5] }, 'ArrowRight', true)).toEqual({ x: [5, 20], y: [-5, 5] });
    expect(press({ x: [5, 6], y: [-5, 5] }, 'ArrowLeft', true)).toEqual({ x: [5, 6], y: [-5, 5] });
  });
});

test('bars: empty ones are passed over, the last one stays', () => {
  const counts = [0, 3, 0, 2, 0];
  expect(nextBar(counts, undefined, 1)).toBe(1);
  expect(nextBar(counts, undefined, -1)).toBe(3);
  expect(nextBar(counts, 1, 1)).toBe(3);
  expect(nextBar(counts, 3, 1)).toBe(3);
  expect(nextBar([0, 0], undefined, 1)).toBeUndefined();
});
