/** Finds the edges of features' bins in WebAssembly: the rule of `bins.as.ts`, column after column of a sample of the rows. */
import { binsArea } from './bins-area.ts';
import { openSpace } from './space.ts';

/** Rows looked at to place the edges of one feature. */
const EDGE_SAMPLE = 200_000;
/** Columns held at a time: few, so that little memory is needed; more than one, because neighbours share a cache line. */
const COLUMNS = 4;
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
  const space = openSpace(binsArea, (room) => ({
    columns: Array.from({ length: Math.min(cols, COLUMNS) }, () => room.f32(size)),
    spare: room.f32(size),
    counts: room.u32(SORT_COUNTS),
    edges: room.f32(256),
  }));
  try {
    const { call, at } = space;
    const found: Float32Array[] = [];
    for (let first = 0; first < cols; first += COLUMNS) {
      const columns = at.columns.slice(0, cols - first);
      const known = gather(values, cols, chosen, size, first, columns);
      columns.forEach((column, j) => {
        call.sortFloats(column.byteOffset, at.spare.byteOffset, known[j], at.counts.byteOffset);
        found.push(at.edges.slice(0, call.placeEdges(column.byteOffset, known[j], at.edges.byteOffset, most)));
      });
    }
    return found;
  } finally {
    space.close();
  }
}

/** Copies the columns from `first` on without NaN, all in one pass over the rows; gives how many values each has. */
function gather(values: Float32Array, cols: number, rows: Int32Array | undefined, count: number, first: number, columns: Float32Array[]) {
  const known = new Int32Array(columns.length);
  for (let i = 0; i < count; i++) {
    const at = (rows ? rows[i] : i) * cols + first;
    for (let j = 0; j < columns.length; j++) {
      const value = values[at + j];
      columns[j][known[j]] = value;
      // What is missing is written over.
      if (!Number.isNaN(value)) known[j]++;
    }
  }
  return known;
}
