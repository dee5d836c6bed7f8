/**
 * K-means: centres such that the squared distances of the rows from the nearest one sum up to little. Starts are drawn by greedy k-means++ (Arthur and
 * Vassilvitskii, 2007; several candidates per centre, as scikit-learn), then Lloyd's rounds, or Sculley's batches (Web-scale k-means, 2010).
 */
import { log } from '../../base/float.ts';
import type { Random } from '../../base/random.ts';
import { type Cells, type Clusters, kernels } from '../../kernels/door.ts';

/** Row-major centres in cells, not rounded. */
export interface Found {
  centres: Float64Array;
  count: number;
  /** Σ squared distance in cells; of a sample where rows are taken in batches. */
  inertia: number;
}

const MOST_ROUNDS = 300;
/** Centres that move by less than this share of the columns' mean variance have settled. scikit-learn's `tol`. */
const SETTLED = 1e-4;
const MOST_CANDIDATES = 8;
const BATCH_ROWS = 1024;
/** Batches without a better smoothed inertia that end the work. */
const PATIENCE = 10;
const MOST_EPOCHS = 100;

const rowOf = ({ cells, cols }: Cells, row: number): Float32Array => cells.subarray(row * cols, (row + 1) * cols);

/** Places at which the running sum of `weights` passes each of the ascending `marks`. */
function placesAt(weights: Float32Array, marks: readonly number[]): number[] {
  const places: number[] = [];
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length && places.length < marks.length; i++) {
    sum += weights[i];
    if (weights[i] > 0) last = i;
    while (places.length < marks.length && sum > marks[places.length]) places.push(i);
  }
  while (places.length < marks.length) places.push(last);
  return places;
}

/** Up to `k` rows as first centres; fewer when there are fewer different rows. */
function draw(rows: Cells, clusters: Clusters, k: number, random: Random): { centres: Float64Array; count: number } {
  const { cols } = rows;
  const tries = Math.min(MOST_CANDIDATES, 2 + Math.floor(log(k)));
  const centres = new Float64Array(k * cols);
  clusters.clear();
  let chosen = rowOf(rows, random.below(rows.count));
  let count = 0;
  for (;;) {
    centres.set(chosen, count++ * cols);
    const total = clusters.take(chosen);
    if (count === k || total === 0) return { centres, count };
    const marks = Array.from({ length: tries }, () => random.uniform() * total).sort((a, b) => a - b);
    const places = placesAt(clusters.closest, marks);
    const candidates = new Float32Array(tries * cols);
    places.forEach((row, c) => {
      candidates.set(rowOf(rows, row), c * cols);
    });
    const potentials = clusters.potentials(candidates, tries);
    chosen = rowOf(rows, places[potentials.indexOf(Math.min(...potentials))]);
  }
}

/** Gives centres without rows the rows that lie farthest from theirs. */
function settleEmpty(rows: Cells, clusters: Clusters, old: Float64Array, centres: Float64Array, count: number): void {
  const empty = Array.from({ length: count }, (_, c) => c).filter((c) => clusters.counts[c] === 0);
  if (empty.length === 0) return;
  // Distances as they are now: those of rows that were not looked at again are old.
  clusters.assign(old, count);
  const far = Array.from({ length: rows.count }, (_, i) => i).sort((a, b) => clusters.distance(b) - clusters.distance(a) || a - b);
  empty.forEach((c, i) => {
    centres.set(rowOf(rows, far[Math.min(i, far.length - 1)]), c * rows.cols);
  });
}

/** Lloyd's rounds from the given centres, which are changed. */
function lloyd(rows: Cells, clusters: Clusters, centres: Float64Array, count: number): number {
  const { cols } = rows;
  let settled = 0;
  clusters.start();
  for (let round = 0; ; round++) {
    const { moved } = clusters.assign(centres, count, round > 0);
    if (moved === 0 || round === MOST_ROUNDS) return clusters.assign(centres, count).inertia;
    if (round === 0) settled = SETTLED * clusters.meanVariance(count);
    const before = centres.slice(0, count * cols);
    for (let c = 0; c < count; c++) {
      if (clusters.counts[c] === 0) continue;
      for (let j = 0; j < cols; j++) centres[c * cols + j] = clusters.sums[c * cols + j] / clusters.counts[c];
    }
    settleEmpty(rows, clusters, before, centres, count);
    let shift = 0;
    before.forEach((x, i) => {
      shift += (x - centres[i]) * (x - centres[i]);
    });
    if (shift <= settled) return clusters.assign(centres, count).inertia;
  }
}

const better = (a: Found | undefined, b: Found): Found => (a && a.inertia <= b.inertia ? a : b);

/** The best of `restarts` starts, each with all rows in every round. */
export function kMeans(rows: Cells, k: number, restarts: number, random: Random): Found {
  const clusters = kernels.openClusters(rows, k);
  try {
    let best: Found | undefined;
    for (let start = 0; start < restarts; start++) {
      const { centres, count } = draw(rows, clusters, k, random);
      best = better(best, { centres, count, inertia: lloyd(rows, clusters, centres, count) });
    }
    return best!;
  } finally {
    clusters.close();
  }
}

const pick = (rows: Cells, count: number, random: Random): Cells => {
  const cells = new Float32Array(count * rows.cols);
  for (let i = 0; i < count; i++) cells.set(rowOf(rows, random.below(rows.count)), i * rows.cols);
  return { count, cols: rows.cols, cells };
};

/** Batches of rows; every centre is the mean of all rows that it got so far. The start is the best of `restarts` on a sample. */
export function miniBatch(rows: Cells, k: number, restarts: number, random: Random): Found {
  const size = Math.min(BATCH_ROWS, rows.count);
  const sample = pick(rows, Math.max(k, 3 * size), random);
  const first = kernels.openClusters(sample, k);
  let best: Found | undefined;
  try {
    for (let start = 0; start < restarts; start++) {
      const drawn = draw(sample, first, k, random);
      first.start();
      best = better(best, { ...drawn, inertia: first.assign(drawn.centres, drawn.count).inertia });
    }
  } finally {
    first.close();
  }
  const { centres, count } = best!;
  const seen = new Float64Array(count);
  const batch = kernels.openClusters(pick(rows, size, random), k);
  try {
    const share = Math.min(1, (2 * size) / (rows.count + 1));
    let smooth = Number.POSITIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    let waited = 0;
    const most = Math.ceil((MOST_EPOCHS * rows.count) / size);
    for (let step = 0; step < most && waited < PATIENCE; step++) {
      batch.start();
      const { inertia } = batch.assign(centres, count);
      for (let c = 0; c < count; c++) {
        if (batch.counts[c] === 0) continue;
        const total = seen[c] + batch.counts[c];
        for (let j = 0; j < rows.cols; j++) {
          const at = c * rows.cols + j;
          centres[at] = (centres[at] * seen[c] + batch.sums[at]) / total;
        }
        seen[c] = total;
      }
      smooth = step === 0 ? inertia : smooth * (1 - share) + inertia * share;
      waited = smooth < least ? 0 : waited + 1;
      least = Math.min(least, smooth);
      batch.load(pick(rows, size, random).cells);
    }
  } finally {
    batch.close();
  }
  return best!;
}
