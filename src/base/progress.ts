/** A progress report: `fraction` 0 to 1 where known; `point` extends the live curve on the node. */
import type { Json } from './json.ts';
import type { Words } from './words.ts';

export interface Progress {
  fraction?: number;
  text?: Words;
  point?: { x: number; series: Record<string, number> };
  /** All that there is to see so far, for a view of the kind's own; plain and small, each one in place of the one before. */
  live?: Json;
}
