/** Measures of a node face and where its ports sit; pure. */
import type { Kind } from '../../kind/kind.ts';

export const NODE_WIDTH = 176;
export const NODE_HEIGHT = 64;
export const PITCH_X = 208;
export const PITCH_Y = 100;
export const GRID = 8;

/** X of each port from the node's left edge: one in the middle, two at 52 and 124, three at 36, 88, 140. */
export function portXs(count: number): readonly number[] {
  if (count <= 0) return [];
  if (count === 1) return [88];
  if (count === 2) return [52, 124];
  if (count === 3) return [36, 88, 140];
  return Array.from({ length: count }, (_, i) => Math.round(20 + (i * 136) / (count - 1)));
}

export function portX(kind: Kind | undefined, side: 'in' | 'out', port: string): number {
  const ports = (side === 'in' ? kind?.inputs : kind?.outputs) ?? [];
  const at = ports.findIndex((p) => p.id === port);
  return portXs(ports.length)[at] ?? NODE_WIDTH / 2;
}

export const snap = (value: number): number => Math.round(value / GRID) * GRID;

export interface Point {
  x: number;
  y: number;
}
export const overlaps = (a: Point, b: Point) => Math.abs(a.x - b.x) < NODE_WIDTH + 16 && Math.abs(a.y - b.y) < NODE_HEIGHT + 24;

/** The free place nearest to `wanted`: tries right, left, then lower rows. On the grid, but for an `upright` wire, whose x counts exactly. */
export function freePlace(taken: readonly Point[], wanted: Point, upright = false): Point {
  const start = { x: upright ? wanted.x : snap(wanted.x), y: snap(wanted.y) };
  for (let row = 0; row < 50; row++) {
    for (const step of [0, 1, -1, 2, -2, 3, -3]) {
      const place = { x: start.x + step * PITCH_X, y: start.y + row * PITCH_Y };
      if (!taken.some((other) => overlaps(other, place))) return place;
    }
  }
  return start;
}
