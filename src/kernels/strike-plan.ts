/** Which trees are scored by striking leaves out (`strike.as.ts`), and the tables that this takes. */
import type { Trees } from './trees.ts';

/** More leaves are struck out no faster than a tree is walked. */
const MOST_LEAVES = 64;
/** So that the codes of a feature and one for missing fit a byte. */
const MOST_THRESHOLDS = 254;
/** Tables are worth their making from so many rows on per node of a tree. */
const ROWS_PER_NODE = 20;
/** As in `strike.as.ts`: bytes of codes of a feature. */
const CODED = 256;

export interface StrikePlan {
  /** Per tree: room for 32 or 64 leaves, 0 where it is walked; where its questions begin in bytes, and its values. */
  readonly leaves: Int32Array;
  readonly lists: Int32Array;
  readonly places: Int32Array;
  /** Questions as `strike.as.ts` reads them. */
  readonly questions: Uint8Array;
  readonly values: Float32Array;
  /** Features that are asked, with rising thresholds. */
  readonly asked: readonly { feature: number; thresholds: Float32Array }[];
}

const endOf = ({ roots, feature }: Trees, t: number): number => (t + 1 < roots.length ? roots[t + 1] : feature.length);

/** Trees in their order, as long as all their thresholds fit the features' tables; gives which, and the thresholds below infinity. */
function admit(trees: Trees): { chosen: number[]; known: Map<number, Set<number>> } {
  const { feature, threshold, setOf, roots } = trees;
  const known = new Map<number, Set<number>>();
  const chosen: number[] = [];
  roots.forEach((root, t) => {
    const end = endOf(trees, t);
    if ((end - root + 1) / 2 > MOST_LEAVES) return;
    const fresh = new Map<number, Set<number>>();
    for (let i = root; i < end; i++) {
      const x = threshold[i];
      if (feature[i] < 0) continue;
      if (Number.isNaN(x) || (setOf && setOf[i] >= 0)) return;
      const there = known.get(feature[i]);
      const more = fresh.get(feature[i]) ?? new Set();
      if (x < Number.POSITIVE_INFINITY && !there?.has(x)) more.add(x);
      if ((there?.size ?? 0) + more.size > MOST_THRESHOLDS) return;
      fresh.set(feature[i], more);
    }
    for (const [f, more] of fresh) {
      const there = known.get(f);
      if (there) for (const x of more) there.add(x);
      else known.set(f, more);
    }
    chosen.push(t);
  });
  return { chosen, known };
}

/** Plans for so many rows; undefined where walking all trees is as fast. */
export function planStrikes(trees: Trees, rows: number): StrikePlan | undefined {
  const { feature, threshold, left, right, missingLeft, roots, value, width } = trees;
  if (width !== 1 || rows * roots.length < ROWS_PER_NODE * feature.length) return undefined;
  const { chosen, known } = admit(trees);
  // A feature takes as long to code as a tree or two to walk.
  if (chosen.length < known.size) return undefined;
  const asked = [...known.keys()].sort((a, b) => a - b).map((f) => ({ feature: f, thresholds: Float32Array.from(known.get(f)!).sort() }));
  const order = new Map(asked.map(({ feature: f, thresholds }, k) => [f, { k, codes: new Map(Array.from(thresholds, (x, i) => [x, i])) }]));
  const leaves = new Int32Array(roots.length);
  const lists = new Int32Array(roots.length);
  const places = new Int32Array(roots.length);
  const words: number[] = [];
  const values: number[] = [];
  const below = new Int32Array(feature.length);
  const first = new Int32Array(feature.length);
  for (const t of chosen) {
    const [root, end] = [roots[t], endOf(trees, t)];
    for (let i = end - 1; i >= root; i--) below[i] = feature[i] < 0 ? 1 : below[left[i]] + below[right[i]];
    leaves[t] = below[root] > MOST_LEAVES / 2 ? MOST_LEAVES : MOST_LEAVES / 2;
    lists[t] = 4 * words.length;
    places[t] = values.length;
    first[root] = 0;
    const eights: number[][] = Array.from({ length: leaves[t] / 8 }, () => []);
    for (let i = root; i < end; i++) {
      if (feature[i] < 0) {
        values[places[t] + first[i]] = value[i];
        continue;
      }
      const from = (first[left[i]] = first[i]);
      const to = (first[right[i]] = from + below[left[i]]);
      const { k, codes } = order.get(feature[i])!;
      const at = CODED * (2 * k + missingLeft[i]);
      // Past all thresholds lies only what is missing.
      const code = codes.get(threshold[i]) ?? codes.size;
      for (let eight = from >> 3; 8 * eight < to; eight++) {
        const struck = ((1 << Math.min(8, to - 8 * eight)) - 1) & ~((1 << Math.max(0, from - 8 * eight)) - 1);
        eights[eight].push(at, (code ^ 0x80) | (struck << 8));
      }
    }
    for (const list of eights) words.push(list.length / 2, 0, ...list);
  }
  return {
    leaves,
    lists,
    places,
    questions: new Uint8Array(Uint32Array.from(words).buffer),
    values: Float32Array.from(values),
    asked,
  };
}
