/** Products of dense matrices in WebAssembly, rows copied in by blocks: `dense.as.ts` laid out for callers with plain arrays. */
import { bytes } from './dense.as.ts?wasm';
import { kernelArea, openSpace, type Room } from './space.ts';

export type Floats = Float32Array | Float64Array;
/** Row-major. */
export interface Dense {
  readonly rows: number;
  readonly cols: number;
  readonly values: Floats;
}

type Blocks = (x: number, rows: number, step: number, cols: number, ...more: number[]) => void;
interface DenseExports {
  gram64: Blocks;
  gram32: Blocks;
  product64: Blocks;
  product32: Blocks;
  times64: Blocks;
  times32: Blocks;
  transposed64: Blocks;
  transposed32: Blocks;
  centre64: Blocks;
  spread: (from: number, rows: number, bytes: number, to: number, step: number) => void;
}
const denseArea = kernelArea<DenseExports>('dense', bytes);

/** Values per block: about what the second cache holds beside the results. */
const BLOCK_VALUES = 16_384;
const LEAST_BLOCK_ROWS = 64;
const upTo = (step: number, count: number): number => Math.ceil(count / step) * step;
const isWide = (values: Floats): values is Float64Array => values instanceof Float64Array;
/** Columns of whole tiles. */
const tiled = (values: Floats, cols: number): number => upTo(isWide(values) ? 4 : 8, cols);
const blockRows = (rows: number, cols: number): number =>
  Math.min(upTo(4, rows), Math.max(4, upTo(4, Math.ceil(BLOCK_VALUES / Math.max(cols, 1)))));

/** A block of rows in the space, `width` values apart, and where they stand one after another before. */
function blockIn(room: Room, values: Floats, most: number, width: number) {
  const floats = isWide(values) ? room.f64 : room.f32;
  return { x: floats(most * width) as Floats, raw: floats(most * width + 4) as Floats };
}

/**
 * Copies `count` rows beginning with the `from`-th of `rows` (of all when absent) into the block, zeros after each row's end and after the last row, to
 * a multiple of four rows.
 */
function copyBlock(
  { call, at }: { call: DenseExports; at: { x: Floats; raw: Floats } },
  { cols, values }: Dense,
  from: number,
  count: number,
  width: number,
  rows?: Int32Array,
): void {
  const { x, raw } = at;
  const to = width === cols ? x : raw;
  if (rows) for (let i = 0; i < count; i++) to.set(values.subarray(rows[from + i] * cols, (rows[from + i] + 1) * cols), i * cols);
  else to.set(values.subarray(from * cols, (from + count) * cols));
  const size = values.BYTES_PER_ELEMENT;
  if (to === raw) call.spread(raw.byteOffset, count, cols * size, x.byteOffset, width * size);
  x.fill(0, count * width, upTo(4, count) * width);
}

export interface GramOptions {
  /** Only these rows, in this order. */
  rows?: Int32Array;
  /** Further columns, the last ones: the targets, whose products are wanted too. */
  extra?: readonly Float64Array[];
  /** Taken off every column (the extra ones' too); `factor` then multiplies each row: its root of the weight. Only for float64. */
  shift?: Float64Array;
  factor?: Float64Array;
}

/**
 * XᵀX, row-major float64 [n, n], n = columns and extra ones. Of float32 rows the products of a block are summed in float32, the blocks in
 * float64. Throws the Problem `kernel.memory`.
 */
export function gram(X: Dense, { rows: chosen, extra = [], shift, factor }: GramOptions = {}): Float64Array {
  const { cols, values } = X;
  const rows = chosen?.length ?? X.rows;
  const n = cols + extra.length;
  const width = tiled(values, n);
  // Each block passes over all of the result, so that wide ones must not be too short.
  const most = Math.max(blockRows(rows, width), Math.min(upTo(4, rows), LEAST_BLOCK_ROWS));
  const wide = isWide(values);
  const space = openSpace(denseArea, (room) => ({
    ...blockIn(room, values, most, width),
    out: room.f64(width * width),
    shift: room.f64(width),
    factor: room.f64(most),
  }));
  try {
    const { at, call } = space;
    const step = width * values.BYTES_PER_ELEMENT;
    at.out.fill(0);
    at.shift.fill(0);
    if (shift) at.shift.set(shift);
    at.factor.fill(1);
    for (let from = 0; from < rows; from += most) {
      const count = Math.min(most, rows - from);
      copyBlock(space, X, from, count, width, chosen);
      extra.forEach((column, e) => {
        for (let i = 0; i < count; i++) at.x[i * width + cols + e] = column[chosen ? chosen[from + i] : from + i];
      });
      if (factor) for (let i = 0; i < count; i++) at.factor[i] = factor[chosen ? chosen[from + i] : from + i];
      if (shift || factor) call.centre64(at.x.byteOffset, count, step, width, at.shift.byteOffset, at.factor.byteOffset);
      (wide ? call.gram64 : call.gram32)(at.x.byteOffset, count, step, width, at.out.byteOffset);
    }
    const out = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = i; j < n; j++) out[i * n + j] = out[j * n + i] = at.out[i * width + j];
    return out;
  } finally {
    space.close();
  }
}

/** X·B, row-major [X.rows, B.cols], in the float type of both, which is the same. */
export function product<F extends Floats>(X: Dense & { readonly values: F }, B: Dense & { readonly values: F }): F {
  const { rows, cols: inner, values } = X;
  const width = tiled(values, inner);
  const cols = tiled(values, B.cols);
  const most = blockRows(rows, width);
  const wide = isWide(values);
  const floats = wide ? ('f64' as const) : ('f32' as const);
  const space = openSpace(denseArea, (room) => ({
    ...blockIn(room, values, most, width),
    b: room[floats](inner * cols),
    out: room[floats](most * cols),
  }));
  try {
    const { at, call } = space;
    at.b.fill(0);
    for (let k = 0; k < inner; k++) at.b.set(B.values.subarray(k * B.cols, (k + 1) * B.cols), k * cols);
    const out = (wide ? new Float64Array(rows * B.cols) : new Float32Array(rows * B.cols)) as F;
    for (let from = 0; from < rows; from += most) {
      const count = Math.min(most, rows - from);
      copyBlock(space, X, from, count, width);
      const run = wide ? call.product64 : call.product32;
      run(at.x.byteOffset, upTo(4, count), width * values.BYTES_PER_ELEMENT, inner, at.b.byteOffset, cols, at.out.byteOffset);
      if (cols === B.cols) out.set(at.out.subarray(0, count * cols), from * cols);
      else for (let i = 0; i < count; i++) for (let j = 0; j < B.cols; j++) out[(from + i) * B.cols + j] = at.out[i * cols + j];
    }
    return out;
  } finally {
    space.close();
  }
}

/** Runs over the rows in blocks with a vector beside them. */
function overBlocks(
  X: Dense,
  vector: number,
  each: (
    call: DenseExports,
    at: { x: Floats; long: Float64Array; wide: Float64Array },
    block: { from: number; count: number; padded: number; step: number; width: number },
  ) => void,
  start: (at: { wide: Float64Array }) => void,
  end: (at: { wide: Float64Array }) => void,
): void {
  const { rows, cols, values } = X;
  const width = upTo(isWide(values) ? 2 : 4, cols);
  const most = blockRows(rows, width);
  const space = openSpace(denseArea, (room) => ({
    ...blockIn(room, values, most, width),
    long: room.f64(most),
    wide: room.f64(Math.max(width, vector)),
  }));
  try {
    const { at, call } = space;
    start(at);
    for (let from = 0; from < rows; from += most) {
      const count = Math.min(most, rows - from);
      copyBlock(space, X, from, count, width);
      each(call, at, { from, count, padded: upTo(4, count), step: width * values.BYTES_PER_ELEMENT, width });
    }
    end(at);
  } finally {
    space.close();
  }
}

/** X·w, one float64 per row. */
export function times(X: Dense, w: Float64Array): Float64Array {
  const out = new Float64Array(X.rows);
  overBlocks(
    X,
    w.length,
    (call, at, { from, count, padded, step, width }) => {
      const run = isWide(X.values) ? call.times64 : call.times32;
      run(at.x.byteOffset, padded, step, width, at.wide.byteOffset, at.long.byteOffset);
      out.set(at.long.subarray(0, count), from);
    },
    ({ wide }) => {
      wide.fill(0);
      wide.set(w);
    },
    () => undefined,
  );
  return out;
}

/** Xᵀr, one float64 per column. */
export function transposedTimes(X: Dense, r: Float64Array): Float64Array {
  let out = new Float64Array(X.cols);
  overBlocks(
    X,
    X.cols,
    (call, at, { from, count, padded, step, width }) => {
      at.long.set(r.subarray(from, from + count));
      at.long.fill(0, count, padded);
      const run = isWide(X.values) ? call.transposed64 : call.transposed32;
      run(at.x.byteOffset, padded, step, width, at.long.byteOffset, at.wide.byteOffset);
    },
    ({ wide }) => void wide.fill(0),
    ({ wide }) => {
      out = wide.slice(0, X.cols);
    },
  );
  return out;
}
