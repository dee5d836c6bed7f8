/** The WebAssembly module of forests: finer codes than bins, and trees. */
import { bytes } from './forest.as.ts?wasm';
import { kernelArea } from './space.ts';

export interface ForestExports {
  sortFloats: (a: number, b: number, count: number, counts: number) => void;
  placeBins: (sorted: number, count: number, edges: number, spare: number) => number;
  refineBins: (sorted: number, count: number, edges: number, bins: number, starts: number, fine: number) => number;
  codeFine: (values: number, count: number, edges: number, bins: number, starts: number, fine: number, to: number) => void;
  sample: (job: number) => number;
  grow: (job: number, rows: number) => number;
  judge: (job: number, sums: number, trees: number) => void;
}
export const forestArea = kernelArea<ForestExports>('forest', bytes);
