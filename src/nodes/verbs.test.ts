/** What the table verbs do at their edges: roles, targets, names, further outputs, what they say before a run. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { fillParams } from '../kind/fill.ts';
import type { Kind } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { Role } from '../kind/schema.ts';
import { runStep } from '../recipe/apply-step.ts';
import { type Frame, rawFrame, type Step } from '../recipe/frame.ts';
import { schemaContext } from '../recipe/schema-context.ts';
import { type Cell, cellsOf } from '../table/column.ts';
import { columnNamed, schemaOf, type Table, tableOf } from '../table/table.ts';
import { transforms } from '../transforms/index.ts';
import { steps } from './index.ts';
import { stepLookup } from './lookup.ts';
import { runKind } from './run-kind.fixture.ts';

const kinds = new Map([...steps, ...transforms].map((item) => [item.kind.id, item]));
const withRoles = (t: Table, roles: Record<string, Role>): Table => ({
  ...t,
  fields: t.fields.map((field) => ({ ...field, role: roles[field.name] ?? field.role })),
});
const paramsOf = (id: string, params: ParamValues) => fillParams(kinds.get(id)!.kind.params, params);
async function play(id: string, params: ParamValues, ...tables: Table[]): Promise<Frame> {
  const { kind, load } = kinds.get(id)!;
  const run = { random: (purpose: string) => stream('edge', purpose), lookup: stepLookup };
  return runStep(
    await load(),
    kind,
    paramsOf(id, params),
    tables.map((t) => rawFrame(t)),
    run,
  );
}
const column = ({ table }: Frame, name: string): Cell[] => cellsOf(columnNamed(table, name));
const idsOf = (frame: unknown): number[] => [...((frame as Frame).rows.ids ?? [])];
const names = ({ table }: Frame) => table.fields.map((field) => field.name);
const roles = ({ table }: Frame) => Object.fromEntries(table.fields.map((field) => [field.name, field.role]));
function known(id: string, params: ParamValues, ...tables: Table[]) {
  const { kind } = kinds.get(id)!;
  const context = schemaContext(
    kind,
    paramsOf(id, params),
    tables.map((t) => rawFrame(t)),
  );
  const output = kind.schema(context)[kind.outputs[0].id];
  return {
    kind: kind as Kind,
    context,
    columns: output?.type === 'table' ? output.schema.columns : [],
    codes: (kind.check?.(context) ?? []).map((p) => p.code),
  };
}

const people = withRoles(
  tableOf({
    age: ['number', [20, null, 40, 30]],
    city: ['category', ['Rom', 'Ulm', null, 'Rom']],
    note: ['text', ['a', '', 'c', 'd']],
    born: ['datetime', [0, 1, null, 86_400_000]],
    ok: ['boolean', [true, null, false, true]],
    y: ['number', [1, 2, null, 4]],
  }),
  { y: 'target', note: 'meta' },
);

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
