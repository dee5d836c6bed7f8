/** The kernels of gradient boosting, from binning to scores; what each does stands where it is written. */
export { codeRows, fillEdges, placeEdges, sortFloats } from './bins.as.ts';
export { clearSums, subtractSums, sumPacked, sumRows } from './histogram.as.ts';
export { addLeaves, leafValue, partLeaf, prepareSearch } from './leaf.as.ts';
export { growTree } from './leaf-wise.as.ts';
export { differentiateRows, softmaxRows, sumLosses, weighTargets } from './losses.as.ts';
export { firstFree } from './memory.as.ts';
export { giveUpSums, sumNode, takeSums } from './node-sums.as.ts';
export { addByCodes, countUp, drawRows, partitionRows, sidesOf } from './rows.as.ts';
export { findSplit } from './split.as.ts';
export { addGains, bestGain } from './symmetric.as.ts';
