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

/** Rows that must stay together, numbered in order of first appearance. */
interface Units {
  /** Unit of each row. */
  of: Int32Array;
  /** Number of rows, and the first row, of each unit. */
  size: Int32Array;
  first: Int32Array;
}

function unitsOf({ ids, groups }: Assignment): Units {
  const together = rowsTogether(ids, groups);
  const of = new Int32Array(ids.length);
  const size = new Int32Array(ids.length);
  const first = new Int32Array(ids.length);
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    // A unit is named by its first row, which is therefore met before the others.
    if (together[row] === row) {
      of[row] = count;
      first[count++] = row;
    } else of[row] = of[together[row]];
    size[of[row]]++;
  }
  return { of, size: size.slice(0, count), first: first.slice(0, count) };
}

/** Deals units to the side that is furthest below its share, so that every prefix (and so every stratum) is in proportion. */
function deal(order: Int32Array, size: Int32Array, shares: readonly number[]): Uint8Array {
  const side = new Uint8Array(size.length);
  const counts = shares.map(() => 0);
  let dealt = 0;
  for (const unit of order) {
    dealt += size[unit];
    let best = 0;
    for (let s = 1; s < shares.length; s++) if (shares[s] * dealt - counts[s] > shares[best] * dealt - counts[best]) best = s;
    counts[best] += size[unit];
    side[unit] = best;
  }
  return side;
}

/** Cuts the ordered units: training rows first, the last rows to side 1 (test), those before to side 2 (validation). */
function cut(order: Int32Array, size: Int32Array, shares: readonly number[], same: (a: number, b: number) => boolean): Uint8Array {
  const side = new Uint8Array(size.length);
  const rows = size.reduce((sum, count) => sum + count, 0);
  const test = rows - Math.round(rows * shares[1]);
  const rest = test - Math.round(rows * (shares[2] ?? 0));
  let at = 0;
  order.forEach((unit, i) => {
    const before = order[i - 1];
    if (i > 0 && same(unit, before)) side[unit] = side[before];
    else side[unit] = at >= test ? 1 : at >= rest ? 2 : 0;
    at += size[unit];
  });
  return side;
}

/** Side of each row, 0 = training. */
export function assign(plan: Assignment): Uint8Array {
  const { shares, random, time, strata } = plan;
  const { of, size, first } = unitsOf(plan);
  const order = Int32Array.from(size.keys());
  let side: Uint8Array;
  if (time) {
    const when = Float64Array.from(first, (row) => (Number.isNaN(time[row]) ? Number.NEGATIVE_INFINITY : time[row]));
    order.sort((a, b) => (when[a] === when[b] ? a - b : when[a] < when[b] ? -1 : 1));
    side = cut(order, size, shares, (a, b) => when[a] === when[b]);
  } else if (random) {
    random.shuffle(order);
    // Within a stratum large units first: the small ones then level what the large ones upset.
    order.sort((a, b) => (strata ? strata[first[a]] - strata[first[b]] : 0) || size[b] - size[a]);
    side = deal(order, size, shares);
  } else side = cut(order, size, shares, () => false);
  return Uint8Array.from(of, (unit) => side[unit]);
}
