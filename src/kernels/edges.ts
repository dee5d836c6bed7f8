/** Finds the edges of features' bins in WebAssembly: the rule of `bins.as.ts`, column after column of a sample of the rows. */
import { binsArea } from './bins-area.ts';
import { openSpace } from './space.ts';

/** Rows looked at to place the edges of one feature. */
const EDGE_SAMPLE = 200_000;
/** Rows copied in at a time, and bytes of columns held at a time. */
const BLOCK_ROWS = 2048;
const COLUMN_BYTES = 48e6;
/** Four tables of counts, see `sortFloats`. */
const SORT_COUNTS = 4 * 256;

/** Edges of a feature, so that its codes and one for missing fit a byte. */
export const MOST_EDGES = 254;
/** Rising thresholds of every feature, at most 254 each. */
export type Edges = readonly Float32Array[];

/** The rows that edges are placed by: all of `rows`, or evenly spread ones when there are very many. */
function sampleOf(count: number, rows: Int32Array | undefined): Int32Array | undefined {
  if (count <= EDGE_SAMPLE) return rows;
  const step = count / EDGE_SAMPLE;
  return Int32Array.from({ length: EDGE_SAMPLE }, (_, i) => (rows ? rows[Math.floor(i * step)] : Math.floor(i * step)));
}

/** Copies `count` rows of the row-major `values`, beginning with the `from`-th of `rows` (of all when absent), one after another. */
export function copyRows(
  values: Float32Array,
  cols: number,
  rows: Int32Array | undefined,
  from: number,
  count: number,
  to: Float32Array,
): void {
  const first = rows ? rows[from] : from;
  // A run of neighbours is one copy; rows are listed in rising order.
  if (!rows || rows[from + count - 1] - first === count - 1) {
    to.set(values.subarray(first * cols, (first + count) * cols));
    return;
  }
  for (let i = 0; i < count; i++) {
    const at = rows[from + i] * cols;
    for (let j = 0; j < cols; j++) to[i * cols + j] = values[at + j];
  }
}

/** The edges of the columns of a row-major matrix [count, cols], learned from `rows` (all when absent); at most `most` each. */
export function findEdges(values: Float32Array, count: number, cols: number, rows?: Int32Array, most = MOST_EDGES): Edges {
  const chosen = sampleOf(rows?.length ?? count, rows);
  const size = chosen?.length ?? count;
  const group = Math.max(1, Math.min(cols, Math.floor(COLUMN_BYTES / (4 * size + 4)) - 1));
  const block = Math.min(size, BLOCK_ROWS);
  const space = openSpace(binsArea, (room) => ({
    block: room.f32(block * cols),
    columns: room.f32(group * size),
    spare: room.f32(size),
    counts: room.u32(SORT_COUNTS),
    edges: room.f32(256),
  }));
  try {
    const { call, at } = space;
    const found: Float32Array[] = [];
    const lengths = new Int32Array(group);
    for (let first = 0; first < cols; first += group) {
      const here = Math.min(group, cols - first);
      lengths.fill(0);
      for (let from = 0; from < size; from += block) {
        const rowsHere = Math.min(block, size - from);
        copyRows(values, cols, chosen, from, rowsHere, at.block);
        for (let j = 0; j < here; j++) {
          const to = at.columns.byteOffset + 4 * (j * size + lengths[j]);
          lengths[j] += call.gatherColumn(at.block.byteOffset, rowsHere, 4 * cols, first + j, to);
        }
      }
      for (let j = 0; j < here; j++) {
        const column = at.columns.byteOffset + 4 * j * size;
        call.sortFloats(column, at.spare.byteOffset, lengths[j], at.counts.byteOffset);
        found.push(at.edges.slice(0, call.placeEdges(column, lengths[j], at.edges.byteOffset, most)));
      }
    }
    return found;
  } finally {
    space.close();
  }
}
