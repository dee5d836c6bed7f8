/**
 * Coordinates as whole numbers: with them every squared distance is a whole number below 2^53, which double holds exactly in any order of summing, so that
 * kernel and ONNX graph agree on who is nearest in every case, ties too.
 */
import type { Floats } from './dense.ts';
import { bytes } from './grid.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface GridExports {
  reach: (rows: number, count: number, cols: number, centres: number, out: number) => void;
  cells: (rows: number, count: number, cols: number, centres: number, scale: number, most: number, out: number) => void;
}
const gridArea = kernelArea<GridExports>('grid', bytes);

/** Row-major points; a coordinate is round((x - centre) · scale), held within ± `most`. */
export interface Grid {
  readonly cols: number;
  readonly centres: Float64Array;
  /** A power of two: cells per unit. */
  readonly scale: number;
  readonly most: number;
}

/** Float32 holds whole numbers to here exactly. */
const FLOAT_BITS = 23;
/** New points may lie this many times farther out than the farthest learned from before they count as nearer than they are. */
const MARGIN = 4;
/** Points farther out than this many typical ones do not make the cells of all others coarser: they count as that far. */
const FAR = 2048;
/** Rows that medians are taken from. */
const SAMPLE = 1000;

const middle = (sorted: Float64Array): number => sorted[(sorted.length - 1) >> 1];

/** The lower median of each column, of evenly spread rows where there are many. */
function centresOf(values: Floats, rows: number, cols: number): Float64Array {
  const stride = Math.max(1, Math.floor(rows / SAMPLE));
  const some = new Float64Array(Math.ceil(rows / stride));
  return Float64Array.from({ length: rows === 0 ? 0 : cols }, (_, j) => {
    for (let i = 0; i < some.length; i++) some[i] = values[i * stride * cols + j];
    return middle(some.toSorted());
  });
}

/** Rows that are copied in at a time. */
const CHUNK = 2048;

/** The largest distance from the centre in any coordinate, of each row. */
function reachOf(values: Floats, rows: number, cols: number, centres: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  const { at, call, close } = openSpace(gridArea, (room) => ({
    rows: room.f64(Math.min(rows, CHUNK) * cols),
    centres: room.f64(cols),
    out: room.f64(CHUNK),
  }));
  try {
    at.centres.set(centres);
    for (let from = 0; from < rows; from += CHUNK) {
      const count = Math.min(CHUNK, rows - from);
      at.rows.set(values.subarray(from * cols, (from + count) * cols));
      call.reach(at.rows.byteOffset, count, cols, at.centres.byteOffset, at.out.byteOffset);
      out.set(at.out.subarray(0, count), from);
    }
    return out;
  } finally {
    close();
  }
}

/** The median of those above zero, of evenly spread ones where there are many; 0 where none is. */
function usual(reach: Float64Array): number {
  const above = reach.filter((gap) => gap > 0);
  const stride = Math.max(1, Math.floor(above.length / SAMPLE));
  return above.length === 0 ? 0 : middle(above.filter((_, i) => i % stride === 0).sort());
}

/** Cells as fine as exact distances allow. `values` are finite, row-major [rows, cols]. Throws the Problem `kernel.memory`. */
export function fitGrid(values: Floats, rows: number, cols: number): Grid {
  const centres = centresOf(values, rows, cols);
  const reach = reachOf(values, rows, cols, centres);
  let largest = 0;
  for (const gap of reach) if (gap > largest) largest = gap;
  const farthest = largest === 0 ? 1 : Math.min(largest, FAR * usual(reach)) * MARGIN;
  let most = 2 ** FLOAT_BITS;
  // cols · (2 most)² stays within 2^53.
  while (cols * 4 * most * most > 2 ** 53) most /= 2;
  let scale = 1;
  while (farthest * scale > most) scale /= 2;
  while (farthest * scale * 2 <= most) scale *= 2;
  return { cols, centres, scale, most };
}

/** The cells of row-major points. Throws the Problem `kernel.memory`. */
export function onGrid({ cols, centres, scale, most }: Grid, values: Floats): Float32Array {
  const rows = cols === 0 ? 0 : values.length / cols;
  const cells = new Float32Array(values.length);
  const chunk = Math.min(rows, CHUNK);
  const { at, call, close } = openSpace(gridArea, (room) => ({
    rows: room.f64(chunk * cols),
    centres: room.f64(cols),
    out: room.f32(chunk * cols),
  }));
  try {
    at.centres.set(centres);
    for (let from = 0; from < rows; from += CHUNK) {
      const count = Math.min(CHUNK, rows - from);
      at.rows.set(values.subarray(from * cols, (from + count) * cols));
      call.cells(at.rows.byteOffset, count, cols, at.centres.byteOffset, scale, most, at.out.byteOffset);
      cells.set(at.out.subarray(0, count * cols), from * cols);
    }
    return cells;
  } finally {
    close();
  }
}
