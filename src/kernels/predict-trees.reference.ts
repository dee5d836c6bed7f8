/** Scores trees row by row and node by node: what `walk.as.ts` must equal bit for bit. Only tests import it. */
import type { Trees } from './trees.ts';

/** Place of the leaf that a row reaches. */
function leafOf(trees: Trees, root: number, values: Float32Array, at: number): number {
  const { feature, threshold, left, right, missingLeft, setOf, sets = new Uint8Array() } = trees;
  const goesLeft = (node: number, v: number) => {
    if (Number.isNaN(v)) return missingLeft[node] === 1;
    const set = setOf?.[node] ?? -1;
    if (set < 0) return v <= threshold[node];
    return Number.isInteger(v) && v >= 0 && v < 256 && ((sets[32 * set + (v >> 3)] >> (v & 7)) & 1) === 1;
  };
  let node = root;
  for (let f = feature[node]; f >= 0; f = feature[node]) {
    node = goesLeft(node, values[at + f]) ? left[node] : right[node];
  }
  return node;
}

/** As `predictTrees`. */
export function predictTreesPlainly(trees: Trees, base: Float32Array, values: Float32Array, rows: number, cols: number): Float32Array {
  const outputs = base.length;
  const { roots, target, value, width } = trees;
  const out = new Float32Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    for (let t = 0; t < roots.length; t++) {
      const leaf = leafOf(trees, roots[t], values, i * cols);
      const at = i * outputs + target[t];
      for (let w = 0; w < width; w++) out[at + w] += value[leaf * width + w];
    }
  }
  for (let i = 0; i < out.length; i++) out[i] += base[i % outputs];
  return out;
}
