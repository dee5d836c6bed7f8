/** What the table verbs do with roles, targets, names and categories, and which rows a filter keeps. */
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../kind/params.ts';
import { rawFrame, type Step } from '../recipe/frame.ts';
import { cellsOf } from '../table/column.ts';
import { columnNamed, schemaOf, tableOf } from '../table/table.ts';
import { column, idsOf, known, names, people, play, roles, withRoles } from './play-step.fixture.ts';
import { runKind } from './run-kind.fixture.ts';

describe('the target', () => {
  it('is never filled, scaled, binned, encoded, summed or dropped', async () => {
    expect(column(await play('prepare.fill-missing', { columns: { names: ['age', 'y'] } }, people), 'y')).toEqual([1, 2, null, 4]);
    expect(column(await play('features.normalise', {}, people), 'y')).toEqual([1, 2, null, 4]);
    expect(column(await play('features.bin', { columns: { all: true } }, people), 'y')).toEqual([1, 2, null, 4]);
    expect(column(await play('prepare.aggregate', { axis: 'across' }, people), 'sum')).toEqual([21, 0, 40, 31]);
    expect(names(await play('prepare.drop-missing', { axis: 'columns' }, people))).toEqual(['y']);
  });
  it('a step that changes nothing in it leaves it the very same column', async () => {
    const pairs = {
      values: [
        { find: '30', replace: '31' },
        { find: 'Rom', replace: 'Roma' },
      ],
    };
    const { table } = await play('prepare.replace', pairs, people);
    expect(columnNamed(table, 'y')).toBe(columnNamed(people, 'y'));
    expect(cellsOf(columnNamed(table, 'age'))).toEqual([20, null, 40, 31]);
  });
  it('there is one after a join, and after the role moves', async () => {
    const right = withRoles(tableOf({ city: ['category', ['Rom']], y: ['number', [9]] }), { y: 'target' });
    expect(roles(await play('prepare.join', { keys: [{ left: 'city', right: 'city' }] }, people, right))).toMatchObject({
      y: 'target',
      y_right: 'meta',
    });
    const moved = await play('prepare.edit-metadata', { columns: [{ column: 'age', type: 'same', role: 'target', name: '' }] }, people);
    expect(roles(moved)).toMatchObject({ age: 'target', y: 'feature' });
  });
});

describe('roles and names of new columns', () => {
  it('what is made of a column set aside stays aside', async () => {
    expect(roles(await play('features.encode', { columns: { names: ['note', 'ok'] } }, people))).toMatchObject({
      'note=a': 'meta',
      'ok=true': 'feature',
    });
    expect(roles(await play('prepare.fill-missing', { indicator: true }, people))).toMatchObject({
      note_missing: 'meta',
      age_missing: 'feature',
    });
  });
  it('none takes the place of another', async () => {
    const taken = tableOf({
      d: ['datetime', [0]],
      d_year: ['number', [7]],
      'b=true': ['number', [8]],
      b: ['boolean', [true]],
      x: ['number', [null]],
      x_missing: ['number', [9]],
    });
    const dated = await play('prepare.date-parts', { parts: [{ part: 'year' }] }, taken);
    expect([column(dated, 'd_year'), column(dated, 'd_year_2')]).toEqual([[7], [1970]]);
    const encoded = await play('features.encode', {}, taken);
    expect([column(encoded, 'b=true'), column(encoded, 'b=true_2')]).toEqual([[8], [1]]);
    const filled = await play('prepare.fill-missing', { indicator: true }, taken);
    expect([column(filled, 'x_missing'), column(filled, 'x_missing_2')]).toEqual([[9], [true]]);
    const grouped = await play('prepare.group-by', { keys: { names: ['b'] }, values: [{ column: 'x', how: 'count', name: 'b' }] }, taken);
    expect(names(grouped)).toEqual(['b', 'b_2']);
  });
  it('provenance goes back to the columns that came in', async () => {
    const formulas = [
      { name: 'half', formula: 'age / 2' },
      { name: 'both', formula: 'if(ok, half, days(born))' },
    ];
    const made = known('prepare.formula', { formulas }, people).columns;
    expect(Object.fromEntries(made.slice(6).map((c) => [c.name, c.from]))).toEqual({ half: ['age'], both: ['ok', 'age', 'born'] });
    const step = (await play('prepare.formula', { formulas }, people)).recipe.entries[1] as Step;
    expect(step.columns?.find((c) => c.name === 'both')).toMatchObject({ from: ['ok', 'age', 'born'] });
  });
});

describe('categories known before a run are those after it', () => {
  it.each<[string, ParamValues, string]>([
    [
      'prepare.replace',
      {
        values: [
          { find: 'Ulm', replace: 'Bonn' },
          { find: '', replace: 'none' },
        ],
      },
      'city',
    ],
    ['prepare.fill-missing', { labels: 'constant', label: 'none' }, 'city'],
    ['prepare.fill-missing', {}, 'city'],
    ['prepare.edit-metadata', { columns: [{ column: 'ok', type: 'category', role: 'same', name: '' }] }, 'ok'],
    ['features.bin', { columns: { names: ['age'] }, method: 'custom', edges: '25; 35' }, 'age'],
    ['prepare.group-by', { keys: { names: ['ok'] }, values: [{ column: 'city', how: 'mode', name: 'city' }] }, 'city'],
    ['prepare.concat', { source: 'from' }, 'from'],
  ])('%s %j', async (id, params, name) => {
    const tables = id === 'prepare.concat' ? [people, people] : [people];
    const after = schemaOf((await play(id, params, ...tables)).table).columns.find((c) => c.name === name);
    expect(after?.categories).toBeDefined();
    expect(known(id, params, ...tables).columns.find((c) => c.name === name)?.categories).toEqual(after?.categories);
  });
});

describe('filter rows', () => {
  const rows = async (column: string, test: string, value = '') =>
    idsOf(await play('prepare.filter-rows', { conditions: [{ column, test, value }] }, people));
  it.each<[string, string, string, number[]]>([
    ['age', '>=', '30', [2, 3]],
    ['age', '!=', '20', [2, 3]],
    ['age', 'in', '20, 40', [0, 2]],
    ['age', 'contains', '0', [0, 2, 3]],
    ['age', 'missing', '', [1]],
    ['city', '=', 'Rom', [0, 3]],
    ['city', '!=', 'Rom', [1]],
    ['city', '>', 'S', [1]],
    ['city', 'pattern', '^R', [0, 3]],
    ['note', 'present', '', [0, 2, 3]],
    ['note', 'in', 'a, d', [0, 3]],
    ['born', '<', '1970-01-02', [0, 1]],
    ['born', 'contains', '-02', [3]],
    ['ok', '=', 'TRUE', [0, 3]],
    ['ok', 'pattern', 'fals', [2]],
  ])('%s %s %s', async (column, test, value, wanted) => expect(await rows(column, test, value)).toEqual(wanted));
  it('says before and at the run what does not fit', async () => {
    const wrong = { conditions: [{ column: 'age', test: '>', value: 'old' }] };
    expect(known('prepare.filter-rows', wrong, people).codes).toEqual(['filter.value']);
    await expect(play('prepare.filter-rows', wrong, people)).rejects.toThrow('“old” is no number');
    expect(known('prepare.filter-rows', { formula: 'age + 1' }, people).codes).toEqual(['filter.not-a-condition']);
    await expect(play('prepare.filter-rows', { formula: 'age + 1' }, people)).rejects.toThrow('not true or false');
  });
  it('joins conditions, and the rest leaves by the second output', async () => {
    const conditions = [
      { column: 'age', test: '<', value: '25' },
      { column: 'city', test: 'missing', value: '' },
    ];
    const params = { conditions, match: 'any', formula: 'ok and age > 25' };
    const { outputs } = await runKind('prepare.filter-rows', params, { table: rawFrame(people) });
    expect(idsOf(outputs.table)).toEqual([0, 2, 3]);
    expect(idsOf(outputs.rest)).toEqual([1]);
  });
});
