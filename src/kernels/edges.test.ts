/** Edges and codes in WebAssembly against the plain rule of `bins.ts`. */
import { describe, expect, it } from 'vitest';
import { type Random, stream } from '../base/random.ts';
import { binColumn, binEdges } from './bins.reference.ts';
import { binMatrix } from './bins.ts';
import { fillFeatures, fillRows } from './boosting-fill.ts';
import { boostingArea, codePlan, layBoosting } from './boosting-room.ts';
import { findEdges } from './edges.ts';
import { openSpace } from './space.ts';

const random = stream('edges test');
const bits = (data: Float32Array) => [...new Int32Array(data.buffer, data.byteOffset, data.length)];
const column = (values: Float32Array, cols: number, f: number, rows: ArrayLike<number>) =>
  Float32Array.from({ length: rows.length }, (_, i) => values[rows[i] * cols + f]);

/** Numbers of many kinds: few, many, huge, tiny, infinite, missing. */
const kinds: ((r: Random) => number)[] = [
  (r) => r.normal(),
  (r) => r.below(3),
  (r) => Math.round(r.normal() * 100),
  (r) => (r.below(2) === 0 ? 0 : r.normal()),
  (r) => (r.below(5) === 0 ? Number.NaN : r.normal() * 1e30),
  () => 7,
  () => Number.NaN,
  (r) => [-0, 0, 1e-42, -1e-42, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN][r.below(7)],
  (r) => r.uniform() * 1e-40,
  (r) => 1 + r.below(300) * 2 ** -23,
];

function table(rows: number): { values: Float32Array; cols: number } {
  const cols = kinds.length;
  return { cols, values: Float32Array.from({ length: rows * cols }, (_, i) => kinds[i % cols](random)) };
}

describe('findEdges', () => {
  for (const rows of [1, 2, 100, 255, 256, 257, 5000]) {
    it(`places the edges of ${rows} rows as the plain rule does`, () => {
      const { values, cols } = table(rows);
      const edges = findEdges(values, rows, cols);
      const all = Array.from({ length: rows }, (_, i) => i);
      edges.forEach((list, f) => {
        expect(bits(list)).toEqual(bits(binEdges(column(values, cols, f, all))));
      });
    });
  }

  it('places no more edges than asked for', () => {
    const { values, cols } = table(1000);
    const all = Array.from({ length: 1000 }, (_, i) => i);
    for (const most of [1, 2, 100, 253]) {
      findEdges(values, 1000, cols, undefined, most).forEach((list, f) => {
        expect(list.length).toBeLessThanOrEqual(most);
        expect(bits(list)).toEqual(bits(binEdges(column(values, cols, f, all), most)));
      });
    }
  });

  it('looks only at the rows it is given, and at a part of very many', () => {
    const { values, cols } = table(3000);
    const some = Int32Array.from({ length: 1000 }, (_, i) => 3 * i + (i % 2));
    findEdges(values, 3000, cols, some).forEach((list, f) => {
      expect(bits(list)).toEqual(bits(binEdges(column(values, cols, f, some))));
    });
    const many = Float32Array.from({ length: 450_001 }, () => random.normal());
    expect(bits(findEdges(many, 450_001, 1)[0])).toEqual(bits(binEdges(many)));
  });
});

describe('binMatrix', () => {
  it('codes all rows by the edges of some of them', () => {
    const { values, cols } = table(4100);
    const some = Int32Array.from({ length: 1000 }, (_, i) => i * 3);
    const bins = binMatrix(values, 4100, cols, some);
    const all = Array.from({ length: 4100 }, (_, i) => i);
    for (let f = 0; f < cols; f++) {
      const edges = bins.edges.subarray(bins.starts[f], bins.starts[f + 1]);
      expect(bits(edges)).toEqual(bits(binEdges(column(values, cols, f, some))));
      const plain = new Uint8Array(4100);
      binColumn(column(values, cols, f, all), edges, plain, 0, 1);
      expect(all.map((i) => bins.codes[i * bins.stride + f])).toEqual([...plain]);
    }
    expect(all.every((i) => bins.codes[i * bins.stride + cols] === 0)).toBe(true);
    expect(bins.histogramLength).toBe(bins.edges.length + 2 * cols + 1);
  });
});

describe('fillRows', () => {
  it('codes every row of every feature by the edges, once or in both layouts', () => {
    const rows = 4500;
    const { values, cols } = table(rows);
    const train = Int32Array.from({ length: 3001 }, (_, i) => i + (i > 700 ? 5 : 0));
    const aside = Int32Array.from({ length: 1000 }, (_, i) => 3200 + i);
    const edges = findEdges(values, rows, cols, train);
    const plan = codePlan(edges);
    const size = {
      train: 3001,
      aside: 1000,
      cols,
      outputs: 1,
      weighted: false,
      sorted: false,
      symmetric: false,
      drawn: false,
      slots: 3,
      leaves: 2,
    };
    for (const columns of [true, false]) {
      const { at, call, close } = openSpace(boostingArea, (room) => layBoosting(room, { ...size, columns }, plan));
      fillFeatures(call, at, plan, { edges, categories: edges.map(() => false), directions: edges.map(() => 0) });
      fillRows(call, at, plan, { values, train, aside, targets: new Float32Array(rows) });
      const columnBytes = at.columns.length / cols;
      expect(columnBytes > 0).toBe(columns);
      for (let f = 0; f < cols; f++) {
        for (const [part, first] of [
          [train, 0],
          [aside, 3004],
        ] as const) {
          const plain = new Uint8Array(part.length);
          binColumn(column(values, cols, f, part), edges[f], plain, 0, 1);
          if (columns) expect([...at.columns.subarray(f * columnBytes + first).subarray(0, part.length)]).toEqual([...plain]);
          expect(Array.from(part, (_, i) => at.codes[(first + i) * plan.rowBytes + plan.places[f]])).toEqual([...plain]);
        }
      }
      close();
    }
  });
});
