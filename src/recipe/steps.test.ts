/** Contracts §1 rules 1–6, 10 and 11 on toy steps: what joins the recipe, what a refit sees, what a split hands on. */
import { describe, expect, it } from 'vitest';
import { cellsOf, columnOf } from '../table/column.ts';
import { type Table, table, tableOf } from '../table/table.ts';
import { type Frame, rawFrame } from './frame.ts';
import { refit } from './refit.ts';
import { splitFrame } from './split-frame.ts';
import {
  centre,
  column,
  copy,
  drop,
  fittedOf,
  groupMean,
  impute,
  lag,
  lookUp,
  lookups,
  low,
  noise,
  rank,
  run,
  stack,
  tenfold,
  twice,
} from './toy.fixture.ts';
import { distinctIds, gatherTrack, maskOf, placesIn } from './track.ts';

const ids = (...list: number[]) => Int32Array.from(list);
const by = { kind: 'test.split', version: 1, params: {}, title: 'Split' };
const split = (frame: Frame, ...sides: number[][]) =>
  splitFrame(
    frame,
    sides.map((side) => ids(...side)),
    by,
    lookups.step,
  );
const small = (): Frame => rawFrame(tableOf({ x: ['number', [1, null, 3, 8, 4]], key: ['category', ['a', 'b', 'a', 'b', 'c']] }));
const rowKinds = (frame: Frame) => frame.recipe.entries.map((entry) => (entry.type === 'raw' ? 'raw' : entry.rows));

describe('rule 1: keep joins the recipe, subset and repeat change rows only', () => {
  it('a keep step records what it learned and where columns come from', async () => {
    const frame = await run(impute, { column: 'x' }, small());
    expect(column(frame, 'x')).toEqual([1, 4, 3, 8, 4]);
    expect(fittedOf(frame)).toEqual([4]);
    expect(frame.rows.ids).toBeNull();
    const step = frame.recipe.entries[1];
    expect(step).toMatchObject({
      rows: 'keep',
      learns: true,
      main: 0,
      sides: [],
      columns: [
        { name: 'x', from: ['x'] },
        { name: 'key', kept: true },
      ],
    });
  });
  it('a subset keeps ids and counts what it dropped', async () => {
    const frame = await run(drop, { column: 'x' }, small());
    expect([...frame.rows.ids!]).toEqual([0, 2, 3, 4]);
    expect(frame.recipe.entries[1]).toMatchObject({ rows: 'subset', dropped: 1, learns: false });
    const rest = await run(low, { column: 'x' }, frame);
    expect([...rest.rows.ids!]).toEqual([0, 2]);
  });
  it('a repeated row keeps its id', async () => {
    const frame = await run(twice, {}, await run(drop, { column: 'x' }, small()));
    expect([...frame.rows.ids!]).toEqual([0, 0, 2, 2, 3, 3, 4, 4]);
  });
});

describe('rule 2: a barrier starts anew, with two exceptions', () => {
  it('new rows are a new raw table that remembers its maker', async () => {
    const grouped = await run(groupMean, { key: 'key', column: 'x' }, await run(impute, { column: 'x' }, small()));
    expect(rowKinds(grouped)).toEqual(['raw']);
    expect(grouped.recipe.entries[0]).toMatchObject({ origin: { kind: 'toy.group', title: 'group' } });
    expect(Object.keys(grouped.sources)).toHaveLength(2);
  });
  it('rows of two untouched raw tables put together are a plain raw table; of prepared ones a barrier', async () => {
    const plain = await run(stack, {}, small(), small());
    expect(plain.recipe.entries[0]).not.toHaveProperty('origin');
    const mixed = await run(stack, {}, await run(tenfold, { column: 'x' }, small()), small());
    expect(mixed.recipe.entries[0]).toHaveProperty('origin');
  });
  it('a join with unique right keys keeps rows and freezes the right table; repeated keys are a barrier', async () => {
    const right = rawFrame(tableOf({ key: ['category', ['a', 'b']], mean: ['number', [10, 20]] }));
    const joined = await run(lookUp, { key: 'key' }, small(), right);
    expect(column(joined, 'mean')).toEqual([10, 20, 10, 20, null]);
    expect(joined.recipe.entries.at(-1)).toMatchObject({ rows: 'keep', learns: false, main: 0, sides: [1], frozen: [right.table] });
    const inner = await run(lookUp, { key: 'key', inner: true }, small(), right);
    expect(rowKinds(inner)).toEqual(['raw', 'raw', 'keep', 'subset']);
    expect([...inner.rows.ids!]).toEqual([0, 1, 2, 3]);
    const again = await refit(await run(centre, { column: 'x' }, inner), ids(0, 2), lookups.step);
    expect([...again.rows.ids!]).toEqual([0, 1, 2, 3]);
    const repeated = rawFrame(tableOf({ key: ['category', ['a', 'a']], mean: ['number', [1, 2]] }));
    const multiplied = await run(lookUp, { key: 'key' }, small(), repeated);
    expect(rowKinds(multiplied)).toEqual(['raw']);
    expect(multiplied.table.rowCount).toBe(4);
  });
});

describe('rule 3: a side from the same source is learned', () => {
  it('a refit makes the side from the learning rows only; a side from elsewhere is a constant', async () => {
    const main = small();
    const joined = await run(lookUp, { key: 'key' }, main, await run(groupMean, { key: 'key', column: 'x' }, main));
    expect(column(joined, 'mean')).toEqual([2, 8, 2, 8, 4]);
    expect(joined.recipe.entries.at(-1)).toMatchObject({ learns: true });
    const again = await refit(joined, ids(0, 3), lookups.step);
    expect(column(again, 'mean')).toEqual([1, 8, 1, 8, null]);
    const elsewhere = await run(
      groupMean,
      { key: 'key', column: 'x' },
      rawFrame(tableOf({ x: ['number', [5, 6]], key: ['category', ['a', 'b']] })),
    );
    const constant = await run(centre, { column: 'x' }, await run(lookUp, { key: 'key' }, main, elsewhere));
    expect(column(await refit(constant, ids(0), lookups.step), 'mean')).toEqual([5, 6, 5, 6, null]);
  });
  it('a filtered branch of the same table, grouped and joined back, too', async () => {
    const main = await run(impute, { column: 'x' }, small());
    const side = await run(groupMean, { key: 'key', column: 'x' }, await run(drop, { column: 'x' }, main));
    const joined = await run(lookUp, { key: 'key' }, main, side);
    const again = await refit(joined, ids(0, 1, 3), lookups.step);
    // Learning rows x = 1, missing, 8: the mean 4.5 fills row 1, and groups are made of rows 0, 1 and 3.
    expect(column(again, 'x')).toEqual([1, 4.5, 3, 8, 4]);
    expect(column(again, 'mean')).toEqual([1, 6.25, 1, 6.25, null]);
  });
});

describe('rule 4: refit', () => {
  const chain = async () => run(centre, { column: 'x' }, await run(impute, { column: 'x' }, small()));
  it('learns from the given ids only and applies to all rows', async () => {
    const again = await refit(await chain(), ids(0, 2), lookups.step);
    expect(fittedOf(again)).toEqual([2, 2]);
    expect(column(again, 'x')).toEqual([-1, 0, 1, 6, 2]);
    expect([...again.fittedOn!]).toEqual([0, 2]);
  });
  it('on all ids gives the plain run', async () => {
    const frame = await chain();
    const again = await refit(frame, ids(0, 1, 2, 3, 4), lookups.step);
    expect({ ...again, fittedOn: undefined }).toEqual({ ...frame, fittedOn: undefined });
  });
  it('a subset that learned keeps other rows then', async () => {
    const frame = await run(low, { column: 'x' }, small());
    expect([...frame.rows.ids!]).toEqual([0, 2]);
    const again = await refit(frame, ids(3), lookups.step);
    expect([...again.rows.ids!]).toEqual([0, 2, 4]);
  });
  it('repeated rows of one id are learned from together', async () => {
    const frame = await run(centre, { column: 'x' }, await run(twice, {}, small()));
    expect(fittedOf(await refit(frame, ids(3), lookups.step))[1]).toBe(8);
  });
  it('a refit elsewhere draws the numbers that the step’s own run drew', async () => {
    const frame = await run(noise, { column: 'x' }, small());
    expect(fittedOf(await refit(frame, ids(0, 1, 2, 3, 4), lookups.step))).toEqual(fittedOf(frame));
  });
});

describe('rule 5: split', () => {
  it('hands on both sides as refitted on the training rows', async () => {
    const [train, test] = await split(await run(centre, { column: 'x' }, small()), [0, 2], [1, 3, 4]);
    expect(column(train, 'x')).toEqual([-1, 1]);
    expect(column(test, 'x')).toEqual([null, 6, 2]);
    expect([...test.rows.ids!]).toEqual([1, 3, 4]);
  });
  it('a learning step after it learns from the training rows, on the test side too', async () => {
    const [train, test] = await split(small(), [0, 2], [1, 3, 4]);
    expect(fittedOf(await run(centre, { column: 'x' }, train))).toEqual([2]);
    const after = await run(centre, { column: 'x' }, await run(impute, { column: 'x' }, test));
    expect(fittedOf(after)).toEqual([2, 2]);
    expect(column(after, 'x')).toEqual([0, 6, 2]);
  });
  it('folds inside the training side never see the test rows', async () => {
    const [train] = await split(await run(centre, { column: 'x' }, small()), [0, 2, 3], [1, 4]);
    const fold = await refit(train, ids(0, 2), lookups.step);
    expect(column(fold, 'x')).toEqual([-1, 1, 6]);
    expect([...fold.rows.ids!]).toEqual([0, 2, 3]);
  });
  it('a test side that is split again keeps what the training rows taught', async () => {
    const [, test] = await split(await run(centre, { column: 'x' }, small()), [0, 2], [1, 3, 4]);
    const [first, second] = await split(test, [3], [1, 4]);
    expect(column(first, 'x')).toEqual([6]);
    expect(column(second, 'x')).toEqual([null, 2]);
  });
  it('a side joined after it is made from training rows, whichever side it is joined to', async () => {
    const [train, test] = await split(small(), [0, 3], [1, 2, 4]);
    const means = await run(groupMean, { key: 'key', column: 'x' }, train);
    expect(column(await run(lookUp, { key: 'key' }, test, means), 'mean')).toEqual([8, 1, null]);
  });
  it('keeps rows of one id on one side', async () => {
    const [train, test] = await split(await run(twice, {}, small()), [0, 1], [2, 3, 4]);
    expect([...train.rows.ids!]).toEqual([0, 0, 1, 1]);
    expect([...test.rows.ids!]).toEqual([2, 2, 3, 3, 4, 4]);
  });
});

describe('rule 10: order', () => {
  it('a step over the whole column is a barrier', async () => {
    const frame = await run(rank, { column: 'x' }, rawFrame(tableOf({ x: ['number', [5, 1, 3]] })));
    expect(column(frame, 'x')).toEqual([2, 0, 1]);
    expect(rowKinds(frame)).toEqual(['raw']);
  });
  it('a step that looks back sees all rows before learning ids apply', async () => {
    const frame = await run(centre, { column: 'before' }, await run(lag, { column: 'x' }, small()));
    const again = await refit(frame, ids(2, 3), lookups.step);
    expect(fittedOf(again)[1]).toBe(3);
    expect(column(again, 'before')).toEqual([null, -2, null, 0, 5]);
  });
});

it('rows without an id (-1) are in no mask, so never learned from', () => {
  const track = gatherTrack({ table: small().table, ids: null }, ids(0, -1, 2));
  expect([...track.ids!]).toEqual([0, -1, 2]);
  expect(cellsOf(track.table.columns[0])).toEqual([1, null, 3]);
  expect([...placesIn(track, maskOf(ids(-1, 0, 2), 5))]).toEqual([0, 2]);
  expect([...distinctIds(ids(2, -1, 0, 2))]).toEqual([0, 2]);
});

it('a refit without learning steps gives the same table', async () => {
  const frame = await run(copy, { column: 'x' }, small());
  expect((await refit(frame, ids(0), lookups.step)).table).toBe(frame.table);
});

it('steps stand a table without rows', async () => {
  const empty: Table = table(['x', 'key'], [columnOf('number', []), columnOf('category', [])]);
  expect((await run(impute, { column: 'x' }, rawFrame(empty))).table.rowCount).toBe(0);
});
