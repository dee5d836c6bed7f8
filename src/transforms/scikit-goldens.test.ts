/** Groups, components and anomalies of one table beside what scikit-learn finds in it (`conformance/goldens/unsupervised.py`). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { defaults } from '../kind/params.ts';
import { numeric } from '../table/column.ts';
import { columnNamed, table } from '../table/table.ts';
import { meanPath } from './anomalies/isolate.ts';
import { anomalies } from './anomalies/kind.ts';
import * as anomalyStep from './anomalies/step.ts';
import { clusters } from './clusters/kind.ts';
import * as clusterStep from './clusters/step.ts';
import { components } from './components/kind.ts';
import * as componentStep from './components/step.ts';

interface Golden {
  rows: number[][];
  groups: Record<string, { inertia: number; silhouette: number }>;
  components: { variances: number[]; directions: number[][] };
  anomalies: { trees: number; sample: number; scores: number[] };
  paths: Record<string, number>;
}
const golden = JSON.parse(readFileSync(new URL('../conformance/goldens/unsupervised.json', import.meta.url), 'utf8')) as Golden;
const names = golden.rows[0].map((_, j) => `x${j}`);
const rows = table(
  names,
  names.map((_, j) => numeric(Float64Array.from(golden.rows, (row) => row[j]))),
);
const context = (seed: number) => ({ sides: [], random: (purpose: string) => stream(purpose, seed) });

describe('beside scikit-learn', () => {
  it('k-means reaches its best inertia, with the same silhouette', () => {
    for (const [k, { inertia, silhouette }] of Object.entries(golden.groups)) {
      const fitted = clusterStep.fit(rows, { ...defaults(clusters.params), k: Number(k), restarts: 100 }, context(1));
      expect(fitted.inertia.reduce((sum, part) => sum + part, 0) / inertia).toBeCloseTo(1, 4);
      expect(fitted.overall).toBeCloseTo(silhouette, 4);
    }
  });

  it('components have its variances and directions', () => {
    const fitted = componentStep.fit(rows, { ...defaults(components.params), by: 'count', count: 4 });
    golden.components.variances.forEach((variance, c) => {
      expect(fitted.variances[c]).toBeCloseTo(variance, 10);
    });
    golden.components.directions.flat().forEach((x, i) => {
      expect(fitted.directions[i]).toBeCloseTo(x, 8);
    });
  });

  it('paths are as long, and scores the same but for the draw', () => {
    for (const [n, path] of Object.entries(golden.paths)) expect(meanPath(Number(n))).toBeCloseTo(path, 12);
    const { trees, sample, scores } = golden.anomalies;
    const forests = Array.from({ length: 10 }, (_, seed) => {
      const params = { ...defaults(anomalies.params), trees, sample };
      const column = columnNamed(anomalyStep.apply(rows, params, anomalyStep.fit(rows, params, context(seed))), 'anomaly');
      return column.type === 'number' ? column.values : new Float64Array();
    });
    let bias = 0;
    scores.forEach((score, i) => {
      const mean = forests.reduce((sum, own) => sum + own[i] / 10, 0);
      const spread = Math.sqrt(forests.reduce((sum, own) => sum + (own[i] - mean) ** 2 / 9, 0));
      bias += (mean - score) / scores.length;
      // Both are means of ten forests: their difference has a deviation of √(2 / 10) of one forest's.
      expect(Math.abs(mean - score)).toBeLessThan(4 * Math.sqrt(2 / 10) * spread);
    });
    expect(Math.abs(bias)).toBeLessThan(0.002);
  });
});
