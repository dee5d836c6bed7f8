/** Nearest points against all distances sorted: the same points and distances, whatever the data's shape, ties and scale. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { kernels } from './door.ts';
import { nearestPlainly } from './nearest.reference.ts';
import type { Cells } from './nearest.ts';

const random = stream('nearest');
const cellsOf = (count: number, cols: number, cell: (row: number, column: number) => number): Cells => ({
  count,
  cols,
  cells: Float32Array.from({ length: count * cols }, (_, i) => cell(Math.floor(i / cols), i % cols)),
});
const normal = (size: number) => () => Math.round(random.normal() * size);

function same(points: Cells, rows: Cells, wanted: number) {
  const { ids, squares, searched } = kernels.nearestPoints(points, rows, wanted);
  expect({ ids, squares }).toEqual(nearestPlainly(points, rows, wanted));
  return searched;
}

describe('nearestPoints', () => {
  it('equals the plain search for all shapes', () => {
    for (const [points, cols, rows, wanted] of [
      [1, 1, 1, 1],
      [7, 3, 5, 7],
      [8, 1, 9, 3],
      [33, 2, 4, 20],
      [500, 17, 600, 5],
      [1100, 100, 30, 60],
    ]) {
      same(cellsOf(points, cols, normal(4000)), cellsOf(rows, cols, normal(4000)), wanted);
    }
  });

  it('of points as near as each other takes the earlier ones', () => {
    // Far more ties than the first pass holds on to: in whole units, and in rounded ones.
    for (const size of [1, 2 ** 20, 2 ** 20 + 1]) {
      const flags = () => random.below(2) * size;
      const others = () => flags() + (size % 2) * random.below(2);
      const searched = same(cellsOf(900, 4, flags), cellsOf(40, 4, others), 6);
      expect(searched > 0).toBe(size > 2 ** 20);
    }
  });

  it('proves most rows by the first pass, and looks again where it cannot tell', () => {
    expect(same(cellsOf(2000, 20, normal(2 ** 20)), cellsOf(100, 20, normal(2 ** 20)), 5)).toBe(0);
    const far = 2 ** 22;
    const cluster = (_: number, j: number) => (j === 0 ? far : 0) + random.below(50);
    expect(same(cellsOf(800, 3, cluster), cellsOf(20, 3, cluster), 5)).toBeGreaterThan(0);
  });

  it('finds one far point among near ones, and near ones from far away', () => {
    const points = cellsOf(300, 5, (i, j) => (i === 17 ? 2 ** 22 : random.below(9) + j));
    const rows = cellsOf(3, 5, (i) => [2 ** 22, 0, -(2 ** 22)][i]);
    same(points, rows, 4);
  });

  it('with many far points, and rows beyond all of them', () => {
    for (const apart of [3, 40, 200]) {
      const points = cellsOf(1000, 7, (i) => Math.round(random.normal() * (i % Math.ceil(1000 / apart) === 0 ? 2 ** 21 : 1000)));
      same(
        points,
        cellsOf(40, 7, (i) => Math.round(random.normal() * (i % 2 === 0 ? 2 ** 21 : 1000))),
        8,
      );
    }
    same(
      cellsOf(90, 3, () => 0),
      cellsOf(4, 3, normal(9)),
      5,
    );
  });

  it('takes no rows and points without coordinates', () => {
    expect(kernels.nearestPoints(cellsOf(3, 2, normal(9)), cellsOf(0, 2, normal(9)), 2).ids.length).toBe(0);
    same(cellsOf(30, 0, normal(9)), cellsOf(2, 0, normal(9)), 3);
  });
});

describe('the grid', () => {
  it('has cells as fine as exact distances allow', () => {
    const values = Float64Array.from({ length: 2000 }, () => random.normal());
    for (const cols of [1, 4, 100]) {
      const grid = kernels.fitGrid(values, values.length / cols, cols);
      const cells = kernels.onGrid(grid, values);
      const most = cells.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
      expect(cols * 4 * grid.most ** 2).toBeLessThanOrEqual(2 ** 53);
      expect(most).toBeGreaterThan(grid.most / 9);
      expect(most).toBeLessThanOrEqual(grid.most / 4 + 1);
      cells.forEach((cell, i) => {
        expect(Math.abs((values[i] - grid.centres[i % cols]) * grid.scale - cell)).toBeLessThanOrEqual(0.5);
      });
    }
  });

  it('rounds halves to even and holds far points at its edge', () => {
    const grid = { cols: 1, centres: Float64Array.of(0), scale: 1, most: 8 };
    expect([...kernels.onGrid(grid, Float64Array.of(0.5, 1.5, 2.5, -0.5, -1.5, 9, -1e300))]).toEqual([0, 2, 2, 0, -2, 8, -8]);
  });

  it('is not made coarse by one row far away', () => {
    const values = Float64Array.from({ length: 200 }, (_, i) => (i === 50 ? 1e9 : i % 7));
    const cells = kernels.onGrid(
      kernels.fitGrid(
        values.map((v) => v / 1e9 + 1 / 3),
        100,
        2,
      ),
      values.map((v) => v / 1e9 + 1 / 3),
    );
    expect(new Set(cells).size).toBeGreaterThan(7);
  });
});
