/** Codes of forests: in the order of the values, and as fine as they are where a bin has few. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { kernels } from './door.ts';

const random = stream('forest codes');
const ROWS = 6000;
/** Normal, far-off, of few different values, constant; and one with infinite and missing values. */
const makers = [
  () => random.normal(),
  () => random.normal() ** 9,
  () => random.below(5) / 4,
  () => 7,
  () => [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5, random.normal()][Math.min(4, random.below(12))],
];
const COLS = makers.length;
const values = Float32Array.from({ length: ROWS * COLS }, (_, at) => makers[at % COLS]());
const rows = Int32Array.from({ length: ROWS }, (_, i) => i);
const table = kernels.codeForForest(values, ROWS, COLS, rows);

describe('codes of forests', () => {
  makers.forEach((_, j) => {
    it(`stand in the order of the values of column ${j}, equal only for equal ones`, () => {
      const bins = table.edgeStarts[j + 1] - table.edgeStarts[j] + 1;
      expect(bins).toBeLessThanOrEqual(255);
      const pairs = Array.from(rows, (i) => ({ value: values[i * COLS + j], code: table.codes[i * COLS + j] }));
      for (const { value, code } of pairs) if (Number.isNaN(value)) expect(code).toBe(bins << 8);
      const known = pairs.filter(({ value }) => !Number.isNaN(value)).sort((a, b) => a.value - b.value);
      let wrong = 0;
      for (let i = 1; i < known.length; i++) {
        const [a, b] = [known[i - 1], known[i]];
        // None of these bins has more than 256 different values.
        if (a.value === b.value ? a.code !== b.code : a.code >= b.code) wrong++;
        if (b.code >>> 8 >= bins) wrong++;
      }
      expect(wrong).toBe(0);
    });
  });

  it('tell bins apart by edges that are in the order of the values, in the tails too', () => {
    for (let j = 0; j < COLS; j++) {
      const edges = table.edges.subarray(table.edgeStarts[j], table.edgeStarts[j + 1]);
      for (let k = 1; k < edges.length; k++) expect(edges[k]).toBeGreaterThan(edges[k - 1]);
      for (const i of rows) {
        const value = values[i * COLS + j];
        if (!Number.isNaN(value)) expect(table.codes[i * COLS + j] >>> 8).toBe(edges.filter((edge) => edge < value).length);
      }
    }
    // Equal parts alone would leave 6000 / 255 of the far-off values in the last bin.
    const last = Array.from(rows, (i) => table.codes[i * COLS + 1] >>> 8);
    const top = Math.max(...last);
    expect(last.filter((bin) => bin === top).length).toBeLessThan(6);
  });

  it('let a tree part all rows that differ, with thresholds half-way', () => {
    const few = Float32Array.from({ length: 3000 }, () => random.normal());
    const codes = kernels.codeForForest(few, 3000, 1, rows.slice(0, 3000));
    const settings = { classes: 0, tries: 1, minLeaf: 1, maxDepth: Number.POSITIVE_INFINITY, extra: false, draws: 0 };
    const y = Float64Array.from(few, () => random.normal());
    const grower = kernels.openForest(codes, rows.slice(0, 3000), y, new Float64Array(3000).fill(1), settings);
    const tree = grower.grow(stream('full'));
    grower.close();
    const different = new Set(few).size;
    expect(tree.feature.filter((feature) => feature < 0)).toHaveLength(different);
    const sorted = Float32Array.from(new Set(few)).sort();
    const middles = Float32Array.from(sorted.subarray(1), (value, i) => (value + sorted[i]) / 2);
    const thresholds = tree.threshold.filter((_, node) => tree.feature[node] >= 0).sort();
    // All of them are needed; rounding to float32 goes down.
    thresholds.forEach((threshold, i) => {
      expect(Math.abs(threshold - middles[i])).toBeLessThanOrEqual(Math.abs(middles[i]) * 2.4e-7);
    });
  });
});
