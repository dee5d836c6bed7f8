/** K-means: finds groups that are there, its centres are the means of their rows, the number by silhouette, batches, and few or equal rows. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import type { Cells } from '../../kernels/door.ts';
import { defaults, type ParamValues } from '../../kind/params.ts';
import { cellsOf, numeric } from '../../table/column.ts';
import { columnNamed, table } from '../../table/table.ts';
import { kMeans, miniBatch } from './k-means.ts';
import { clusters } from './kind.ts';
import { silhouettes } from './silhouette.ts';
import { apply, type FittedClusters, fit, others } from './step.ts';

const random = stream('clusters');
/** Rows about `places`, which lie far apart. */
function blobs(places: readonly (readonly number[])[], each: number, spread = 1) {
  const rows = places.flatMap((place) => Array.from({ length: each }, () => place.map((x) => x + spread * random.normal())));
  const names = places[0].map((_, j) => `x${j}`);
  return table(
    names,
    names.map((_, j) => numeric(Float64Array.from(rows, (row) => row[j]))),
  );
}
const context = { sides: [], random: (purpose: string) => stream('test', purpose) };
const fitted = (t: ReturnType<typeof blobs>, params: ParamValues): FittedClusters =>
  fit(t, { ...defaults(clusters.params), ...params }, context);
const corners = [
  [0, 0, 0],
  [20, 0, 0],
  [0, 20, 0],
  [0, 0, 20],
];

describe('k-means', () => {
  it('names the groups that are there, the largest first, and says where they lie in the columns’ units', () => {
    const t = blobs([...corners, corners[2]], 40);
    const params = { k: 4 };
    const model = fitted(t, params);
    expect(model.rows).toEqual([80, 40, 40, 40]);
    const named = apply(t, { ...defaults(clusters.params), ...params }, model);
    const labels = cellsOf(columnNamed(named, 'cluster'));
    for (let i = 0; i < 200; i++) expect(labels[i] === 'C1').toBe(Math.floor(i / 40) === 2 || i >= 160);
    const summary = others.clusters(t, {}, model);
    expect(summary.fields.map((field) => field.name)).toEqual([
      'cluster',
      'rows',
      'mean distance',
      'silhouette',
      'share',
      'x0',
      'x1',
      'x2',
    ]);
    const centre = ['x0', 'x1', 'x2'].map((name) => Number(cellsOf(columnNamed(summary, name))[0]));
    [0, 20, 0].forEach((x, j) => {
      expect(Math.abs(centre[j] - x)).toBeLessThan(0.5);
    });
    expect(model.overall).toBeGreaterThan(0.8);
  });

  it('chooses how many by silhouette', () => {
    expect(fitted(blobs(corners, 50), {}).centres.count).toBe(4);
    expect(fitted(blobs([corners[0], [20, 20, 20]], 50), {}).centres.count).toBe(2);
  });

  it('ends where every centre is the mean of its rows, in whole cells', () => {
    const t = blobs(corners, 50, 8);
    const model = fitted(t, { k: 5, standardise: false });
    const named = apply(t, { ...defaults(clusters.params), k: 5 }, model);
    const labels = cellsOf(columnNamed(named, 'cluster'));
    const summary = others.clusters(t, {}, model);
    for (let c = 0; c < 5; c++) {
      const own = cellsOf(columnNamed(t, 'x1')).filter((_, i) => labels[i] === `C${c + 1}`) as number[];
      const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
      // Centres have settled when they move by less than a hundredth of the deviation.
      expect(Math.abs(Number(cellsOf(columnNamed(summary, 'x1'))[c]) - mean)).toBeLessThan(0.2);
    }
  });

  it('finds about the same by batches', () => {
    const cells: Cells = {
      count: 6000,
      cols: 2,
      cells: new Float32Array(12_000).map((_, i) => Math.round(1000 * (((i >> 1) % 3) * 8 + random.normal()))),
    };
    const all = kMeans(cells, 3, 2, stream('a'));
    const batches = miniBatch(cells, 3, 2, stream('b'));
    const sorted = (found: typeof all) => [...found.centres].sort((a, b) => a - b);
    sorted(all).forEach((x, i) => {
      expect(Math.abs(sorted(batches)[i] - x)).toBeLessThan(300);
    });
  });

  it('bears fewer rows, or fewer different rows, than groups', () => {
    expect(fitted(blobs([[1, 2]], 3), { k: 8 }).rows).toEqual([1, 1, 1]);
    const equal = table(['x'], [numeric(Float64Array.of(1, 1, 5, 5, 5))]);
    expect(fitted(equal, { k: 4 }).rows).toEqual([3, 2]);
    expect(fitted(table(['x'], [numeric(Float64Array.of(7, 7, 7))]), {}).rows).toEqual([3]);
  });

  it('says what it cannot do', () => {
    const t = blobs([[0, 1]], 4);
    expect(() => fitted(t, { columns: { names: [] } })).toThrow('no columns');
    expect(() => fitted(blobs([[0, 1]], 0), {})).toThrow('no rows');
    const huge = table(['x'], [numeric(Float64Array.of(1e200, 1, 2))]);
    expect(() => fitted(huge, { standardise: false })).toThrow('“x” holds a number too large');
  });
});

it('the silhouette is that of the definition', () => {
  const cells = { count: 5, cols: 1, cells: Float32Array.of(0, 1, 10, 12, 50) };
  const { groups, overall } = silhouettes(cells, Int32Array.of(0, 0, 1, 1, 2), 3, random);
  const s = [1 - 1 / 11, 1 - 1 / 10, 1 - 2 / 9.5, 1 - 2 / 11.5, 0];
  expect(overall).toBeCloseTo(s.reduce((a, b) => a + b) / 5, 12);
  expect(groups[0]).toBeCloseTo((s[0] + s[1]) / 2, 12);
  expect(groups[2]).toBe(0);
  expect(silhouettes(cells, new Int32Array(5), 1, random).overall).toBeUndefined();
});
