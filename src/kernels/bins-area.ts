/** The kernels of binning by name; boosting has those that code rows too. */
import { bytes } from './bins.as.ts?wasm';
import { kernelArea } from './space.ts';

export interface CodingExports {
  fillEdges: (edges: number, count: number) => void;
  codeRows: (
    rows: number,
    count: number,
    cols: number,
    tables: number,
    counts: number,
    places: number,
    codes: number,
    rowBytes: number,
    columns: number,
    columnBytes: number,
    coarse: number,
  ) => void;
}
interface BinsExports extends CodingExports {
  sortFloats: (a: number, b: number, count: number, counts: number) => void;
  placeEdges: (sorted: number, count: number, edges: number, most: number) => number;
}
export const binsArea = kernelArea<BinsExports>('bins', bytes);
