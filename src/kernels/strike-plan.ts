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
  /** Features of categories that are asked for sets. */
  readonly kinds: Int32Array;
  /** Questions for sets, of all trees one after another: see `Asking`; the set is given by its number in `sets`. Per tree where they begin, and one end more. */
  readonly asking: Int32Array;
  readonly starts: Int32Array;
  /** 32 bytes per question for a set. */
  readonly sets: Uint8Array;
  /** Most questions for sets of one tree. */
  readonly mostSets: number;
}
/** Codes up to this one may be in a set; behind them stand what is missing and what is unknown. */
const MOST_CODE = 253;

const endOf = ({ roots, feature }: Trees, t: number): number => (t + 1 < roots.length ? roots[t + 1] : feature.length);

const holdsLateCodes = (sets: Uint8Array, set: number): boolean => sets[32 * set + (MOST_CODE >> 3)] >> ((MOST_CODE & 7) + 1) !== 0;

/** Trees in their order, as long as all their thresholds fit the features' tables; gives which, the thresholds below infinity, and features of sets. */
function admit(trees: Trees): { chosen: number[]; known: Map<number, Set<number>>; kinds: Set<number> } {
  const { feature, threshold, setOf, sets, roots } = trees;
  const known = new Map<number, Set<number>>();
  const kinds = new Set<number>();
  const chosen: number[] = [];
  roots.forEach((root, t) => {
    const end = endOf(trees, t);
    if ((end - root + 1) / 2 > MOST_LEAVES) return;
    const fresh = new Map<number, Set<number>>();
    for (let i = root; i < end; i++) {
      const x = threshold[i];
      if (feature[i] < 0) continue;
      if (setOf && setOf[i] >= 0) {
        if (holdsLateCodes(sets!, setOf[i])) return;
        continue;
      }
      if (Number.isNaN(x)) return;
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
    if (setOf) for (let i = root; i < end; i++) if (feature[i] >= 0 && setOf[i] >= 0) kinds.add(feature[i]);
    chosen.push(t);
  });
  return { chosen, known, kinds };
}

/** Plans for so many rows; undefined where walking all trees is as fast. */
export function planStrikes(trees: Trees, rows: number): StrikePlan | undefined {
  const { feature, threshold, left, right, missingLeft, roots, value, width, setOf, sets } = trees;
  if (width !== 1 || rows * roots.length < ROWS_PER_NODE * feature.length) return undefined;
  const { chosen, known, kinds: ofSets } = admit(trees);
  // A feature takes as long to code as a tree or two to walk.
  if (chosen.length === 0 || chosen.length < known.size + ofSets.size) return undefined;
  const asked = [...known.keys()].sort((a, b) => a - b).map((f) => ({ feature: f, thresholds: Float32Array.from(known.get(f)!).sort() }));
  const order = new Map(asked.map(({ feature: f, thresholds }, k) => [f, { k, codes: new Map(Array.from(thresholds, (x, i) => [x, i])) }]));
  const kinds = Int32Array.from(ofSets).sort();
  const asking: number[] = [];
  const starts = new Int32Array(roots.length + 1);
  const bits: number[] = [];
  let mostSets = 0;
  const leaves = new Int32Array(roots.length);
  const lists = new Int32Array(roots.length);
  const places = new Int32Array(roots.length);
  const words: number[] = [];
  const values: number[] = [];
  const below = new Int32Array(feature.length);
  const first = new Int32Array(feature.length);
  for (const t of chosen) {
    starts[t] = asking.length;
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
      let at: number;
      let code: number;
      if (setOf && setOf[i] >= 0) {
        const mine = (asking.length - starts[t]) / 3;
        at = CODED * (2 * (asked.length + kinds.length) + mine);
        asking.push(CODED * 2 * (asked.length + kinds.indexOf(feature[i])), bits.length / 32, at);
        bits.push(...sets!.subarray(32 * setOf[i], 32 * setOf[i] + 32));
        if (missingLeft[i]) bits[bits.length - 1] |= 1 << ((MOST_CODE + 1) & 7);
        mostSets = Math.max(mostSets, mine + 1);
        // Of the answers -1 and 0 the second is "no".
        code = 0x7f;
      } else {
        const { k, codes } = order.get(feature[i])!;
        at = CODED * (2 * k + missingLeft[i]);
        // Past all thresholds lies only what is missing.
        code = codes.get(threshold[i]) ?? codes.size;
      }
      for (let eight = from >> 3; 8 * eight < to; eight++) {
        const struck = ((1 << Math.min(8, to - 8 * eight)) - 1) & ~((1 << Math.max(0, from - 8 * eight)) - 1);
        eights[eight].push(at, (code ^ 0x80) | (struck << 8));
      }
    }
    for (const list of eights) words.push(list.length / 2, 0, ...list);
    starts.fill(asking.length, t + 1);
  }
  return {
    leaves,
    lists,
    places,
    questions: new Uint8Array(Uint32Array.from(words).buffer),
    values: Float32Array.from(values),
    asked,
    kinds,
    asking: Int32Array.from(asking),
    starts,
    sets: Uint8Array.from(bits),
    mostSets,
  };
}
