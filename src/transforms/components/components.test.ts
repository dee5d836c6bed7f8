/** Principal components: of a plane in space, by share and by number, more columns than rows, constant and missing cells. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { defaults, type ParamValues } from '../../kind/params.ts';
import { cellsOf, numeric } from '../../table/column.ts';
import { columnNamed, type Table, table } from '../../table/table.ts';
import { components } from './kind.ts';
import { principal } from './principal.ts';
import { apply, fit, others } from './step.ts';

const random = stream('components');
const normal = (rows: number, size = 1) => Float64Array.from({ length: rows }, () => size * random.normal());
const tableOf = (columns: Record<string, Float64Array>): Table =>
  table(
    Object.keys(columns),
    Object.values(columns).map((values) => numeric(values)),
  );
const run = (t: Table, params: ParamValues) => {
  const all = { ...defaults(components.params), ...params };
  const fitted = fit(t, all);
  return { fitted, out: apply(t, all, fitted) };
};
const valuesIn = (t: Table, name: string) => Float64Array.from(cellsOf(columnNamed(t, name)) as number[]);
const variance = (values: Float64Array) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
};

describe('principal', () => {
  it('finds directions at right angles with their variances, the same from rows and from columns', () => {
    const [rows, cols] = [12, 9];
    const values = normal(rows * cols);
    const tall = principal({ rows, cols, values: values.slice() });
    // The first nine rows alone are as many as columns, eight are fewer.
    const wide = principal({ rows: 8, cols, values: values.slice(0, 8 * cols) });
    for (const { variances, directions } of [tall, wide]) {
      const used = Math.min(variances.length, 7);
      for (let a = 0; a < used; a++) {
        for (let b = 0; b < used; b++) {
          let dot = 0;
          for (let j = 0; j < cols; j++) dot += directions[a * cols + j] * directions[b * cols + j];
          expect(dot).toBeCloseTo(a === b ? 1 : 0, 9);
        }
        expect(variances[a]).toBeGreaterThanOrEqual(variances[a + 1] ?? 0);
        const own = directions.subarray(a * cols, (a + 1) * cols);
        expect(Math.max(...own)).toBe(Math.max(...own.map(Math.abs)));
      }
    }
    const doubled = Float64Array.from([...values.slice(0, 8 * cols), ...values.slice(0, 8 * cols)]);
    const other = principal({ rows: 16, cols, values: doubled });
    for (let c = 0; c < 7; c++) expect((other.variances[c] * 15) / 2).toBeCloseTo(wide.variances[c] * 7, 8);
  });
});

describe('the step', () => {
  const u = normal(200, 3);
  const v = normal(200);
  const plane = tableOf({ a: u, b: u.map((x, i) => x + v[i]), c: u.map((x, i) => 2 * x - v[i]), flat: u.map(() => 5) });

  it('keeps the fewest components that hold the share, in place of the columns', () => {
    const { fitted, out } = run(plane, { share: 1, standardise: false });
    expect(fitted.names).toEqual(['PC1', 'PC2']);
    expect(out.fields.map((field) => field.name)).toEqual(['PC1', 'PC2']);
    const spread = ['a', 'b', 'c'].reduce((sum, name) => sum + variance(valuesIn(plane, name)), 0);
    expect(variance(valuesIn(out, 'PC1')) + variance(valuesIn(out, 'PC2'))).toBeCloseTo(spread, 8);
    expect(run(plane, { share: 0.5 }).fitted.names).toEqual(['PC1']);
  });

  it('gives as many as asked for, beside the columns, with deviation 1', () => {
    const { out } = run(plane, { by: 'count', count: 2, keep: true, whiten: true });
    expect(out.fields.map((field) => field.name)).toEqual(['a', 'b', 'c', 'flat', 'PC1', 'PC2']);
    expect(variance(valuesIn(out, 'PC1'))).toBeCloseTo(1, 9);
    expect(variance(valuesIn(out, 'PC2'))).toBeCloseTo(1, 9);
    // Nothing is left for a third one.
    expect(run(plane, { by: 'count', count: 3 }).fitted.names.length).toBe(2);
  });

  it('tells the share of every component and the weights of those kept', () => {
    const { fitted } = run(plane, { share: 0.5 });
    const told = others.components(plane, {}, fitted);
    expect(told.fields.map((field) => field.name)).toEqual([
      'component',
      'variance share',
      'cumulative share',
      'variance',
      'kept',
      'a',
      'b',
      'c',
    ]);
    const shares = valuesIn(told, 'variance share');
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(cellsOf(columnNamed(told, 'kept'))).toEqual([true, false, false]);
    expect(cellsOf(columnNamed(told, 'a')).map((cell) => cell === null)).toEqual([false, true, true]);
  });

  it('says what it cannot do', () => {
    expect(() => run(plane, { columns: { names: [] } })).toThrow('no columns');
    const wide = tableOf(Object.fromEntries(Array.from({ length: 1501 }, (_, j) => [`x${j}`, normal(1501)])));
    expect(() => run(wide, {})).toThrow('1501 columns take too long');
  });
});
