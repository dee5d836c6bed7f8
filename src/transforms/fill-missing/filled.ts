/** What fill missing learns, which step and graph read. */
import type { Cell } from '../../table/column.ts';
import type { FillRule } from './plan.ts';

/** What is written into empty cells of each column; `null` = the learning rows had no value either, or neighbours fill. */
export interface Filled {
  rules: (FillRule & { fill: Exclude<Cell, null> | null; indicator: string })[];
}
