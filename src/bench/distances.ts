/**
 * Nearest neighbours, 2,000 new rows among many, and k-means. With `npm run conformance:speed` scikit-learn joins, one thread. K-means takes as many rounds as
 * its first centres make it: each time is that of three seeds, and the inertia of both stands beside.
 */
import { stream } from '../base/random.ts';
import { kernels } from '../kernels/door.ts';
import { defaults } from '../kind/params.ts';
import type { FittedNeighbours } from '../learners/nearest-neighbours/fit.ts';
import { nearestNeighbours } from '../learners/nearest-neighbours/kind.ts';
import * as neighbours from '../learners/nearest-neighbours/learner.ts';
import type { Training } from '../recipe/model.ts';
import { kMeans } from '../transforms/clusters/k-means.ts';
import { asked, type Candidate, cpuMs, measure, printTimings } from './measure.ts';
import { pythonPeer } from './python-peer.ts';

const ROUNDS = 7;
const QUERIES = 2000;
const NEIGHBOURS: readonly [number, number][] = [
  [15_000, 16],
  [20_000, 100],
  [100_000, 28],
];
const CLUSTERS: readonly [number, number, number][] = [[100_000, 20, 10]];
const SEEDS = 3;

/** Rows about twenty places, with the number of the place. */
function rowsAbout(rows: number, cols: number, part: string): { values: Float64Array; place: Int32Array } {
  const places = stream('places', cols);
  const centres = Float64Array.from({ length: 20 * cols }, () => 1.5 * places.normal());
  const random = stream('distances bench', part, rows, cols);
  const values = new Float64Array(rows * cols);
  const place = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    place[i] = random.below(20);
    for (let j = 0; j < cols; j++) values[i * cols + j] = Math.fround(centres[place[i] * cols + j] + random.normal());
  }
  return { values, place };
}

async function searching(rows: number, cols: number): Promise<void> {
  const train = rowsAbout(rows, cols, 'train');
  const test = rowsAbout(QUERIES, cols, 'test');
  const data: Training = {
    X: { rows, cols, values: train.values },
    y: Float64Array.from(train.place, (place) => place % 2),
    classCount: 2,
    featureNames: Array.from({ length: cols }, (_, j) => `x${j}`),
  };
  const params = { ...defaults(nearestNeighbours.params), smoothing: 0 };
  const fit = (): Promise<FittedNeighbours> => neighbours.fit(data, params);
  const X = { rows: QUERIES, cols, values: test.values };
  const fitted = await fit();
  const files = {
    'train.x': Float32Array.from(train.values),
    'train.y': Float32Array.from(data.y),
    'test.x': Float32Array.from(test.values),
  };
  const peer = await pythonPeer('distances_speed.py', files, [String(cols)]);
  try {
    const candidates: Candidate[] = [
      { name: 'millrace', once: () => cpuMs(1, () => neighbours.predict(fitted, X, 2)) },
      { name: 'with its fit', once: () => cpuMs(1, async () => neighbours.predict(await fit(), X, 2)) },
    ];
    if (peer) for (const type of ['float32', 'float64']) candidates.push(asked(peer.process, `search ${type}`));
    const timings = await measure(candidates, ROUNDS);
    const notes: string[] = [];
    const shares = (await peer?.process.ask('shares float64'))?.shares;
    if (shares) {
      const { probabilities = new Float64Array() } = neighbours.predict(fitted, X, 2);
      const same = shares.filter((share, i) => Math.abs(share - probabilities[2 * i]) < 1e-6).length;
      notes.push(`shares equal to scikit-learn’s in ${same} of ${QUERIES} rows`);
    }
    printTimings(`nearest neighbours, k = 5, ${QUERIES} rows among ${rows.toLocaleString('en')} × ${cols}`, timings, notes);
  } finally {
    await peer?.close();
  }
}

async function grouping(rows: number, cols: number, k: number): Promise<void> {
  const { values } = rowsAbout(rows, cols, 'groups');
  const once = (seed: number) => {
    const grid = kernels.fitGrid(values, rows, cols);
    const found = kMeans({ count: rows, cols, cells: kernels.onGrid(grid, values) }, k, 1, stream('k-means', seed));
    return found.inertia / (grid.scale * grid.scale);
  };
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  const mean = (list: readonly number[]) => list.reduce((sum, v) => sum + v / list.length, 0);
  const peer = await pythonPeer('distances_speed.py', { 'train.x': Float32Array.from(values) }, [String(cols)]);
  try {
    const candidates: Candidate[] = [{ name: 'millrace', once: () => cpuMs(1, () => seeds.map(once)) }];
    if (peer) for (const type of ['float32', 'float64']) candidates.push(asked(peer.process, `group ${type}`));
    const timings = await measure(candidates, ROUNDS);
    const theirs = (await peer?.process.ask('inertia float64'))?.inertia;
    const note = `mean inertia: ours ${mean(seeds.map(once)).toFixed(0)}${theirs === undefined ? '' : `, scikit-learn ${theirs.toFixed(0)}`}`;
    printTimings(`k-means, k = ${k}, ${rows.toLocaleString('en')} × ${cols}, ${SEEDS} seeds`, timings, [note]);
  } finally {
    await peer?.close();
  }
}

export async function distancesArea(rows: number): Promise<void> {
  for (const [n, cols] of NEIGHBOURS) if (n <= rows) await searching(n, cols);
  for (const [n, cols, k] of CLUSTERS) if (n <= rows) await grouping(n, cols, k);
}
