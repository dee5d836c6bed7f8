/** The final model learned anew: one model per chosen trial, from every row, still one proved file. */
import { expect, test } from 'vitest';
import type { Trial } from '../../automl/race.ts';
import { specForAll } from '../../automl/refit.ts';
import { stream } from '../../base/random.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { LearnerSpec, Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { prove } from '../../recipe/prove.ts';
import { tableOf } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';

const rows = 150;
const random = stream('refit');
const x = Array.from({ length: rows }, () => random.normal());
const z = Array.from({ length: rows }, () => random.normal());
const things = tableOf({
  x: ['number', x],
  z: ['number', z],
  y: ['number', x.map((value, i) => 3 * value + Math.abs(z[i]) + 0.1 * random.normal())],
});
const settings = { seconds: null, trials: 3, target: 'y', forest: false, linear: false, network: false, kernel: false, neighbours: false };

test('each chosen trial learns once more from all rows, and the file is smaller and proved', async () => {
  const race = async (final: string) => runKind('automl.tables', { ...settings, final }, { table: rawFrame(things) });
  const [folds, all] = [(await race('folds')).outputs.model as Model, await race('all')];
  const model = all.outputs.model as Model;
  expect(all.log.join(' ')).toContain('Learned anew from all rows');
  const parts = model.members?.map((member) => member.model) ?? [model];
  expect(parts.length).toBeLessThan(folds.members!.length / 3);
  for (const part of parts) expect(part.about.rowCount).toBe(rows);
  const boosted = parts.find((part) => part.learner.kind === 'learn.boosting');
  expect(boosted?.learner.params).toMatchObject({ early_stopping: false });
  const proof = await prove(model, things, lookups);
  expect(proof.problem).toBeUndefined();
  expect(proof.bytes!.length).toBeLessThan((await prove(folds, things, lookups)).bytes!.length / 2);
  const [one, other] = [await predictModel(model, things, lookups), await predictModel(folds, things, lookups)];
  const apart = one.codes.reduce((sum, value, i) => sum + Math.abs(value - other.codes[i]) / rows, 0);
  expect(apart).toBeLessThan(0.5);
});

test('rounds are those of the folds, more by as many rows as there are more', () => {
  const spec: LearnerSpec = { kind: 'learn.boosting', version: 1, title: '', params: { rounds: 2000, early_stopping: true } };
  const fold = (rounds: number) => ({ model: { fitted: { rounds }, about: { rowCount: 80 } } });
  const trial = { folds: [fold(90), fold(110)], candidate: {} } as unknown as Trial;
  expect(specForAll(spec, trial, 100).params).toEqual({ rounds: 125, early_stopping: false });
  const fixed = { ...spec, params: { rounds: 50, early_stopping: false } };
  expect(specForAll(fixed, trial, 100)).toBe(fixed);
  const settled = { ...trial, candidate: { settled: { rounds: 100 } } } as unknown as Trial;
  expect(specForAll(fixed, settled, 100).params).toEqual({ rounds: 125, early_stopping: false });
});
