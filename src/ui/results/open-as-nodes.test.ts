/** A trial opened as nodes, for each family: trained on the race's folds, its answers are the trial's to the last bit. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inEnglish } from '../../base/words.ts';
import { fillParams } from '../../kind/fill.ts';
import type { ParamValues } from '../../kind/params.ts';
import { learners } from '../../learners/index.ts';
import { lookups } from '../../nodes/lookup.ts';
import { runKind } from '../../nodes/run-kind.fixture.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import type { Results } from '../../recipe/results.ts';
import { columnOf } from '../../table/column.ts';
import { readCsv } from '../../table/csv/read.ts';
import { gatherRows, type Table, table } from '../../table/table.ts';
import { fitsOf } from './nodes-from-trial.ts';

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
