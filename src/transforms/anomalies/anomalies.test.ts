/** The isolation forest: far rows score highest, the share is marked, the limit holds in the graph, and rows that are all the same. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { defaults, type ParamValues } from '../../kind/params.ts';
import { cellsOf, numeric } from '../../table/column.ts';
import { columnNamed, type Table, table } from '../../table/table.ts';
import { isolationTrees, meanPath } from './isolate.ts';
import { anomalies } from './kind.ts';
import { apply, fit, others } from './step.ts';

const random = stream('anomalies');
const context = { sides: [], random: (purpose: string) => stream('test', purpose) };
const run = (t: Table, params: ParamValues = {}) => {
  const all = { ...defaults(anomalies.params), ...params };
  const fitted = fit(t, all, context);
  return { fitted, out: apply(t, all, fitted), outliers: others.outliers(t, all, fitted) };
};
const numbers = (t: Table, name: string) => cellsOf(columnNamed(t, name)).map(Number);

/** 300 rows about the middle, the last three far from it in different directions. */
const cloud = table(
  ['x', 'y'],
  [0, 1].map((j) =>
    numeric(Float64Array.from({ length: 303 }, (_, i) => (i < 300 ? random.normal() : [9, -8, 7][i - 300] * (j === 0 ? 1 : i - 301)))),
  ),
);

describe('the isolation forest', () => {
  it('scores far rows highest, from 0 to 1', () => {
    const { out } = run(cloud);
    const scores = numbers(out, 'anomaly');
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
    const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
    expect(new Set(order.slice(0, 3))).toEqual(new Set([300, 301, 302]));
    expect(numbers(out, 'outlier')).toEqual(scores.map((score) => (score > 0.5 ? 1 : 0)));
  });

  it('marks the share that is asked for, and gives those rows apart, the most unusual first', () => {
    const { out, outliers } = run(cloud, { contamination: 0.02 });
    expect(numbers(out, 'outlier').reduce((sum, mark) => sum + mark, 0)).toBe(6);
    const scores = numbers(outliers, 'anomaly');
    expect(outliers.rowCount).toBe(6);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('bears rows that are all the same, and one row', () => {
    const same = table(['x'], [numeric(Float64Array.of(3, 3, 3, 3))]);
    // Nothing can be cut: every path is as long as the sample's mean.
    expect(numbers(run(same).out, 'anomaly')).toEqual([0.5, 0.5, 0.5, 0.5].map((score) => expect.closeTo(score, 6)));
    expect(run(table(['x'], [numeric(Float64Array.of(3))])).out.rowCount).toBe(1);
  });

  it('cuts between the rows: both sides of every cut have some, and leaves hold their paths', () => {
    const values = Float32Array.from({ length: 200 }, () => Math.round(random.normal() * 3));
    const trees = isolationTrees(values, 100, 2, 20, 64, random);
    const depths = new Int32Array(trees.feature.length);
    trees.feature.forEach((feature, i) => {
      if (feature < 0) {
        expect(trees.value[i]).toBeGreaterThanOrEqual(depths[i]);
        return;
      }
      depths[trees.left[i]] = depths[trees.right[i]] = depths[i] + 1;
      expect(depths[i]).toBeLessThan(6);
      const column = Array.from({ length: 100 }, (_, r) => values[r * 2 + feature]);
      expect(Math.min(...column)).toBeLessThanOrEqual(trees.threshold[i]);
      expect(Math.max(...column)).toBeGreaterThan(trees.threshold[i]);
    });
    expect(Math.max(...trees.value)).toBeLessThanOrEqual(6 + meanPath(64));
  });
});
