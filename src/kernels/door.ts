/**
 * The one typed door to the hot loops: learners call these functions with typed arrays and numbers, and never see WebAssembly.
 *
 * How a hot loop gets in: its area is a kernel file `x.as.ts` (rules in `memory.as.ts`; small parts may be shared by import). Beside it a
 * TypeScript file imports `./x.as.ts?wasm`, names its exports in an interface, lays out their arrays in a space of its own (`space.ts`), and
 * offers a plain function here; `predict-trees.ts` is the pattern. The same function in plain TypeScript stands in `x.reference.ts` for the
 * tests, which compare both. Kernels that are still plain TypeScript stand behind the same door.
 */
import { type Bins, binColumn, binEdges, binMatrix } from './bins.ts';
import { type ForestGrower, type ForestSettings, openForest, type TreeArrays } from './grow-forest.ts';
import { buildHistogram, type PackScales, packGradients, subtractHistogram } from './histogram.ts';
import { partitionRows } from './partition.ts';
import { predictTrees, type Trees } from './predict-trees.ts';
import { findSplit, type Split, type SplitSettings } from './split.ts';

export interface Kernels {
  binEdges: (values: Float32Array) => Float32Array;
  binColumn: (values: Float32Array, edges: Float32Array, codes: Uint8Array, at: number, stride: number) => void;
  binMatrix: (values: Float32Array, rows: number, cols: number, fitRows?: Int32Array) => Bins;
  packGradients: (gradient: Float64Array, hessian: Float64Array, rows: Int32Array, count: number, packed: Float64Array) => PackScales;
  buildHistogram: (
    bins: Bins,
    rows: Int32Array,
    start: number,
    end: number,
    packed: Float64Array,
    out: Float64Array,
    counts?: Int32Array,
  ) => void;
  subtractHistogram: (parent: Float64Array | Int32Array, child: Float64Array | Int32Array) => void;
  findSplit: (
    bins: Bins,
    histogram: Float64Array,
    counts: Int32Array | undefined,
    features: Int32Array,
    total: number,
    count: number,
    scales: PackScales,
    settings: SplitSettings,
  ) => Split | undefined;
  partitionRows: (
    bins: Bins,
    rows: Int32Array,
    start: number,
    end: number,
    feature: number,
    bin: number,
    missingLeft: boolean,
    scratch: Int32Array,
  ) => number;
  /** Grows trees of a random forest one by one; close it when they are grown. */
  openForest: (bins: Bins, rows: Int32Array, targets: Float64Array, weights: Float64Array, settings: ForestSettings) => ForestGrower;
  predictTrees: (trees: Trees, base: Float32Array, values: Float32Array, rows: number, cols: number) => Float32Array;
}
export type { Bins, ForestGrower, ForestSettings, PackScales, Split, SplitSettings, TreeArrays, Trees };

export const kernels: Kernels = {
  binEdges,
  binColumn,
  binMatrix,
  packGradients,
  buildHistogram,
  subtractHistogram,
  findSplit,
  partitionRows,
  openForest,
  predictTrees,
};
