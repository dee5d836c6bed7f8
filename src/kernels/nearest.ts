/** Finds nearest points exactly: lays points and rows out for `nearest.as.ts`, rows in parts. */
import { bytes } from './nearest.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface NearestExports {
  layPoints: (points: number, from: number, count: number, cols: number, panels: number, norms: number) => void;
  findNearest: (
    rows: number,
    count: number,
    cols: number,
    panels: number,
    norms: number,
    points: number,
    wanted: number,
    keep: number,
    exact: number,
    distances: number,
    places: number,
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

/** Rows that are searched, or points that are laid out, at a time. */
const CHUNK = 512;
/** The first pass holds on to this many more than asked for, or a quarter more. */
const SPARE = 16;
/** Sums of whole numbers up to here are exact in float32. */
const EXACT_FLOAT = 2 ** 24;

/** The largest cell, in units of the largest power of two that all are multiples of: columns of zeros and ones are small numbers on any grid. */
function sizeOf(...all: readonly Float32Array[]): number {
  let bits = 0;
  let most = 0;
  for (const cells of all) {
    for (const cell of cells) {
      bits |= cell;
      if (Math.abs(cell) > most) most = Math.abs(cell);
    }
  }
  return most === 0 ? 0 : most / (bits & -bits);
}

/**
 * The `wanted` nearest points of each row, nearest first and of two as near the earlier one. `wanted` is at most the number of points. Throws the
 * Problem `kernel.memory`.
 */
export function nearestPoints(points: Cells, rows: Cells, wanted: number): Neighbours {
  const { cols, count } = points;
  const keep = Math.min(count, wanted + Math.max(SPARE, wanted >> 2));
  const rooms = Math.ceil(count / 8) * 8;
  const ids = new Int32Array(rows.count * wanted);
  const squares = new Float64Array(rows.count * wanted);
  let searched = 0;
  const exact = cols * 4 * sizeOf(points.cells, rows.cells) ** 2 < EXACT_FLOAT ? 1 : 0;
  const { at, call, close } = openSpace(nearestArea, (room) => ({
    panels: room.f32(rooms * cols),
    norms: room.f32(rooms),
    part: room.f32(CHUNK * cols),
    distances: room.f32(CHUNK * keep),
    places: room.i32(CHUNK * keep),
    squares: room.f64(CHUNK * (keep + 1)),
    ids: room.i32(CHUNK * (keep + 1)),
  }));
  try {
    at.panels.fill(0, (rooms - 8) * cols);
    at.norms.fill(Number.POSITIVE_INFINITY, count);
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      at.part.set(points.cells.subarray(from * cols, (from + size) * cols));
      call.layPoints(at.part.byteOffset, from, size, cols, at.panels.byteOffset, at.norms.byteOffset);
    }
    for (let from = 0; from < rows.count; from += CHUNK) {
      const size = Math.min(CHUNK, rows.count - from);
      at.part.set(rows.cells.subarray(from * cols, (from + size) * cols));
      // Rows are searched in fours: the last ones of a part may be whatever was there before, but finite.
      at.part.fill(0, size * cols, Math.min(CHUNK, size + 3) * cols);
      searched += call.findNearest(
        at.part.byteOffset,
        size,
        cols,
        at.panels.byteOffset,
        at.norms.byteOffset,
        count,
        wanted,
        keep,
        exact,
        at.distances.byteOffset,
        at.places.byteOffset,
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
