/** A progress report: `fraction` 0 to 1 where known; `point` extends the live curve on the node. */
import type { Words } from './words.ts';

export interface Progress {
  fraction?: number;
  text?: Words;
  point?: { x: number; series: Record<string, number> };
}
