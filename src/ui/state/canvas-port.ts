/** What commands may ask of the canvas on screen: camera, places, focus. The canvas fills it in when it is mounted. */
import type { Point } from './node-geometry.ts';

export interface CanvasPort {
  /** Everything, or these nodes, in view. */
  fit: (nodes?: readonly string[]) => void;
  zoom: (by: 'in' | 'out' | 'actual') => void;
  /** Brings one node into view without changing the zoom, and gives it focus. */
  reveal: (node: string, focus?: boolean) => void;
  /** Window pixels ↔ canvas units. */
  toCanvas: (at: Point) => Point;
  toWindow: (at: Point) => Point;
  /** Middle of the visible part, in canvas units. */
  centre: () => Point;
  /** Last place of the pointer over the canvas, in canvas units. */
  pointer: () => Point | undefined;
}

export const noCanvas: CanvasPort = {
  fit: () => undefined,
  zoom: () => undefined,
  reveal: () => undefined,
  toCanvas: (at) => at,
  toWindow: (at) => at,
  centre: () => ({ x: 0, y: 0 }),
  pointer: () => undefined,
};
