/** Turns float32 features into codes of two bytes for forests, whose trees go on until few rows are left: lays columns out for `forest-fine.as.ts`. */
import { forestArea } from './forest-area.ts';
import { openSpace } from './space.ts';

/**
 * Features as codes: the upper byte is the bin, a missing value having the bin behind the last, the lower byte counts the thresholds inside the bin that
 * a value is above. Feature f has the bins' edges `edges[edgeStarts[f]] … edges[edgeStarts[f + 1] - 1]`, rising, at most 254.
 */
export interface ForestCodes {
  readonly rows: number;
  readonly cols: number;
  /** Row-major [rows, cols]. */
  readonly codes: Uint16Array;
  readonly edges: Float32Array;
  readonly edgeStarts: Int32Array;
  /** Thresholds inside bins, rising in each: between all different values, or 255 where a bin has more. */
  readonly inside: Float32Array;
  /** Of feature f and bin b the place of the first one is at 256 f + b; behind all stands their number. */
  readonly insideStarts: Uint32Array;
}

/** Four tables of counts, see `sortFloats`. */
const SORT_COUNTS = 4 * 256;
/** Codes of a byte. */
export const BYTE_CODES = 256;
const MOST_INSIDE = 255 * 255;
/** Columns that are coded together: so many float32 fill a cache line. Rows that are turned into columns together stay in the nearest cache. */
const GROUP = 16;
const BLOCK_ROWS = 256;

/** Goes over a group of columns, some rows at a time: `each(j, from, to)`. */
function overBlocks(rows: number, columns: number, each: (j: number, from: number, to: number) => void): void {
  for (let from = 0; from < rows; from += BLOCK_ROWS) for (let j = 0; j < columns; j++) each(j, from, Math.min(rows, from + BLOCK_ROWS));
}

/** Joins lists; `starts[k]` is where the k-th begins, and behind all stands their length. */
function join(lists: readonly Float32Array[], starts: Int32Array): Float32Array {
  lists.forEach((list, k) => {
    starts[k + 1] = starts[k] + list.length;
  });
  const all = new Float32Array(starts[lists.length]);
  lists.forEach((list, k) => {
    all.set(list, starts[k]);
  });
  return all;
}

/**
 * Codes a row-major matrix [rows, cols]; edges and thresholds are learned from the rows listed in `fitRows`. With `coarse`, as extra trees need no more, nothing is told apart
 * inside a bin. Throws the Problem `kernel.memory`.
 */
export function codeForForest(values: Float32Array, rows: number, cols: number, fitRows: Int32Array, coarse = false): ForestCodes {
  const group = Math.min(cols, GROUP);
  const { at, call, close } = openSpace(forestArea, (room) => ({
    columns: Array.from({ length: group }, () => room.f32(rows)),
    codes: Array.from({ length: group }, () => room.u16(rows)),
    sorted: room.f32(fitRows.length),
    spare: room.f32(fitRows.length + BYTE_CODES),
    counts: room.u32(SORT_COUNTS),
    edges: room.f32(BYTE_CODES),
    starts: room.u32(BYTE_CODES),
    inside: room.f32(Math.min(MOST_INSIDE, fitRows.length)),
  }));
  const [sorted, spare, edges, starts, inside] = [at.sorted, at.spare, at.edges, at.starts, at.inside].map((view) => view.byteOffset);
  try {
    const codes = new Uint16Array(rows * cols);
    const insideStarts = new Uint32Array(cols * BYTE_CODES + 1);
    const foundEdges: Float32Array[] = [];
    const foundInside: Float32Array[] = [];
    let total = 0;
    const codeColumn = (j: number, column: Float32Array, own: Uint16Array) => {
      let known = 0;
      for (let r = 0; r < fitRows.length; r++) {
        const value = column[fitRows[r]];
        at.sorted[known] = value;
        // What is missing is written over.
        if (!Number.isNaN(value)) known++;
      }
      call.sortFloats(sorted, spare, known, at.counts.byteOffset);
      const bins = call.placeBins(sorted, known, edges, spare) + 1;
      const count = coarse ? 0 : call.refineBins(sorted, known, edges, bins, starts, inside);
      call.codeFine(column.byteOffset, rows, edges, bins, coarse ? 0 : starts, inside, own.byteOffset);
      for (let b = 0; b < BYTE_CODES; b++) insideStarts[j * BYTE_CODES + b] = coarse ? 0 : total + at.starts[b];
      foundEdges.push(at.edges.slice(0, bins - 1));
      foundInside.push(at.inside.slice(0, count));
      total += count;
    };
    for (let first = 0; first < cols; first += group) {
      const count = Math.min(group, cols - first);
      overBlocks(rows, count, (j, from, to) => {
        const column = at.columns[j];
        for (let i = from; i < to; i++) column[i] = values[i * cols + first + j];
      });
      for (let j = 0; j < count; j++) codeColumn(first + j, at.columns[j], at.codes[j]);
      overBlocks(rows, count, (j, from, to) => {
        const own = at.codes[j];
        for (let i = from; i < to; i++) codes[i * cols + first + j] = own[i];
      });
    }
    insideStarts[cols * BYTE_CODES] = total;
    const edgeStarts = new Int32Array(cols + 1);
    return {
      rows,
      cols,
      codes,
      edges: join(foundEdges, edgeStarts),
      edgeStarts,
      inside: join(foundInside, new Int32Array(cols + 1)),
      insideStarts,
    };
  } finally {
    close();
  }
}
