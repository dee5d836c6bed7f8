/**
 * Grows the trees of an isolation forest (Liu, Ting and Zhou, Isolation Forest, 2008): each on few rows, every cut at a random place of a random column, until
 * rows stand alone or the depth of a balanced tree is reached.
 */
import { floor32, log } from '../../base/float.ts';
import type { Random } from '../../base/random.ts';
import type { Trees } from '../../kernels/door.ts';

const EULER = 0.5772156649015329;

/** Mean number of cuts that set a row of `n` apart: 2 H(n - 1) - 2 (n - 1) / n, with H(i) ≈ ln i + Euler's constant; 1 for two rows, 0 for one. */
export function meanPath(n: number): number {
  if (n <= 1) return 0;
  return n === 2 ? 1 : 2 * (log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

interface Nodes {
  feature: number[];
  threshold: number[];
  left: number[];
  right: number[];
  value: number[];
}

/** The trees' leaves hold the length of the path to them, and what rows that are still together would need on average. `values` is row-major. */
export function isolationTrees(values: Float32Array, rows: number, cols: number, trees: number, sample: number, random: Random): Trees {
  const size = Math.min(sample, rows);
  let levels = 0;
  while (2 ** levels < Math.max(2, size)) levels++;
  const nodes: Nodes = { feature: [], threshold: [], left: [], right: [], value: [] };
  const roots = new Int32Array(trees);
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const features = Int32Array.from({ length: cols }, (_, j) => j);
  for (let t = 0; t < trees; t++) {
    for (let i = 0; i < size; i++) {
      const other = i + random.below(rows - i);
      [all[i], all[other]] = [all[other], all[i]];
    }
    roots[t] = nodes.feature.length;
    grow(nodes, values, cols, all.slice(0, size), features, levels, random);
  }
  const count = nodes.feature.length;
  return {
    roots,
    target: new Int32Array(trees),
    feature: Int32Array.from(nodes.feature),
    threshold: Float32Array.from(nodes.threshold),
    left: Int32Array.from(nodes.left),
    right: Int32Array.from(nodes.right),
    missingLeft: new Uint8Array(count),
    width: 1,
    value: Float32Array.from(nodes.value),
  };
}

/** One tree, in order of depth, over `rows`, which are put in the order of its leaves. */
function grow(
  nodes: Nodes,
  values: Float32Array,
  cols: number,
  rows: Int32Array,
  features: Int32Array,
  levels: number,
  random: Random,
): void {
  const add = (depth: number, count: number): number => {
    nodes.feature.push(-1);
    nodes.threshold.push(0);
    nodes.left.push(0);
    nodes.right.push(0);
    nodes.value.push(depth + meanPath(count));
    return nodes.feature.length - 1;
  };
  const open = [{ node: add(0, rows.length), from: 0, to: rows.length, depth: 0 }];
  for (let part = open.shift(); part; part = open.shift()) {
    const { node, from, to, depth } = part;
    if (to - from < 2 || depth === levels) continue;
    const cut = drawCut(values, cols, rows.subarray(from, to), features, random);
    if (!cut) continue;
    let middle = from;
    for (let i = from; i < to; i++) {
      if (!(values[rows[i] * cols + cut.feature] <= cut.threshold)) continue;
      [rows[i], rows[middle]] = [rows[middle], rows[i]];
      middle++;
    }
    nodes.feature[node] = cut.feature;
    nodes.threshold[node] = cut.threshold;
    nodes.value[node] = 0;
    nodes.left[node] = add(depth + 1, middle - from);
    nodes.right[node] = add(depth + 1, to - middle);
    open.push({ node: nodes.left[node], from, to: middle, depth: depth + 1 });
    open.push({ node: nodes.right[node], from: middle, to, depth: depth + 1 });
  }
}

/** A place between the least and the largest value of a column drawn among those that vary; undefined where none does. */
function drawCut(
  values: Float32Array,
  cols: number,
  rows: Int32Array,
  features: Int32Array,
  random: Random,
): { feature: number; threshold: number } | undefined {
  for (let left = features.length; left > 0; left--) {
    const at = random.below(left);
    const feature = features[at];
    [features[at], features[left - 1]] = [features[left - 1], feature];
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const row of rows) {
      const x = values[row * cols + feature];
      if (x < least) least = x;
      if (x > most) most = x;
    }
    if (least < most) {
      // In float32, where the rows and the graph are; the largest value stays on the other side.
      const threshold = floor32(least + random.uniform() * (most - least));
      return { feature, threshold: threshold < most ? threshold : least };
    }
  }
  return undefined;
}
