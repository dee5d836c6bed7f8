/** Decides which side each row goes to: a pure function of ids, shares and at most one column; knows no frames. */
import type { Random } from '../../base/random.ts';
import { rowsTogether } from '../../recipe/units.ts';

export interface Assignment {
  /** Id of each row; rows of one id go together. */
  ids: Int32Array;
  /** Shares of the sides, training first; they add up to 1. */
  shares: readonly number[];
  /** Shuffles units; absent keeps them in order of first appearance, the training side first. */
  random?: Random;
  /** Rows of one group go together. */
  groups?: ArrayLike<number>;
  /** Each side gets every stratum in its share, to within one unit. */
  strata?: ArrayLike<number>;
  /** Ordered by this, smallest first; rows without a time come first. */
  time?: Float64Array;
}

interface Unit {
  rows: number[];
  stratum: number;
  time: number;
}

/** Rows that must stay together, in order of first appearance. */
function unitsOf({ ids, groups, strata, time }: Assignment): Unit[] {
  const together = rowsTogether(ids, groups);
  const units = new Map<number, Unit>();
  for (let i = 0; i < ids.length; i++) {
    const unit = units.get(together[i]);
    if (unit) unit.rows.push(i);
    else units.set(together[i], { rows: [i], stratum: strata ? strata[i] : 0, time: time ? time[i] : 0 });
  }
  return [...units.values()];
}

/** Deals units to the side that is furthest below its share, so that every prefix (and so every stratum) is in proportion. */
function deal(units: readonly Unit[], shares: readonly number[], side: Uint8Array): void {
  const counts = shares.map(() => 0);
  let dealt = 0;
  for (const unit of units) {
    dealt += unit.rows.length;
    let best = 0;
    for (let s = 1; s < shares.length; s++) if (shares[s] * dealt - counts[s] > shares[best] * dealt - counts[best]) best = s;
    counts[best] += unit.rows.length;
    for (const row of unit.rows) side[row] = best;
  }
}

/** Cuts the ordered units: training rows first, the last rows to side 1 (test), those before to side 2 (validation). */
function cut(units: readonly Unit[], shares: readonly number[], rowCount: number, side: Uint8Array): void {
  const test = Math.round(rowCount * shares[1]);
  const rest = Math.round(rowCount * (shares[2] ?? 0));
  let at = 0;
  for (const unit of units) {
    const to = at >= rowCount - test ? 1 : at >= rowCount - test - rest ? 2 : 0;
    at += unit.rows.length;
    for (const row of unit.rows) side[row] = to;
  }
}

/** Side of each row, 0 = training. */
export function assign(plan: Assignment): Uint8Array {
  const { ids, shares, random, time } = plan;
  const side = new Uint8Array(ids.length);
  const units = unitsOf(plan);
  if (time) {
    const key = (unit: Unit) => (Number.isNaN(unit.time) ? Number.NEGATIVE_INFINITY : unit.time);
    const order = units
      .map((unit, i) => ({ unit, i, key: key(unit) }))
      .sort((a, b) => (a.key === b.key ? a.i - b.i : a.key < b.key ? -1 : 1));
    const together: Unit[] = [];
    for (const { unit, key: at } of order) {
      const last = together.at(-1);
      if (last && last.time === at) last.rows.push(...unit.rows);
      else together.push({ rows: [...unit.rows], stratum: 0, time: at });
    }
    cut(together, shares, ids.length, side);
    return side;
  }
  if (!random) {
    cut(units, shares, ids.length, side);
    return side;
  }
  const order = random.shuffle(Int32Array.from(units, (_, i) => i));
  const dealt = Array.from(order, (i) => units[i]);
  // Within a stratum large units first: the small ones then level what the large ones upset.
  dealt.sort((a, b) => a.stratum - b.stratum || b.rows.length - a.rows.length);
  deal(dealt, shares, side);
  return side;
}
