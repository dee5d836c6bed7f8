/** Deals a frame's rows for models that are judged, or stopped, by rows that they do not learn from: into folds, or one part kept aside. */
import type { Random } from '../base/random.ts';
import { makeFolds } from '../metrics/folds.ts';
import { columnNamed } from '../table/table.ts';
import type { FoldPlans } from './fold.ts';
import type { Frame } from './frame.ts';
import { frameIds } from './track.ts';
import { groupsOf, rowsTogether, strataOf, timesOf } from './units.ts';

export interface Deal {
  /** 0 = one part kept aside. */
  folds: number;
  /** Of the rows, for the part kept aside; to a twentieth. */
  share: number;
  /** Column by whose values rows are in time. */
  time?: string;
}

/** Parts that rows are dealt into, of which some are kept aside. */
const PARTS = 20;

/** Every part has the same mix of the target; equal rows, and those of one group, stay together. */
export function dealRows(frame: Frame, target: string, { folds, share, time }: Deal, random: Random, by: FoldPlans['by']): FoldPlans {
  const { table } = frame;
  const group = table.fields.findIndex((field) => field.role === 'group');
  const together = rowsTogether(frameIds(frame), group < 0 ? undefined : groupsOf(table.columns[group]));
  const grouped = together.some((unit, row) => unit !== row);
  const units = grouped ? new Set(together).size : table.rowCount;
  const deal = (k: number) =>
    makeFolds({
      n: table.rowCount,
      k: Math.max(2, Math.min(k, units)),
      random,
      strata: strataOf(columnNamed(table, target)),
      ...(grouped ? { groups: together } : {}),
      ...(time === undefined ? {} : { time: timesOf(columnNamed(table, time)) }),
    });
  if (folds > 0) return { repeats: [deal(folds)], by, forward: time !== undefined };
  const dealt = deal(PARTS);
  const count = dealt.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const taken = Math.min(count - 1, Math.max(1, Math.round(share * count)));
  const kept = dealt.map((fold) => ((time === undefined ? fold < taken && fold >= 0 : fold >= count - taken) ? 0 : -1));
  return { repeats: [kept], by };
}
