/** Rows and centres of k-means in WebAssembly: lays them out for `clusters.as.ts`, one space for a whole fit. */
import { bytes } from './clusters.as.ts?wasm';
import type { Cells } from './nearest.ts';
import { kernelArea, openSpace } from './space.ts';

interface ClusterExports {
  assign: (rows: number, count: number, cols: number, panels: number, norms: number, rooms: number, labels: number, scores: number) => void;
  move: (rows: number, count: number, cols: number, labels: number, previous: number, sums: number, counts: number) => number;
  lengths: (rows: number, count: number, cols: number, out: number) => void;
  tryEight: (
    rows: number,
    count: number,
    cols: number,
    panel: number,
    norms: number,
    squares: number,
    closest: number,
    potentials: number,
  ) => void;
  take: (rows: number, count: number, cols: number, centre: number, closest: number) => number;
}
const clusterArea = kernelArea<ClusterExports>('clusters', bytes);

/** Candidates that are tried at once. */
export const CANDIDATES = 8;
const upTo = (step: number, count: number) => Math.ceil(count / step) * step;

export type Clusters = ReturnType<typeof openClusters>;

/** Opens the memory of a fit of at most `most` centres; rows are whole numbers (`grid.ts`). Throws the Problem `kernel.memory`. Close it in a `finally`. */
export function openClusters({ count, cols, cells }: Cells, most: number) {
  const rooms = Math.max(CANDIDATES, upTo(8, most));
  const padded = upTo(4, count);
  const { at, call, close } = openSpace(clusterArea, (room) => ({
    rows: room.f32(padded * cols),
    squares: room.f32(count),
    closest: room.f32(count),
    labels: room.i32(padded),
    previous: room.i32(count),
    scores: room.f32(padded),
    panels: room.f32(rooms * cols),
    norms: room.f32(rooms),
    sums: room.f64(rooms * cols),
    counts: room.i32(rooms),
    centre: room.f32(cols),
    potentials: room.f64(CANDIDATES),
  }));
  let length = 0;
  const load = (rows: Float32Array) => {
    at.rows.set(rows);
    call.lengths(at.rows.byteOffset, count, cols, at.squares.byteOffset);
    length = 0;
    for (const square of at.squares) length += square;
  };
  at.rows.fill(0, count * cols);
  load(cells);

  /** Row-major centres into panels; float32 is what distances are from. Gives how many places, whole fours, are in use. */
  const lay = (centres: ArrayLike<number>, amount: number): number => {
    const used = upTo(8, amount);
    at.panels.fill(0, 0, used * cols);
    at.norms.fill(Number.POSITIVE_INFINITY, 0, used);
    for (let c = 0; c < amount; c++) {
      let sum = 0;
      for (let k = 0; k < cols; k++) {
        const x = Math.fround(centres[c * cols + k]);
        sum += x * x;
        at.panels[((c >> 3) * cols + k) * 8 + (c & 7)] = x;
      }
      at.norms[c] = sum;
    }
    return upTo(4, amount);
  };
  return {
    /** Squared distance of each row from the nearest centre taken. */
    closest: at.closest,
    labels: at.labels.subarray(0, count),
    /** Row-major sums of the rows of each centre, and how many they are. */
    sums: at.sums,
    counts: at.counts,
    /** Before the first centre of a new start is taken. */
    clear: () => void at.closest.fill(Number.POSITIVE_INFINITY),
    /** What Σ closest would be with each of at most eight candidates, row-major. */
    potentials: (candidates: ArrayLike<number>, amount: number): Float64Array => {
      lay(candidates, amount);
      call.tryEight(
        at.rows.byteOffset,
        count,
        cols,
        at.panels.byteOffset,
        at.norms.byteOffset,
        at.squares.byteOffset,
        at.closest.byteOffset,
        at.potentials.byteOffset,
      );
      return at.potentials.slice(0, amount);
    },
    /** Adds a centre to those that `closest` knows; gives Σ closest. */
    take: (centre: ArrayLike<number>): number => {
      at.centre.set(centre);
      return call.take(at.rows.byteOffset, count, cols, at.centre.byteOffset, at.closest.byteOffset);
    },
    /** As many other rows. */
    load,
    /** Forgets sums and counts. */
    start: () => {
      at.previous.fill(-1);
      at.sums.fill(0);
      at.counts.fill(0);
    },
    /** Gives every row its nearest of `amount` row-major centres and moves it to that centre's sums: Σ squared distance, and how many rows moved. */
    assign: (centres: ArrayLike<number>, amount: number): { inertia: number; moved: number } => {
      const used = lay(centres, amount);
      call.assign(
        at.rows.byteOffset,
        count,
        cols,
        at.panels.byteOffset,
        at.norms.byteOffset,
        used,
        at.labels.byteOffset,
        at.scores.byteOffset,
      );
      const moved = call.move(
        at.rows.byteOffset,
        count,
        cols,
        at.labels.byteOffset,
        at.previous.byteOffset,
        at.sums.byteOffset,
        at.counts.byteOffset,
      );
      let inertia = length;
      for (let i = 0; i < count; i++) inertia += at.scores[i];
      return { inertia: Math.max(0, inertia), moved };
    },
    /** Mean over the columns of their variance, from the sums of a first assignment to `amount` centres. */
    meanVariance: (amount: number): number => {
      let squares = 0;
      for (let j = 0; j < cols; j++) {
        let sum = 0;
        for (let c = 0; c < amount; c++) sum += at.sums[c * cols + j];
        squares += (sum / count) * (sum / count);
      }
      return (length / count - squares) / cols;
    },
    /** Squared distance of a row from its centre, as last assigned. */
    distance: (row: number) => at.squares[row] + at.scores[row],
    close,
  };
}
