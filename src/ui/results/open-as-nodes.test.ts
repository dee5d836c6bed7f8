/** A trial opened as nodes, for each family: trained on the race's folds, its answers are the trial's to the last bit. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inEnglish } from '../../base/words.ts';
import { compareIds } from '../../engine/graph.ts';
import { fillParams } from '../../kind/fill.ts';
import type { ParamValues } from '../../kind/params.ts';
import { learners } from '../../learners/index.ts';
import { lookups } from '../../nodes/lookup.ts';
import { runKind } from '../../nodes/run-kind.fixture.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { stackedModel } from '../../recipe/mean-model.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { prove } from '../../recipe/prove.ts';
import type { Results } from '../../recipe/results.ts';
import { columnOf } from '../../table/column.ts';
import { readCsv } from '../../table/csv/read.ts';
import { gatherRows, type Table, table } from '../../table/table.ts';
import { fitsOf } from './nodes-from-trial.ts';
import { runOpened } from './run-opened.fixture.ts';

const FAMILIES = ['boosting', 'forest', 'linear', 'network'];
const sample = (name: string, rows: number): Table => {
  const { table: whole } = readCsv(new Uint8Array(readFileSync(`public/samples/${name}.csv`)));
  return gatherRows(
    whole,
    Int32Array.from({ length: rows }, (_, i) => Math.floor((i * whole.rowCount) / rows)),
  );
};
/** The model that AutoML makes of the trial alone, and that of the nodes on the same table. */
async function both(data: Table, family: string, more: ParamValues, trial = 1) {
  const only = Object.fromEntries(FAMILIES.map((name) => [name, name === family]));
  const params = { ...only, seconds: null, trials: trial + 1, pick: String(trial + 1), seed: 5, ...more };
  const { outputs } = await runKind('automl.tables', params, { table: rawFrame(data) });
  const { race } = outputs.results as Results;
  const row = race!.rows.find(({ id }) => id === trial)!;
  let frame = rawFrame(data);
  for (const step of [...race!.steps, ...(row.steps ?? [])])
    frame = (await runKind(step.kind, step.params, { table: frame })).outputs.table as Frame;
  const { kind } = learners.find((entry) => entry.kind.id === row.kind)!;
  const learner = { kind: kind.id, version: kind.version, params: fillParams(kind.params, row.params), title: kind.title };
  const trained = await runKind('evaluate.train', fitsOf(race!), { learner, table: frame });
  return { row, trial: outputs.model as Model, nodes: trained.outputs.model as Model };
}
async function expectSame({ trial, nodes }: { trial: Model; nodes: Model }, rows: Table) {
  const [one, other] = [await predictModel(trial, rows, lookups), await predictModel(nodes, rows, lookups)];
  expect([...other.codes]).toEqual([...one.codes]);
  expect([...(other.probabilities ?? [])]).toEqual([...(one.probabilities ?? [])]);
  expect(new Set(one.codes).size).toBeGreaterThan(1);
}

test.each(FAMILIES)('%s: classes on folds, and numbers with a part kept aside', async (family) => {
  const wine = sample('wine', 90);
  const folded = await both(wine, family, { validation: 'folds', folds: 3 });
  expect(folded.nodes.members).toHaveLength(3);
  for (const { model } of folded.nodes.members!) expect(model.fitted).not.toHaveProperty('halves');
  await expectSame(folded, wine);
  const houses = sample('house-prices', 120);
  await expectSame(await both(houses, family, { validation: 'part', share: 0.25 }), houses);
});

test('with dates taken apart before it, forward in time', async () => {
  const day = 86_400_000;
  const when = Array.from({ length: 160 }, (_, i) => (19_000 + i) * day);
  const sales = when.map((ms, i) => ((Math.floor(ms / day) + 3) % 7 >= 5 ? 50 : 10) + ((i * 37) % 11));
  const shop = table(['when', 'sales'], [columnOf('datetime', when), columnOf('number', sales)], 160);
  const more = { target: 'sales', features: { names: ['when'] }, validation: 'time', time: 'when', folds: 3 };
  await expectSame(await both(shop, 'boosting', more), shop);
});

test('products of columns before boosted trees, the last of its settings', async () => {
  const houses = sample('house-prices', 120);
  const crossed = await both(houses, 'boosting', { kernel: false, neighbours: false, validation: 'folds', folds: 2 }, 5);
  expect(inEnglish(crossed.row.name)).toContain('crossed');
  expect(crossed.row.steps?.length).toBeGreaterThan(0);
  await expectSame(crossed, houses);
});

test('columns with a treatment of their own, and one that is left out', async () => {
  const houses = sample('house-prices', 120);
  const custom = [
    { column: 'year_built', purpose: 'auto', missing: 'median', encode: 'ranges' },
    { column: 'rooms', purpose: 'codes', missing: 'auto', encode: 'target' },
    { column: 'garden_m2', purpose: 'none', missing: 'auto', encode: 'auto' },
    { column: 'condition', purpose: 'auto', missing: 'mode', encode: 'ordinal' },
  ];
  const own = await both(houses, 'linear', { custom, validation: 'folds', folds: 3 });
  expect(own.nodes.inputs.map(({ name }) => name)).not.toContain('garden_m2');
  await expectSame(own, houses);
});

test('more words for a straight line', async () => {
  const words = Array.from(
    { length: 120 },
    (_, i) => `${i % 2 ? 'fine' : 'poor'} ${['wine', 'bread', 'fish'][i % 3]} number${i % 40} seat${i}`,
  );
  const notes = table(
    ['said', 'liked'],
    [
      columnOf('text', words),
      columnOf(
        'category',
        words.map((_, i) => (i % 2 === (i % 7 === 0 ? 0 : 1) ? 'yes' : 'no')),
      ),
    ],
    120,
  );
  const more = await both(notes, 'linear', { target: 'liked', kernel: false, neighbours: false, validation: 'folds', folds: 2 });
  expect(inEnglish(more.row.name)).toContain('more words');
  await expectSame(more, notes);
});

const raced = async (data: Table, more: ParamValues) => {
  const { outputs } = await runKind(
    'automl.tables',
    { seconds: null, seed: 5, kernel: false, neighbours: false, ...more },
    { table: rawFrame(data) },
  );
  return { model: outputs.model as Model, race: (outputs.results as Results).race! };
};

test('the whole model: members with steps of their own, weighed, calibrated; and its file is proved', async () => {
  const churn = sample('customer-churn', 300);
  const { model, race } = await raced(churn, { trials: 10, validation: 'folds', folds: 3, pick: '1 2 3 4 5 6 7 8', target: 'churned' });
  const opened = await runOpened(churn, race);
  expect(race.made!.members.length).toBeGreaterThan(4);
  expect(opened.kinds).toContain('evaluate.combine');
  const { nodes, wires } = opened.document;
  const into = (id: string, port: string) => Object.values(wires).filter(({ to }) => to.node === id && to.port === port);
  const combine = Object.values(nodes).find(({ kind }) => kind === 'evaluate.combine')!;
  const trains = into(combine.id, 'models').sort((a, b) => compareIds(a.id, b.id));
  const learners = trains.map(({ from }) => into(from.node, 'learner')[0]);
  for (const row of [trains, learners]) {
    const xs = row.map(({ from }) => nodes[from.node].position.x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  }
  await expectSame({ trial: model, nodes: opened.model as Model }, churn);
  const proof = await prove(opened.model as Model, churn, lookups);
  expect(proof.problem).toBeUndefined();
});

test('the whole model of numbers, on a part kept aside; and learned anew from all rows', async () => {
  const houses = sample('house-prices', 120);
  const part = await raced(houses, { trials: 6, validation: 'part', share: 0.25 });
  await expectSame({ trial: part.model, nodes: (await runOpened(houses, part.race)).model as Model }, houses);
  const anew = await raced(houses, { trials: 6, validation: 'folds', folds: 3, final: 'all' });
  expect(anew.race.made!.members.every(({ params }) => params !== undefined)).toBe(true);
  await expectSame({ trial: anew.model, nodes: (await runOpened(houses, anew.race)).model as Model }, houses);
});

test('a single winner that was calibrated', async () => {
  const few = sample('wine', 170);
  const more = {
    trials: 1,
    forest: true,
    boosting: false,
    linear: false,
    network: false,
    validation: 'folds',
    folds: 3,
  };
  const { model, race } = await raced(few, more);
  expect(model.calibration).toBeDefined();
  const opened = await runOpened(few, race);
  expect(opened.kinds).toContain('evaluate.calibrate');
  await expectSame({ trial: model, nodes: opened.model as Model }, few);
});

test('a stack: weights that do not add up to 1, and a shift', async () => {
  const churn = sample('customer-churn', 300);
  const { model, race } = await raced(churn, { trials: 10, validation: 'folds', folds: 3, target: 'churned' });
  const { members } = race.made!;
  const shift = model.classes!.map((_, c) => 0.3 * c);
  const stack = { weights: members.map((_, m) => 0.4 + 0.3 * m), shift };
  const wholes = members.map(({ id }) => runOpened(churn, { ...race, made: { members: [{ id, weight: 1 }] } }));
  const models = (await Promise.all(wholes)).map((opened) => opened.model as Model);
  const shares = members.map(({ weight }) => weight);
  const own = stackedModel(models, shares, stack, { kind: 'automl.tables', version: 1, params: {}, title: 'Stack' }, []);
  const opened = await runOpened(churn, { ...race, made: { members, stack } });
  expect(opened.kinds).toContain('evaluate.combine');
  await expectSame({ trial: own, nodes: opened.model as Model }, churn);
  expect((await prove(opened.model as Model, churn, lookups)).problem).toBeUndefined();
});
