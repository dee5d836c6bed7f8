/**
 * The one typed door to the hot loops: learners call these functions with typed arrays and numbers, and never see WebAssembly.
 *
 * How a hot loop gets in: its area is a kernel file `x.as.ts` (rules in `memory.as.ts`; small parts may be shared by import). Beside it a
 * TypeScript file imports `./x.as.ts?wasm`, names its exports in an interface, lays out their arrays in a space of its own (`space.ts`), and
 * offers a plain function here; `predict-trees.ts` is the pattern. The same function in plain TypeScript stands in `x.reference.ts` for the
 * tests, which compare both.
 */
import { binMatrix } from './bins.ts';
import { openClusters } from './clusters.ts';
import { gram, product, times, transposedTimes } from './dense.ts';
import { openDescentByColumns, openDescentByProducts } from './descent.ts';
import { openFactor } from './factor.ts';
import { codeForForest } from './forest-codes.ts';
import { fitGrid, onGrid } from './grid.ts';
import { openForest } from './grow-forest.ts';
import { openScoreLoss, openSoftmaxLoss } from './linear-loss.ts';
import { momentsOf } from './moments.ts';
import { nearestPoints } from './nearest.ts';
import { predictTrees } from './predict-trees.ts';
import { openLayers } from './train-layers.ts';

export type { Bins } from './bins.ts';
export {
  type Booster,
  type BoosterNode,
  type BoosterSetup,
  type LossName,
  openBooster,
} from './booster.ts';
export type { BoosterLeaf, BoosterSplit, GrowSettings, SplitNode } from './boosting-job.ts';
export type { Clusters } from './clusters.ts';
export type { Dense, Floats, GramOptions } from './dense.ts';
export type { Descent } from './descent.ts';
export { type Edges, findEdges, MOST_EDGES } from './edges.ts';
export type { Factor } from './factor.ts';
export type { ForestCodes } from './forest-codes.ts';
export type { Grid } from './grid.ts';
export type { ForestSettings, OutOfBag, TreeArrays } from './grow-forest.ts';
export {
  ADAM,
  type Batch,
  type Bend,
  type LayerState,
  type Loss,
  type Moving,
  NORM_EPSILON,
  normShare,
  type TrainerOptions,
  type TrainingState,
  wholePower,
} from './layer-state.ts';
export type { LinearLoss, LossRows, ScoreLoss, ScoreLossRows } from './linear-loss.ts';
export type { Cells, Neighbours } from './nearest.ts';
export type { LayerTrainer } from './train-layers.ts';
export type { Trees } from './trees.ts';

export const kernels = {
  binMatrix,
  codeForForest,
  fitGrid,
  gram,
  momentsOf,
  nearestPoints,
  onGrid,
  openDescentByColumns,
  openDescentByProducts,
  openClusters,
  openFactor,
  openForest,
  openLayers,
  openScoreLoss,
  openSoftmaxLoss,
  predictTrees,
  product,
  times,
  transposedTimes,
};
