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

/** Codes a row-major matrix [rows, cols]; edges and thresholds are learned from the rows listed in `fitRows`. Throws the Problem `kernel.memory`. */
export function codeForForest(values: Float32Array, rows: number, cols: number, fitRows: Int32Array): ForestCodes {
  const { at, call, close } = openSpace(forestArea, (room) => ({
    column: room.f32(rows),
    sorted: room.f32(fitRows.length),
    spare: room.f32(fitRows.length + BYTE_CODES),
    counts: room.u32(SORT_COUNTS),
    edges: room.f32(BYTE_CODES),
    starts: room.u32(BYTE_CODES),
    inside: room.f32(Math.min(MOST_INSIDE, fitRows.length)),
    codes: room.u16(rows),
  }));
  const [column, sorted, spare, edges, starts, inside] = [at.column, at.sorted, at.spare, at.edges, at.starts, at.inside].map(
    (view) => view.byteOffset,
  );
  try {
    const codes = new Uint16Array(rows * cols);
    const insideStarts = new Uint32Array(cols * BYTE_CODES + 1);
    const foundEdges: Float32Array[] = [];
    const foundInside: Float32Array[] = [];
    let total = 0;
    for (let j = 0; j < cols; j++) {
      for (let i = 0; i < rows; i++) at.column[i] = values[i * cols + j];
      let known = 0;
      for (const i of fitRows) {
        at.sorted[known] = at.column[i];
        // What is missing is written over.
        if (!Number.isNaN(at.column[i])) known++;
      }
      call.sortFloats(sorted, spare, known, at.counts.byteOffset);
      const bins = call.placeBins(sorted, known, edges, spare) + 1;
      const count = call.refineBins(sorted, known, edges, bins, starts, inside);
      call.codeFine(column, rows, edges, bins, starts, inside, at.codes.byteOffset);
      for (let b = 0; b < BYTE_CODES; b++) insideStarts[j * BYTE_CODES + b] = total + at.starts[b];
      for (let i = 0; i < rows; i++) codes[i * cols + j] = at.codes[i];
      foundEdges.push(at.edges.slice(0, bins - 1));
      foundInside.push(at.inside.slice(0, count));
      total += count;
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
