/** Rows and centres of k-means in WebAssembly: lays them out for `clusters.as.ts`, one space for a whole fit. */
import { bytes } from './clusters.as.ts?wasm';
import type { Cells } from './nearest.ts';
import { kernelArea, openSpace } from './space.ts';

interface ClusterExports {
  assign: (
    rows: number,
    list: number,
    count: number,
    cols: number,
    panels: number,
    norms: number,
    rooms: number,
    most: number,
    squares: number,
    labels: number,
    scores: number,
    slacks: number,
  ) => void;
  wake: (count: number, labels: number, slacks: number, moves: number, list: number) => number;
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
    rows: room.f32(count * cols),
    squares: room.f32(count),
    closest: room.f32(count),
    labels: room.i32(count),
    previous: room.i32(count),
    scores: room.f32(count),
    /** How much nearer a row's centre is than the second, at least. */
    slacks: room.f32(count),
    moves: room.f32(rooms),
    /** Rows to be looked at. */
    list: room.u32(padded + 4),
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
  load(cells);

  /** The centres of the last assignment, as they lie in panels. */
  const last = new Float32Array(rooms * cols);
  /** Bounds on what slacks lose, a little more than the centres' moves: to be sure whatever is rounded. */
  const MORE = 1 + 1e-4;
  const measureMoves = (centres: ArrayLike<number>, amount: number): void => {
    let most = 0;
    for (let c = 0; c < amount; c++) {
      let sum = 0;
      for (let at = c * cols; at < (c + 1) * cols; at++) sum += (Math.fround(centres[at]) - last[at]) ** 2;
      at.moves[c] = Math.sqrt(sum);
      most = Math.max(most, at.moves[c]);
    }
    for (let c = 0; c < amount; c++) at.moves[c] = (at.moves[c] + most) * MORE;
  };
  const everyRow = (): number => {
    for (let i = 0; i < padded; i++) at.list[i] = Math.min(i, count - 1);
    return count;
  };

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
    labels: at.labels,
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
    /**
     * Gives every row its nearest of `amount` row-major centres and moves it to that centre's sums: Σ squared distance, and how many rows moved. With
     * `again`, after centres moved, only rows that may have another one now are looked at (Hamerly 2010), and the inertia is not known.
     */
    assign: (centres: ArrayLike<number>, amount: number, again = false): { inertia: number; moved: number } => {
      if (again) measureMoves(centres, amount);
      const used = lay(centres, amount);
      const { rows, list, panels, norms, squares, labels, scores, slacks, moves } = at;
      const awake = again ? call.wake(count, labels.byteOffset, slacks.byteOffset, moves.byteOffset, list.byteOffset) : everyRow();
      const most = norms.subarray(0, amount).reduce((a, b) => Math.max(a, b), 0);
      last.set(Float32Array.from(centres).subarray(0, amount * cols));
      call.assign(
        rows.byteOffset,
        list.byteOffset,
        awake,
        cols,
        panels.byteOffset,
        norms.byteOffset,
        used,
        most,
        squares.byteOffset,
        labels.byteOffset,
        scores.byteOffset,
        slacks.byteOffset,
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
      if (again) return { inertia: Number.NaN, moved };
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
