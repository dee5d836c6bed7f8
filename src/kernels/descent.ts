/** Coordinate descent in WebAssembly, kept open along a path of penalties: lays out `descent.as.ts`. */
import { bytes } from './descent.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface DescentExports {
  byProducts: (
    gram: number,
    step: number,
    cols: number,
    rest: number,
    w: number,
    l1: number,
    l2: number,
    enough: number,
    rounds: number,
  ) => number;
  byColumns: (
    x: number,
    step: number,
    cols: number,
    rest: number,
    w: number,
    squares: number,
    l1: number,
    l2: number,
    enough: number,
    rounds: number,
  ) => number;
}
const descentArea = kernelArea<DescentExports>('descent', bytes);
const even = (count: number): number => count + (count % 2);

/** Minimises ½ |y - X w|² + l1 Σ|w| + ½ l2 Σ w², from the weights of the run before. */
export interface Descent {
  /** True when the last round changed the fit by no more than `enough` (the square of the change); false after `rounds` rounds. */
  run: (l1: number, l2: number, enough: number, rounds: number) => boolean;
  weights: () => Float64Array;
  close: () => void;
}

/** From XᵀX (row-major) and Xᵀy: for many more rows than columns. Close it in a `finally`. */
export function openDescentByProducts(gram: Float64Array, moments: Float64Array): Descent {
  const cols = moments.length;
  const width = even(cols);
  const space = openSpace(descentArea, (room) => ({ gram: room.f64(cols * width), rest: room.f64(width), w: room.f64(width) }));
  const { at, call } = space;
  at.gram.fill(0);
  for (let j = 0; j < cols; j++) at.gram.set(gram.subarray(j * cols, (j + 1) * cols), j * width);
  at.rest.fill(0);
  at.rest.set(moments);
  at.w.fill(0);
  return {
    run: (l1, l2, enough, rounds) =>
      call.byProducts(at.gram.byteOffset, width * 8, cols, at.rest.byteOffset, at.w.byteOffset, l1, l2, enough, rounds) > 0,
    weights: () => at.w.slice(0, cols),
    close: space.close,
  };
}

/** From the columns of X one after another, each as long as y. Close it in a `finally`. */
export function openDescentByColumns(columns: Float64Array, y: Float64Array): Descent {
  const rows = y.length;
  const cols = rows === 0 ? 0 : columns.length / rows;
  const length = even(rows);
  const space = openSpace(descentArea, (room) => ({
    x: room.f64(cols * length),
    rest: room.f64(length),
    w: room.f64(cols),
    squares: room.f64(cols),
  }));
  const { at, call } = space;
  at.rest.fill(0);
  at.rest.set(y);
  at.w.fill(0);
  for (let j = 0; j < cols; j++) {
    const column = columns.subarray(j * rows, (j + 1) * rows);
    at.x.set(column, j * length);
    at.x.fill(0, j * length + rows, (j + 1) * length);
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += column[i] * column[i];
    at.squares[j] = sum;
  }
  return {
    run: (l1, l2, enough, rounds) =>
      call.byColumns(
        at.x.byteOffset,
        length * 8,
        cols,
        at.rest.byteOffset,
        at.w.byteOffset,
        at.squares.byteOffset,
        l1,
        l2,
        enough,
        rounds,
      ) > 0,
    weights: () => at.w.slice(),
    close: space.close,
  };
}
