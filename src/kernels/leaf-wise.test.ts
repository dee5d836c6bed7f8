/** A tree grown leaf by leaf in WebAssembly, against growing it by trying every cut of every leaf. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { openBooster } from './booster.ts';
import type { GrowSettings } from './boosting-job.ts';
import { codePlan, slotsOf } from './boosting-room.ts';
import { type Edges, findEdges } from './edges.ts';

const SETTINGS: GrowSettings = {
  l1: 0,
  l2: 0,
  minLeaf: 5,
  minHessian: 1e-3,
  smooth: 0,
  asking: 1,
  leaves: 12,
  maxDepth: Number.POSITIVE_INFINITY,
};

function table(rows: number, cols: number) {
  const random = stream('leaf-wise test', rows, cols);
  const values = Float32Array.from({ length: rows * cols }, (_, i) =>
    i % cols === 1 && random.uniform() < 0.2 ? Number.NaN : i % cols === 2 ? random.below(6) : random.normal(),
  );
  const targets = Float32Array.from({ length: rows }, (_, i) => {
    const [a, b, c] = values.subarray(i * cols, i * cols + 3);
    return (a > 0.3 ? 1 : 0) + (Number.isNaN(b) ? 0.7 : b > 0 ? 0.3 : 0) * c + 0.2 * random.normal();
  });
  return { rows, cols, values, targets };
}

/** With the squared loss from zero: best first, gain = (Σy)²/n left and right over the leaf's own. */
function plainTree({ rows, cols, values, targets }: ReturnType<typeof table>, { minLeaf, leaves: most, maxDepth }: GrowSettings) {
  const score = (list: number[]) => list.reduce((sum, i) => sum + targets[i], 0) ** 2 / list.length;
  const best = (list: number[]) => {
    let found = { gain: 0, left: [] as number[], right: [] as number[] };
    for (let f = 0; f < cols; f++) {
      const at = (i: number) => values[i * cols + f];
      for (const cut of [...new Set(list.map(at).filter((v) => !Number.isNaN(v)))]) {
        for (const missingLeft of [false, true]) {
          const left = list.filter((i) => (Number.isNaN(at(i)) ? missingLeft : at(i) <= cut));
          if (left.length < minLeaf || list.length - left.length < minLeaf) continue;
          const right = list.filter((i) => !left.includes(i));
          const gain = score(left) + score(right) - score(list);
          if (gain > found.gain + 1e-4) found = { gain, left, right };
        }
      }
    }
    return found;
  };
  const open = (list: number[], depth: number) => ({
    list,
    depth,
    split: depth < maxDepth ? best(list) : { gain: 0, left: [], right: [] },
  });
  const leaves = [
    open(
      Array.from({ length: rows }, (_, i) => i),
      0,
    ),
  ];
  const gains: number[] = [];
  while (leaves.length < most) {
    const next = leaves.reduce((a, b) => (b.split.gain > a.split.gain ? b : a));
    if (!(next.split.gain > 0)) break;
    gains.push(next.split.gain);
    leaves.splice(leaves.indexOf(next), 1, open(next.split.left, next.depth + 1), open(next.split.right, next.depth + 1));
  }
  return { gains, leaves: leaves.map(({ list }) => list) };
}

function grownTree(data: ReturnType<typeof table>, settings: GrowSettings, weights?: Float32Array) {
  const { rows, cols, values, targets } = data;
  const edges = findEdges(values, rows, cols);
  const booster = openBooster({
    edges,
    categories: edges.map(() => false),
    directions: edges.map(() => 0),
    values,
    train: Int32Array.from({ length: rows }, (_, i) => i),
    aside: new Int32Array(),
    targets,
    ...(weights ? { weights } : {}),
    settings,
    symmetric: false,
    drawn: false,
    loss: 'squared',
    level: 0,
    bases: Float32Array.of(0),
  });
  try {
    booster.allow(Int32Array.from(edges.keys()));
    booster.takeRows(1, 0);
    booster.differentiate(0);
    const { nodes, leaves } = booster.grow((node) => node);
    return { nodes, leaves: leaves.map((leaf) => ({ ...leaf, value: booster.leafValue(leaf), rows: leaf.end - leaf.start })) };
  } finally {
    booster.close();
  }
}

const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b);

describe('a tree grown leaf by leaf', () => {
  const kinds: [string, Partial<GrowSettings>][] = [
    ['to a number of leaves', {}],
    ['to the end', { leaves: 200, minLeaf: 9 }],
    ['to a depth', { leaves: 100, maxDepth: 2 }],
    ['no farther than one leaf', { minLeaf: 100 }],
  ];
  for (const [name, some] of kinds) {
    it(`is the plain one, ${name}`, () => {
      const settings = { ...SETTINGS, ...some };
      const data = table(120, 4);
      const { nodes, leaves } = grownTree(data, settings);
      const plain = plainTree(data, settings);
      const inner = nodes.filter((node) => node.feature >= 0).sort((a, b) => a.cut - b.cut);
      expect(inner.length).toBe(plain.gains.length);
      inner.forEach((node, i) => {
        expect(node.gain).toBeCloseTo(plain.gains[i], 3);
      });
      expect(sorted(leaves.map((leaf) => leaf.rows))).toEqual(sorted(plain.leaves.map((list) => list.length)));
      const means = plain.leaves.map((list) => list.reduce((sum, i) => sum + data.targets[i], 0) / list.length);
      sorted(means).forEach((mean, i) => {
        expect(sorted(leaves.map((leaf) => leaf.value))[i]).toBeCloseTo(mean, 5);
      });
      expect(nodes[0].rows).toBe(120);
    });
  }

  it('is the same where only a few nodes’ sums are held, and those of others are made again', () => {
    const data = table(400, 4);
    // Columns of one value are never asked, but every node has sums of them.
    const cols = 704;
    const values = new Float32Array(data.rows * cols);
    for (let i = 0; i < data.rows; i++) values.set(data.values.subarray(4 * i, 4 * i + 4), i * cols);
    const settings = { ...SETTINGS, leaves: 40 };
    // With weights a leaf may have to be looked at again after it was parted.
    const random = stream('few sums');
    for (const weights of [undefined, Float32Array.from({ length: data.rows }, () => 0.1 + 10 * random.uniform() ** 3)])
      expect(grownTree({ ...data, cols, values }, settings, weights)).toEqual(grownTree(data, settings, weights));
    const slots = (list: Edges) => slotsOf(codePlan(list), settings.leaves);
    expect([slots(findEdges(data.values, data.rows, 4)), slots(findEdges(values, data.rows, cols))]).toEqual([41, 8]);
  });
});
