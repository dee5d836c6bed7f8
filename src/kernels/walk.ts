/** Scores trees on float32 rows with the additions of onnxruntime: plain TypeScript behind `door.ts`. */

/**
 * Trees as parallel arrays. Node i is a leaf where feature[i] < 0; else x <= threshold goes left, and missing goes left where
 * missingLeft[i] is 1. A leaf adds value[i * width … + width - 1] to the outputs target[t] … of its tree t.
 */
export interface Trees {
  readonly roots: Int32Array;
  readonly target: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly width: number;
  readonly value: Float32Array;
}

/** Place of the leaf that a row reaches. */
function leafOf(trees: Trees, root: number, values: Float32Array, at: number): number {
  const { feature, threshold, left, right, missingLeft } = trees;
  let node = root;
  for (let f = feature[node]; f >= 0; f = feature[node]) {
    const v = values[at + f];
    node = v <= threshold[node] || (Number.isNaN(v) && missingLeft[node] === 1) ? left[node] : right[node];
  }
  return node;
}

/**
 * Row-major [rows, outputs]: leaf values summed in float32 in the order of the trees, then `base` added, which is how onnxruntime
 * computes a TreeEnsembleRegressor on one thread.
 */
export function predictTrees(trees: Trees, base: Float32Array, values: Float32Array, rows: number, cols: number): Float32Array {
  const outputs = base.length;
  const { roots, target, value, width } = trees;
  const out = new Float32Array(rows * outputs);
  const BLOCK = 64;
  // A block of rows stays in cache while all trees pass over it.
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK);
    for (let t = 0; t < roots.length; t++) {
      for (let i = from; i < to; i++) {
        const leaf = leafOf(trees, roots[t], values, i * cols);
        const at = i * outputs + target[t];
        for (let w = 0; w < width; w++) out[at + w] += value[leaf * width + w];
      }
    }
  }
  for (let i = 0; i < out.length; i++) out[i] += base[i % outputs];
  return out;
}
