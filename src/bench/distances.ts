/**
 * Nearest neighbours, 2,000 new rows among many, and k-means, beside scikit-learn with one thread. K-means takes as many rounds as its first centres
 * make it: each time is that of three seeds, and the inertia of both stands beside.
 */
import { stream } from '../base/random.ts';
import { kernels } from '../kernels/door.ts';
import { defaults } from '../kind/params.ts';
import type { FittedNeighbours } from '../learners/nearest-neighbours/fit.ts';
import { nearestNeighbours } from '../learners/nearest-neighbours/kind.ts';
import * as neighbours from '../learners/nearest-neighbours/learner.ts';
import type { Training } from '../recipe/model.ts';
import { kMeans } from '../transforms/clusters/k-means.ts';
import { type Area, type Contest, many } from './area.ts';

const QUERIES = 2000;
const NEIGHBOURS: readonly [number, number][] = [
  [15_000, 16],
  [20_000, 100],
  [100_000, 28],
];
const CLUSTERS: readonly [number, number, number][] = [[100_000, 20, 10]];
const SEEDS = 3;
const TYPES = ['float32', 'float64'] as const;

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

const searching = ([rows, cols]: readonly [number, number]): Contest => ({
  title: `5 nearest of ${many(rows)} × ${cols} for ${many(QUERIES)}`,
  quality: { name: 'share of rows told right', digits: 4 },
  open: async () => {
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
    const quality = () => {
      const { probabilities = new Float64Array() } = neighbours.predict(fitted, X, 2);
      return test.place.filter((place, i) => (probabilities[2 * i + 1] > 0.5 ? 1 : 0) === place % 2).length / QUERIES;
    };
    const files = () => ({
      'train.x': Float32Array.from(train.values),
      'train.y': Float32Array.from(data.y),
      'test.x': Float32Array.from(test.values),
      'test.y': Float32Array.from(test.place, (place) => place % 2),
    });
    const asks = TYPES.map((type) => ({ name: `scikit-learn ${type}`, work: `search ${type}`, quality: `right ${type}` }));
    return {
      entrants: [
        { name: 'millrace', run: () => neighbours.predict(fitted, X, 2), quality },
        { name: 'with its fit', run: async () => neighbours.predict(await fit(), X, 2) },
      ],
      python: { script: 'distances_speed.py', files, args: [String(cols)], asks },
    };
  },
});

const grouping = ([rows, cols, k]: readonly [number, number, number]): Contest => ({
  title: `k-means ${many(rows)} × ${cols}, k = ${k}, ${SEEDS} seeds`,
  quality: { name: 'mean inertia', digits: 0 },
  open: () => {
    const { values } = rowsAbout(rows, cols, 'groups');
    const once = (seed: number) => {
      const grid = kernels.fitGrid(values, rows, cols);
      const found = kMeans({ count: rows, cols, cells: kernels.onGrid(grid, values) }, k, 1, stream('k-means', seed));
      return found.inertia / (grid.scale * grid.scale);
    };
    const all = () => Array.from({ length: SEEDS }, (_, seed) => once(seed));
    const quality = () => all().reduce((sum, inertia) => sum + inertia / SEEDS, 0);
    const asks = TYPES.map((type) => ({ name: `scikit-learn ${type}`, work: `group ${type}`, quality: `inertia ${type}` }));
    const files = () => ({ 'train.x': Float32Array.from(values) });
    return {
      entrants: [{ name: 'millrace', run: all, quality }],
      python: { script: 'distances_speed.py', files, args: [String(cols)], asks },
    };
  },
});

export const distancesArea: Area = {
  name: 'distances',
  about: 'nearest neighbours and k-means',
  contests: () => [...NEIGHBOURS.map(searching), ...CLUSTERS.map(grouping)],
};
