/** The table verbs at their edges: joins, filling, odd numbers, and columns or names that are not there. */
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../kind/params.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import { schemaOf, tableOf } from '../table/table.ts';
import { column, idsOf, known, names, people, play } from './play-step.fixture.ts';
import { runKind } from './run-kind.fixture.ts';

describe('join', () => {
  const left = tableOf({ k: ['category', ['a', 'b', null, 'a']], v: ['number', [1, 2, 3, 4]] });
  const right = tableOf({ key: ['text', ['a', 'c', null]], w: ['integer', [10, 30, 40]] });
  const keys = [{ left: 'k', right: 'key' }];
  it('gives the rows without a partner on either side, whatever it keeps', async () => {
    const { outputs } = await runKind('prepare.join', { keys, how: 'inner' }, { left: rawFrame(left), right: rawFrame(right) });
    expect(column(outputs.table as Frame, 'w')).toEqual([10, 10]);
    expect(column(outputs['left-only'] as Frame, 'v')).toEqual([2, 3]);
    expect(column(outputs['right-only'] as Frame, 'w')).toEqual([30, 40]);
  });
  it('an outer join takes keys from both sides, in the type that holds both', async () => {
    const outer = await play('prepare.join', { keys, how: 'outer' }, left, right);
    expect(column(outer, 'k')).toEqual(['a', 'b', null, 'a', 'c', null]);
    expect(schemaOf(outer.table).columns[0].type).toBe('text');
    expect(known('prepare.join', { keys, how: 'outer' }, left, right).columns.map((c) => c.type)).toEqual(['text', 'number', 'integer']);
  });
  it('anti keeps ids and columns of the left rows without a partner', async () => {
    const anti = await play('prepare.join', { keys, how: 'anti' }, left, right);
    expect(idsOf(anti)).toEqual([1, 2]);
    expect(names(anti)).toEqual(['k', 'v']);
  });
  it('a left join passes the left columns on as they are', async () => {
    const { table } = await play('prepare.join', { keys }, left, right);
    expect(table.columns.slice(0, 2)).toEqual(left.columns);
    expect(table.columns[1]).toBe(left.columns[1]);
  });
  it('says before and at the run that texts never equal numbers', async () => {
    const odd = { keys: [{ left: 'v', right: 'key' }] };
    expect(known('prepare.join', odd, left, right).codes).toEqual(['join.key-types']);
    await expect(play('prepare.join', odd, left, right)).rejects.toThrow('different types');
    expect(known('prepare.join', {}, left, right).codes).toEqual(['join.no-keys']);
  });
});

describe('fill missing', () => {
  it('the value before is by time, and rows without a time have none', async () => {
    const t = tableOf({ when: ['datetime', [30, 10, null, 20, 40]], x: ['number', [null, 1, null, null, 5]] });
    const frame = await play('prepare.fill-missing', { columns: { names: ['x'] }, numbers: 'ffill', time: 'when' }, t);
    expect(column(frame, 'x')).toEqual([1, 1, null, 1, 5]);
    expect(frame.recipe.entries[1]).toMatchObject({ rows: 'keep' });
  });
  it('rules of their own read dates, true and false, and columns that are not chosen', async () => {
    const overrides = [
      { column: 'born', method: 'constant', value: '2000-02-29' },
      { column: 'ok', method: 'constant', value: 'TRUE' },
    ];
    const frame = await play('prepare.fill-missing', { columns: { names: ['age'] }, numbers: 'constant', number: 5, overrides }, people);
    expect(column(frame, 'born')[2]).toBe(951_782_400_000);
    expect(column(frame, 'ok')[1]).toBe(true);
    expect(column(frame, 'age')[1]).toBe(5);
    expect(known('prepare.fill-missing', { overrides: [{ column: 'born', method: 'constant', value: 'soon' }] }, people).codes).toEqual([
      'fill.value',
    ]);
  });
  it('one number for all leaves dates and true/false alone', async () => {
    const frame = await play('prepare.fill-missing', { numbers: 'constant', number: 0, labels: 'leave' }, people);
    expect([column(frame, 'born')[2], column(frame, 'ok')[1], column(frame, 'age')[1]]).toEqual([null, null, 0]);
  });
});

describe('numbers that are odd', () => {
  const odd = tableOf({ x: ['number', [Number.POSITIVE_INFINITY, 1, 2, 3, null]], same: ['number', [0.1, 0.1, 0.1, null, 0.1]] });
  it('one infinity spoils no scale and no edge; equal values become exactly 0', async () => {
    for (const method of ['zscore', 'minmax', 'robust']) {
      const scaled = await play('features.normalise', { method }, odd);
      expect(
        column(scaled, 'x')
          .slice(1, 4)
          .every((cell) => Number.isFinite(cell)),
      ).toBe(true);
      expect(column(scaled, 'same')).toEqual([0, 0, 0, null, 0]);
    }
    expect(column(await play('features.bin', { columns: { names: ['x'] }, bins: 2 }, odd), 'x')).toEqual([
      '> 2',
      '≤ 2',
      '≤ 2',
      '> 2',
      null,
    ]);
  });
  it('log(1 + x) has no value at or below -1', async () => {
    const t = tableOf({ x: ['number', [-1, -2, 0]] });
    expect(column(await play('features.normalise', { method: 'log1p' }, t), 'x')).toEqual([null, null, 0]);
  });
});

describe('what names and choices leave out', () => {
  it('a column that is gone at the run is a Problem', async () => {
    for (const [id, params] of [
      ['prepare.rename', { names: [{ from: 'gone', to: 'x' }] }],
      ['prepare.select-columns', { columns: { names: ['gone'] } }],
      ['prepare.edit-metadata', { columns: [{ column: 'gone', type: 'text', role: 'same', name: '' }] }],
      ['prepare.fill-missing', { columns: { names: ['gone'] } }],
      ['features.encode', { columns: { names: ['gone'] } }],
      ['prepare.group-by', { keys: { names: ['gone'] } }],
    ] as [string, ParamValues][])
      await expect(play(id, params, people), id).rejects.toThrow('no column “gone”');
    await expect(play('prepare.formula', { formulas: [{ name: 'x', formula: 'gone + 1' }] }, people)).rejects.toThrow('no column “gone”');
  });
  it('no columns to look at keeps every row', async () => {
    expect((await play('prepare.drop-missing', { columns: { names: [] } }, people)).table.rowCount).toBe(4);
    expect((await play('prepare.remove-duplicates', { columns: { names: [] } }, people)).table.rowCount).toBe(4);
  });
  it('two columns of one name, or one of none, are a Problem before and at the run', async () => {
    const twice = { names: [{ from: 'age', to: 'y' }] };
    expect(known('prepare.rename', twice, people).codes).toEqual(['rename.duplicate']);
    await expect(play('prepare.rename', twice, people)).rejects.toThrow('Two columns would be called “y”');
    expect(known('prepare.rename', { find: '.*' }, people).codes).toEqual(['rename.empty']);
    expect(known('prepare.rename', { find: '(' }, people).codes).toEqual(['rename.pattern']);
  });
  it('texts cannot be summed, nor dates', async () => {
    const by = (column: string) => ({ keys: { names: ['ok'] }, values: [{ column, how: 'sum', name: '' }] });
    expect(known('prepare.group-by', by('city'), people).codes).toEqual(['group-by.type']);
    await expect(play('prepare.group-by', by('born'), people)).rejects.toThrow('holds dates');
  });
});
