/** Turns float32 features into at most 255 bins plus one for missing: lays rows out for `bins.as.ts`. */
import { binsArea } from './bins-area.ts';
import { type Edges, findEdges } from './edges.ts';
import { openSpace } from './space.ts';

/**
 * Features as codes. Feature f has edges `edges[starts[f]] … edges[starts[f + 1] - 1]`, rising; code b means
 * edge[b - 1] < x <= edge[b], the last code but one x > all edges, the last one missing. In a histogram feature f starts at `offsets[f]`.
 */
export interface Bins {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, `stride` bytes per row; the padding is zero. */
  readonly codes: Uint8Array;
  /** A multiple of 4, so that four codes can be read as one word. */
  readonly stride: number;
  readonly edges: Float32Array;
  readonly starts: Int32Array;
  /** Places in a histogram: feature f has edges + 2 entries. Padding columns all point to one spare entry, the last. */
  readonly offsets: Int32Array;
  readonly histogramLength: number;
}

/** Rows coded at a time: large tables are not held twice. */
const BLOCK_ROWS = 2048;

/** Codes all rows of a row-major matrix [rows, edges.length], `stride` bytes per row. */
function codeMatrix(values: Float32Array, rows: number, edges: Edges, stride: number): Uint8Array {
  const cols = edges.length;
  const block = Math.min(rows, BLOCK_ROWS);
  const codes = new Uint8Array(rows * stride);
  const { at, call, close } = openSpace(binsArea, (room) => ({
    block: room.f32(block * cols),
    codes: room.u8(block * stride),
    columns: room.u8(block * cols),
    tables: room.f32(cols * 256),
    counts: room.i32(cols),
    places: room.i32(cols),
    coarse: room.f32(16),
  }));
  try {
    at.codes.fill(0);
    edges.forEach((list, j) => {
      at.tables.set(list, 256 * j);
      call.fillEdges(at.tables.byteOffset + 1024 * j, list.length);
      at.counts[j] = list.length;
      at.places[j] = j;
    });
    for (let from = 0; from < rows; from += block) {
      const count = Math.min(block, rows - from);
      at.block.set(values.subarray(from * cols, (from + count) * cols));
      call.codeRows(
        at.block.byteOffset,
        count,
        cols,
        at.tables.byteOffset,
        at.counts.byteOffset,
        at.places.byteOffset,
        at.codes.byteOffset,
        stride,
        at.columns.byteOffset,
        block,
        at.coarse.byteOffset,
      );
      codes.set(at.codes.subarray(0, count * stride), from * stride);
    }
    return codes;
  } finally {
    close();
  }
}

/** Bins a row-major matrix, with edges learned from the rows in `fitRows` (all when absent). Throws the Problem `kernel.memory`. */
export function binMatrix(values: Float32Array, rows: number, cols: number, fitRows?: Int32Array): Bins {
  const stride = Math.max(4, (cols + 3) & ~3);
  const found = findEdges(values, rows, cols, fitRows);
  const starts = new Int32Array(cols + 1);
  found.forEach((list, j) => {
    starts[j + 1] = starts[j] + list.length;
  });
  const edges = new Float32Array(starts[cols]);
  found.forEach((list, j) => {
    edges.set(list, starts[j]);
  });
  const spare = starts[cols] + 2 * cols;
  const offsets = new Int32Array(stride).fill(spare);
  for (let j = 0; j < cols; j++) offsets[j] = starts[j] + 2 * j;
  return { rows, cols, codes: codeMatrix(values, rows, found, stride), stride, edges, starts, offsets, histogramLength: spare + 1 };
}
