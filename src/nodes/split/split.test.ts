/** Split: shares to the row, mixes kept, groups and ids together, time in order; and the node on frames. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { defaults, type ParamValues } from '../../kind/params.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { columnOf } from '../../table/column.ts';
import { table, tableOf } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';
import { assign } from './assign.ts';
import { split } from './kind.ts';

const ids = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
const count = (side: Uint8Array, of: number) => side.filter((s) => s === of).length;

describe('assign', () => {
  it('gives each side its share to the row, on every seed', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 60 }), fc.string(), (n, percent, seed) => {
        const share = percent / 100;
        const side = assign({ ids: ids(n), shares: [1 - share, share], random: stream(seed) });
        expect(Math.abs(count(side, 1) - n * share)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    ));
  it('three sides, each stratum in proportion to within a row', () => {
    const strata = Int32Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 1 : 0));
    const side = assign({ ids: ids(1000), shares: [0.6, 0.3, 0.1], random: stream('a'), strata });
    const rare = side.filter((_, i) => strata[i] === 1);
    expect([0, 1, 2].map((s) => count(side, s))).toEqual([600, 300, 100]);
    for (const [s, want] of [60, 30, 10].entries()) expect(Math.abs(count(rare, s) - want)).toBeLessThanOrEqual(1);
    expect([...assign({ ids: ids(1000), shares: [0.6, 0.3, 0.1], random: stream('b'), strata })]).not.toEqual([...side]);
  });
  it('keeps groups and repeated ids on one side', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -1, max: 8 })), { minLength: 1, maxLength: 60 }),
        (rows) => {
          const rowIds = Int32Array.from(rows, ([id]) => id);
          const groups = rows.map(([, group]) => group);
          const side = assign({ ids: rowIds, shares: [0.7, 0.3], random: stream('g'), groups });
          for (let a = 0; a < rows.length; a++)
            for (let b = 0; b < a; b++)
              if (rowIds[a] === rowIds[b] || (groups[a] >= 0 && groups[a] === groups[b])) expect(side[a]).toBe(side[b]);
        },
      ),
    ));
  it('in time the newest rows are for testing, equal times and missing ones together', () => {
    const time = Float64Array.of(5, 1, 5, Number.NaN, 2, 3, 4, 5, 0, 6);
    expect([...assign({ ids: ids(10), shares: [0.6, 0.2, 0.2], time })]).toEqual([2, 0, 2, 0, 0, 0, 0, 2, 0, 1]);
  });
  it('in table order without a random stream', () => {
    expect([...assign({ ids: ids(5), shares: [0.6, 0.2, 0.2] })]).toEqual([0, 0, 0, 2, 1]);
  });
});

describe('the node', () => {
  const frame = (): Frame =>
    rawFrame(
      table(
        ['x', 'g', 'when', 'y'],
        [
          columnOf(
            'number',
            Array.from({ length: 100 }, (_, i) => i),
          ),
          columnOf(
            'category',
            Array.from({ length: 100 }, (_, i) => `g${i % 7}`),
          ),
          columnOf(
            'datetime',
            Array.from({ length: 100 }, (_, i) => 1000 - i),
          ),
          columnOf(
            'category',
            Array.from({ length: 100 }, (_, i) => (i % 5 === 0 ? 'yes' : 'no')),
          ),
        ],
      ),
    );
  const run = async (params: ParamValues) => (await runKind('prepare.split', params, { table: frame() })).outputs as Record<string, Frame>;
  it('is the same for the same seed, keeps the target’s mix, and has an empty third side unless asked', async () => {
    const { train, test, validation } = await run({});
    expect([train, test, validation].map((side) => side.table.rowCount)).toEqual([70, 30, 0]);
    const target = test.table.columns[3];
    expect(target.type === 'category' && [...target.codes].filter((code) => code === 0)).toHaveLength(6);
    expect((await run({})).test.rows).toEqual(test.rows);
    expect((await run({ seed: 1 })).test.rows).not.toEqual(test.rows);
    expect((await run({ validation: 0.2 })).validation.table.rowCount).toBe(20);
  });
  it('by group, in time and in order', async () => {
    const grouped = await run({ method: 'grouped', group: 'g' });
    const groups = (side: Frame) => new Set(Array.from(side.rows.ids!, (id) => id % 7));
    expect([...groups(grouped.train)].filter((g) => groups(grouped.test).has(g))).toEqual([]);
    expect([...(await run({ method: 'time', time: 'when', test: 0.1 })).test.rows.ids!]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await run({ method: 'head', test: 0.1 })).test.rows.ids![0]).toBe(90);
    await expect(run({ method: 'grouped' })).rejects.toThrow('needs a group column');
  });
  it('a target that was encoded on the way is named, with what became of it', async () => {
    const encoded = rawFrame(tableOf({ x: ['number', [1, 2]], 'y=no': ['integer', [0, 1]], 'y=yes': ['integer', [1, 0]] }));
    const split = (stratify: string) => runKind('prepare.split', { stratify }, { table: encoded });
    await expect(split('y')).rejects.toMatchObject({ problem: { code: 'model.target-gone', at: { param: 'stratify', column: 'y' } } });
    await expect(split('y')).rejects.toThrow('turned into others, such as “y=no”');
    await expect(split('z')).rejects.toThrow('“z” is not in this table');
  });
  it('says before it runs what is wrong', () => {
    const codes = (params: ParamValues) =>
      split.check!({
        params: { ...defaults(split.params), ...params },
        inputs: { table: { type: 'table', schema: { columns: [] } } },
        lists: {},
      }).map((problem) => problem.code);
    expect(codes({ test: 0.7, validation: 0.3 })).toEqual(['split.no-training']);
    expect(codes({ method: 'time' })).toEqual(['split.no-time']);
    expect(codes({})).toEqual([]);
    expect(split.brief!(defaults(split.params))).toMatchObject({ text: '30 % test, stratified' });
  });
});
