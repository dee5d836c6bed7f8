/** Every lowering of the table steps against its own `apply`, in onnxruntime: missing, unseen and extreme cells, all dates. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { fillParams } from '../kind/fill.ts';
import type { ParamValues } from '../kind/params.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession } from '../onnx/session.ts';
import { edgeRows } from '../recipe/edge-rows.ts';
import { graphFeeds } from '../recipe/graph-feeds.ts';
import { sampleTable } from '../recipe/step.contract.ts';
import type { LoweredColumn, StepCode } from '../recipe/step.ts';
import { type Cell, cellsOf, columnOf, numeric } from '../table/column.ts';
import { DAY_MS, daysFromCivil } from '../table/datetime.ts';
import { schemaOf, type Table, tableOf } from '../table/table.ts';
import { concatRows } from '../table/verbs/concat.ts';
import { transforms } from '../transforms/index.ts';
import { steps } from './steps.ts';

const kinds = new Map([...steps, ...transforms].map((item) => [item.kind.id, item]));
const learned = sampleTable();
/** Rows as in training and one odd cell at a time: missing, unseen, far, a fraction, true where whole numbers stand. */
const rows = concatRows([learned, { ...edgeRows(schemaOf(learned).columns, learned).table, fields: learned.fields }], 'outer');

interface Sides {
  train: Table;
  rows: Table;
  sides?: readonly Table[];
}
/** Fits on `train`, then the same rows through the graph and through `apply`. */
async function bothWays(id: string, given: ParamValues, { train, rows, sides = [] }: Sides) {
  const { kind, load } = kinds.get(id)!;
  const code: StepCode = await load();
  const params = fillParams(kind.params, given);
  const fitted = await code.fit?.(train, params, { sides, random: (purpose) => stream('parity', purpose) });
  const here = await code.apply!(rows, params, fitted, sides);
  const graph = newGraph('step');
  const fields = schemaOf(train).columns;
  const columns = new Map(
    fields.map(({ name, type, categories }): [string, LoweredColumn] => {
      const value = graph.input(name, type === 'category' || type === 'text' ? 'string' : 'double', ['batch', 1]);
      return [name, { type, value, ...(categories ? { categories } : {}) }];
    }),
  );
  const lowered = code.lower!(graph, columns, params, fitted);
  if ('message' in lowered) throw new Error(lowered.message);
  for (const [name, { value }] of lowered) graph.output(value, `out ${name}`);
  const session = await createSession(encodeModel(graph.finish(), { producer: { name: 'test', version: '' } }));
  const there = await session.run(graphFeeds(fields, rows));
  await session.release();
  expect([...lowered].map(([name, { type }]) => `${name}: ${type}`)).toEqual(schemaOf(here).columns.map((c) => `${c.name}: ${c.type}`));
  return here.fields.map((field, k) => ({ name: field.name, here: cellsOf(here.columns[k]), there: there[`out ${field.name}`].data }));
}

type Column = Awaited<ReturnType<typeof bothWays>>[number];

/** Texts alike, numbers within 1e-9 of each other (relative above 1), missing where missing, the same infinity. */
function alike(cell: Cell, answer: number | string): boolean {
  if (typeof answer === 'string') return answer === (cell ?? '');
  if (cell === null) return Number.isNaN(answer);
  const wanted = Number(cell);
  return answer === wanted || Math.abs(answer - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
}
function expectEqual({ name, here, there }: Column): void {
  const wrong = here.findIndex((cell, row) => !alike(cell, there[row]));
  expect(wrong, `${name}, row ${wrong}: ${there[wrong]} for ${here[wrong]}`).toBe(-1);
}
async function parity(id: string, given: ParamValues, sides: Sides = { train: learned, rows }): Promise<void> {
  for (const column of await bothWays(id, given, sides)) expectEqual(column);
}

describe('formula', () => {
  const one = (formula: string) => ({ formulas: [{ name: 'made', formula }] });
  it.each([
    ...['abs', 'sign', 'floor', 'ceil', 'round', 'sqrt', 'log', 'log10'].map((name) => `${name}(n)`),
    'exp(n / 1000000000000)',
    'min(n, i, 0)',
    'max(n, i)',
    'clip(n, i, 5)',
    '-n ^ 2 + i * 3 - k / n',
    'i % 4 + n % -3',
    'missing ^ 0 + i ^ 0',
    'k ^ (i / 50)',
    'n > i and not b or i = 2',
    'n != k',
    'b + 1',
    'if(c = "red", n, i)',
    'if(missing, 1, 2)',
    'if(b, c, "other")',
    'coalesce(n, i, 7)',
    'coalesce(missing, c, t, "none")',
    'is_missing(c) or is_missing(n)',
    'c != "red"',
    'if(b, missing, c) = "green"',
    '"" = c',
    'coalesce(c, "none") = "none"',
    'true',
    '"fixed"',
    'missing',
    ...['year', 'quarter', 'month', 'day', 'weekday', 'hour', 'minute', 'days'].map((name) => `${name}(d)`),
    'days(d) - days(if(b, d, missing))',
  ])('%s', (formula) => parity('prepare.formula', one(formula)));
  it('later formulas read earlier ones, and replaced columns', () =>
    parity('prepare.formula', {
      formulas: [
        { name: 'n', formula: 'coalesce(n, 0)' },
        { name: 'twice', formula: 'n * 2' },
        { name: 'big', formula: 'if(twice > 100, "big", "small")' },
        { name: 'flag', formula: 'big = "big"' },
      ],
    }));
});

it('date parts of days from 1600 to 2400, at midnight, noon and a millisecond before', async () => {
  const from = daysFromCivil(1600, 1, 1);
  const to = daysFromCivil(2401, 1, 1);
  const days: number[] = [];
  // Every day of the years at century edges and of January and February of leap years, every 13th elsewhere.
  for (let day = from; day < to; day++) if (day % 13 === 0 || (day - from) % 36524 < 430 || (day - from) % 1461 < 62) days.push(day);
  const moments = days.flatMap((day) => [day * DAY_MS, day * DAY_MS + 43_200_000.5, (day + 1) * DAY_MS - 1]);
  const dates = tableOf({ d: ['datetime', [...moments, null]] });
  const fields = [
    'year',
    'half',
    'quarter',
    'month',
    'day',
    'weekday',
    'week',
    'weekyear',
    'dayofyear',
    'hour',
    'minute',
    'second',
    'days',
  ];
  const parts = fields.map((part) => ({ part }));
  for (const { name, here, there } of await bothWays('prepare.date-parts', { parts }, { train: dates, rows: dates })) {
    const wrong = here.findIndex((cell, row) => !Object.is(Number(there[row]), cell === null ? Number.NaN : cell));
    expect(wrong, `${name} at ${moments[wrong]}`).toBe(-1);
  }
  await parity('prepare.date-parts', { parts, cyclic: true, keep: true });
});

it('places on a circle have no rounding noise, so that trees cannot split on it: equal bits here and there', async () => {
  const dates = tableOf({ d: ['datetime', Array.from({ length: 366 }, (_, day) => daysFromCivil(2024, 1, 1 + day) * DAY_MS)] });
  const parts = ['quarter', 'month', 'day', 'weekday', 'dayofyear'].map((part) => ({ part }));
  const found = await bothWays('prepare.date-parts', { parts, cyclic: true }, { train: dates, rows: dates });
  for (const { name, here, there } of found) expect([name, [...there].map((cell) => Number(cell) + 0)]).toEqual([name, here]);
  const sine = found.find(({ name }) => name === 'd_month_sin')!.here;
  // January and July stand on the axis, and so do April and October of the cosine.
  expect([sine[0], sine[200]]).toEqual([0, 0]);
  expect(new Set(sine.map((cell) => Math.abs(Number(cell)))).size).toBe(4);
});

describe('replace', () => {
  const values = (...pairs: [string, string][]) => ({ values: pairs.map(([find, replace]) => ({ find, replace })) });
  it.each([
    values(['red', 'blue'], ['blue', 'red'], ['', 'none'], ['green', '']),
    values(['2', '2.5'], ['', '0'], ['-1', '']),
    values(['true', 'false'], ['', 'true'], ['red', 'x'], ['red', 'y']),
    values(['TRUE', 'nonsense'], ['true', 'false']),
    values(['2000-02-29', '2001-03-01'], ['0', '1']),
  ])('%j', (params) => parity('prepare.replace', params));
});

it.each([
  ['n', 'integer'],
  ['n', 'boolean'],
  ['n', 'datetime'],
  ['i', 'number'],
  ['i', 'boolean'],
  ['i', 'category'],
  ['i', 'text'],
  ['b', 'number'],
  ['b', 'integer'],
  ['b', 'category'],
  ['b', 'text'],
  ['c', 'text'],
  ['t', 'category'],
  ['d', 'number'],
  ['d', 'integer'],
])('edit metadata: %s to %s', (column, type) =>
  parity('prepare.edit-metadata', { columns: [{ column, type, role: 'same', name: 'new' }] }),
);

it('a fraction is none of the whole numbers that became categories', async () => {
  const train = tableOf({ i: ['integer', [1, 2, 3]] });
  const params = { columns: [{ column: 'i', type: 'category', role: 'same', name: '' }] };
  const at = { ...train, columns: [numeric(Float64Array.of(2, 2.5, -0.5), 'integer')] };
  const [{ here, there }] = await bothWays('prepare.edit-metadata', params, { train, rows: at });
  expect(here).toEqual(['2', '2.5', '-0.5']);
  expect(there[0]).toBe('2');
  for (const answer of [there[1], there[2]]) expect(['', '0', '1', '2', '3']).not.toContain(answer);
});

describe('join as a lookup', () => {
  const extra = { extra: ['number', [1.5, null, 3]], word: ['category', ['p', null, 'q']], day: ['datetime', [0, 1, null]] } as const;
  it.each([
    ['c', ['category', ['red', 'ünï', null]]],
    ['c', ['text', ['red', 'never seen', 'green']]],
    ['t', ['category', ['note 3', 'note 4', 'note 5']]],
    ['i', ['integer', [0, -1, 99]]],
    ['i', ['number', [2, null, 1e12]]],
    ['n', ['integer', [0, 2, 5]]],
    ['k', ['integer', [2, 3, 4]]],
    ['b', ['boolean', [true, false, null]]],
    ['d', ['datetime', [0, 951_782_400_000, -1]]],
    ['c', ['category', [null, null, null]]],
  ] as const)('%s with %j', (left, key) => {
    const right = tableOf({ key: [key[0], key[1]], n: ['number', [7, 8, 9]], ...extra });
    return parity('prepare.join', { keys: [{ left, right: 'key' }] }, { train: learned, rows, sides: [right] });
  });
  it('a fraction finds nothing, though its whole part is a key', async () => {
    const right = tableOf({ key: ['integer', [1, 2]], v: ['number', [10, 20]] });
    const left = tableOf({ x: ['number', [1, 1.5, -0.5, 2 ** 60, Number.POSITIVE_INFINITY, null, 2]] });
    const columns = await bothWays('prepare.join', { keys: [{ left: 'x', right: 'key' }] }, { train: left, rows: left, sides: [right] });
    expect(columns[1].here).toEqual([10, null, null, null, null, null, 20]);
    for (const column of columns) expectEqual(column);
  });
});

describe('aggregate across', () => {
  const across = (how: string, more: ParamValues = {}) => ({ axis: 'across', how, ...more });
  it.each(
    ['sum', 'mean', 'min', 'max', 'std', 'var', 'count', 'product'].flatMap((how) => [
      across(how, { columns: { names: ['n', 'i', 'b'] } }),
      across(how, { skipMissing: false }),
      across(how, { minCount: 3, columns: { names: ['i', 'b', 'k'] }, name: 'i' }),
    ]),
  )('%j', (params) => parity('prepare.aggregate', params));
});

it.each([
  ['prepare.fill-missing', { numbers: 'mode', labels: 'mode', indicator: true }],
  ['prepare.fill-missing', { numbers: 'constant', number: 0.5, labels: 'constant', label: 'new', indicator: true }],
  [
    'prepare.fill-missing',
    {
      columns: { names: [] },
      overrides: [
        { column: 'd', method: 'constant', value: '2000-02-29' },
        { column: 'b', method: 'constant', value: 'true' },
        { column: 'i', method: 'mean', value: '' },
      ],
    },
  ],
  ...['zscore', 'minmax', 'maxabs', 'robust', 'log1p', 'power', 'tanh', 'logistic'].map(
    (method) => ['features.normalise', { method }] as const,
  ),
  ['features.normalise', { method: 'minmax', clip: true }],
  ['features.normalise', { method: 'power', clip: true }],
  ['features.encode', { maxLevels: 2 }],
  ['features.encode', { dropFirst: true }],
  ['features.encode', { method: 'ordinal' }],
  ['features.encode', { method: 'frequency' }],
  ['features.bin', { columns: { all: true } }],
  ['features.bin', { columns: { all: true }, method: 'entropy', target: 'b' }],
  ['features.bin', { columns: { all: true }, method: 'width', bins: 7, asNumber: true }],
  ['features.bin', { columns: { all: true }, method: 'custom', edges: '-1 0 2.5' }],
  ['features.components', { share: 1 }],
  ['features.components', { by: 'count', count: 2, keep: true, whiten: true }],
  ['unsupervised.clusters', { k: 4 }],
  ['unsupervised.anomalies', { contamination: 0.1 }],
  ['prepare.rename', { prefix: 'p ', find: '^n$', replace: 'number' }],
  ['prepare.select-columns', { mode: 'keep', columns: { names: ['t', 'n', 'd'] } }],
  ['prepare.drop-missing', { axis: 'columns', how: 'atLeast', thresh: 36 }],
] as [string, ParamValues][])('%s %j', (id, params) => parity(id, params));

it('log(1 + x) of tiny, large and impossible numbers', () => {
  const x = tableOf({ x: ['number', [1e-300, -1e-12, 1e-9, -0.4, 0.6, -0.999, -1, -2, 1e300, 0]] });
  return parity('features.normalise', { method: 'log1p' }, { train: x, rows: x });
});

it('an all-missing column learns nothing and is lowered all the same', () => {
  const none = tableOf({
    x: ['number', [null, null]],
    i: ['integer', [null, null]],
    c: ['category', [null, null]],
    b: ['boolean', [null, null]],
  });
  const later = {
    ...none,
    columns: [
      columnOf('number', [3, null]),
      columnOf('integer', [4, null]),
      columnOf('category', ['z', null]),
      columnOf('boolean', [true, null]),
    ],
  };
  const sides = { train: none, rows: later };
  return Promise.all([
    parity('prepare.fill-missing', { indicator: true }, sides),
    parity('features.normalise', {}, sides),
    parity('features.encode', { method: 'ordinal' }, sides),
    parity('features.encode', {}, sides),
    parity('features.bin', { columns: { all: true } }, sides),
  ]);
});
