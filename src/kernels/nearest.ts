/** Finds nearest points exactly: lays points and rows out for `nearest.as.ts`, rows in parts. */
import { bytes } from './nearest.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface NearestExports {
  layPoints: (
    points: number,
    from: number,
    count: number,
    cols: number,
    pairs: number,
    unit: number,
    most: number,
    panels: number,
    norms: number,
  ) => number;
  findNearest: (
    rows: number,
    count: number,
    cols: number,
    pairs: number,
    unit: number,
    limit: number,
    lost: number,
    points: number,
    panels: number,
    norms: number,
    total: number,
    far: number,
    farCount: number,
    wanted: number,
    keep: number,
    small: number,
    lengths: number,
    best: number,
    squares: number,
    ids: number,
  ) => number;
}
const nearestArea = kernelArea<NearestExports>('nearest', bytes);

/** Row-major whole numbers on one grid (`grid.ts`). */
export interface Cells {
  readonly count: number;
  readonly cols: number;
  readonly cells: Float32Array;
}
/** Row-major [rows, wanted]: places of the points and squared distances in cells. */
export interface Neighbours {
  readonly ids: Int32Array;
  readonly squares: Float64Array;
  /** Rows for which the first pass was not proof enough. */
  readonly searched: number;
}

/** Rows that are searched at a time. */
const CHUNK = 512;
/** The first pass holds on to this many more than asked for, or a quarter more. */
const SPARE = 16;
/** A point that reaches farther than this many typical ones would make the units of all others coarse; so many may be looked at apart. */
const FAR = 16;
const MOST_FAR = 64;

/** The largest cell of each point, and the largest power of two that all cells are multiples of. */
function reachOf({ cells, cols, count }: Cells, others: Float32Array): { reach: Float32Array; factor: number } {
  const reach = new Float32Array(count);
  let bits = 0;
  for (let i = 0, at = 0; i < count; i++) {
    let most = 0;
    for (let k = 0; k < cols; k++, at++) {
      bits |= cells[at];
      const size = Math.abs(cells[at]);
      if (size > most) most = size;
    }
    reach[i] = most;
  }
  for (let at = 0; at < others.length && (bits & 1) === 0; at++) bits |= others[at];
  return { reach, factor: bits === 0 ? 1 : bits & -bits };
}

/**
 * What the first pass rounds to: whole units of at most 16 bits whose sums of products stay within 32, and the points that are too far out for it. Columns of zeros
 * and ones are whole units on any grid.
 */
function planUnits(points: Cells, rows: Cells) {
  const { reach, factor } = reachOf(points, rows.cells);
  const sorted = reach.toSorted();
  const { length } = sorted;
  let most = Math.max(1, sorted[length - 1]);
  if (most > FAR * sorted[length >> 1]) most = Math.max(1, FAR * sorted[length >> 1], sorted[Math.max(0, length - 1 - MOST_FAR)]);
  const largest = Math.floor(Math.min(32_767, Math.sqrt(2 ** 31 / (3 * Math.max(1, points.cols)))) - 1);
  const far = Int32Array.from(reach.keys()).filter((i) => reach[i] > most);
  return { most, far, largest, unit: Math.max(most / largest, factor) };
}

/**
 * The `wanted` nearest points of each row, nearest first and of two as near the earlier one. `wanted` is at most the number of points. Throws the
 * Problem `kernel.memory`.
 */
export function nearestPoints(points: Cells, rows: Cells, wanted: number): Neighbours {
  const { cols, count } = points;
  const ids = new Int32Array(rows.count * wanted);
  const squares = new Float64Array(rows.count * wanted);
  if (rows.count === 0) return { ids, squares, searched: 0 };
  const { most, far, largest, unit } = planUnits(points, rows);
  const keep = Math.min(count, wanted + Math.max(SPARE, wanted >> 2));
  const rooms = Math.ceil(count / 8) * 8;
  const pairs = Math.ceil(cols / 2);
  const chunk = Math.min(CHUNK, Math.ceil(rows.count / 4) * 4);
  const { at, call, close } = openSpace(nearestArea, (room) => ({
    points: room.f32(count * cols),
    panels: room.i32(rooms * pairs),
    norms: room.i32(rooms),
    far: room.i32(far.length),
    rows: room.f32(chunk * cols),
    small: room.i32(chunk * pairs),
    lengths: room.f64(chunk * 2),
    best: room.i64(chunk * keep),
    squares: room.f64(chunk * (keep + 1)),
    ids: room.i32(chunk * (keep + 1)),
  }));
  try {
    at.panels.fill(0, (rooms - 8) * pairs);
    at.norms.fill(2 ** 31 - 1, count);
    at.points.set(points.cells);
    at.far.set(far);
    const { byteOffset } = at.points;
    const lost = call.layPoints(byteOffset, 0, count, cols, pairs, unit, most, at.panels.byteOffset, at.norms.byteOffset);
    let searched = 0;
    for (let from = 0; from < rows.count; from += chunk) {
      const size = Math.min(chunk, rows.count - from);
      at.rows.set(rows.cells.subarray(from * cols, (from + size) * cols));
      // Rows are searched in fours: the last ones of a part may be whatever was there before, but finite.
      at.rows.fill(0, size * cols);
      searched += call.findNearest(
        at.rows.byteOffset,
        size,
        cols,
        pairs,
        unit,
        largest,
        Math.sqrt(lost),
        byteOffset,
        at.panels.byteOffset,
        at.norms.byteOffset,
        count,
        at.far.byteOffset,
        far.length,
        wanted,
        keep,
        at.small.byteOffset,
        at.lengths.byteOffset,
        at.best.byteOffset,
        at.squares.byteOffset,
        at.ids.byteOffset,
      );
      for (let i = 0; i < size; i++) {
        const place = i * (keep + 1);
        ids.set(at.ids.subarray(place, place + wanted), (from + i) * wanted);
        squares.set(at.squares.subarray(place, place + wanted), (from + i) * wanted);
      }
    }
    return { ids, squares, searched };
  } finally {
    close();
  }
}
