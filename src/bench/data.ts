/** The tables of the benchmarks: the same rows for every candidate, in this process and, through a CSV file, for pandas. */
import { stream } from '../base/random.ts';
import { type Column, categories, numeric, type TextColumn } from '../table/column.ts';
import { DAY_MS } from '../table/datetime.ts';
import { type Table, table } from '../table/table.ts';

type Random = ReturnType<typeof stream>;
type Make = (random: Random, rowCount: number) => Column;
const gap = (random: Random, share: number) => share > 0 && random.uniform() < share;

/** Three decimals between -100 and 100. */
const numbers =
  (missing: number): Make =>
  (random, n) => {
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) values[i] = gap(random, missing) ? Number.NaN : (random.below(200_001) - 100_000) / 1000;
    return numeric(values);
  };
const integers =
  (below: number, missing: number): Make =>
  (random, n) => {
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) values[i] = gap(random, missing) ? Number.NaN : random.below(below);
    return numeric(values, 'integer');
  };
const labels =
  (levels: number, missing: number): Make =>
  (random, n) => {
    const codes = new Int32Array(n);
    for (let i = 0; i < n; i++) codes[i] = gap(random, missing) ? -1 : random.below(levels);
    return categories(
      codes,
      Array.from({ length: levels }, (_, i) => `level ${i}`),
    );
  };
/** Whole steps of `step` milliseconds within 20 years from 2000. */
const dates =
  (step: number, missing: number): Make =>
  (random, n) => {
    const values = new Float64Array(n);
    const steps = Math.floor((7305 * DAY_MS) / step);
    for (let i = 0; i < n; i++) values[i] = gap(random, missing) ? Number.NaN : Date.UTC(2000, 0, 1) + random.below(steps) * step;
    return numeric(values, 'datetime');
  };
/** Two to five lower-case words, built as bytes so that a million rows make no strings. */
const sentences =
  (missing: number): Make =>
  (random, n): TextColumn => {
    const offsets = new Int32Array(n + 1);
    let bytes = new Uint8Array(n * 40);
    let at = 0;
    for (let i = 0; i < n; i++) {
      if (at + 64 > bytes.length) {
        const more = new Uint8Array(bytes.length * 2);
        more.set(bytes);
        bytes = more;
      }
      const words = gap(random, missing) ? 0 : 2 + random.below(4);
      for (let w = 0; w < words; w++) {
        if (w > 0) bytes[at++] = 32;
        for (let k = 3 + random.below(6); k > 0; k--) bytes[at++] = 97 + random.below(26);
      }
      offsets[i + 1] = at;
    }
    return { type: 'text', length: n, bytes: bytes.slice(0, at), offsets };
  };

/** 20 columns: seven numbers, four integers, four categories, three dates and two texts; half of them lack 5 % of their cells. */
const COLUMNS: Record<string, Make> = {
  a: numbers(0.05),
  b: numbers(0.05),
  c: numbers(0.05),
  d: numbers(0.05),
  e: numbers(0),
  f: numbers(0),
  x: numbers(0),
  k: integers(1_000_000, 0),
  m: integers(100, 0),
  n: integers(10_000, 0.05),
  o: integers(50_000, 0),
  g: labels(1000, 0),
  h: labels(5, 0),
  p: labels(50, 0.05),
  q: labels(200, 0.05),
  day: dates(DAY_MS, 0),
  at: dates(1000, 0.05),
  due: dates(DAY_MS, 0.05),
  s: sentences(0),
  t: sentences(0.05),
};

export function benchTable(rowCount: number): Table {
  const random = stream('bench', rowCount);
  return table(
    Object.keys(COLUMNS),
    Object.values(COLUMNS).map((make) => make(random, rowCount)),
    rowCount,
  );
}

/** What joins look up: one row per level of `g`, and one per whole number below a fifth of `k`'s range. */
export function lookupTables(): { small: Table; large: Table } {
  const random = stream('bench lookup');
  const small = table(
    ['g', 'v', 'w'],
    [
      categories(
        Int32Array.from({ length: 1000 }, (_, i) => i),
        Array.from({ length: 1000 }, (_, i) => `level ${i}`),
      ),
      numbers(0)(random, 1000),
      labels(10, 0)(random, 1000),
    ],
  );
  const rows = 200_000;
  const keys = random.shuffle(Float64Array.from({ length: rows }, (_, i) => i));
  return { small, large: table(['k', 'v', 'w'], [numeric(keys, 'integer'), numbers(0)(random, rows), labels(10, 0)(random, rows)]) };
}
