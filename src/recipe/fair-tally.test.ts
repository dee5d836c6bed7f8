/** A model that the judged rows told when to stop is judged, on each half of them, by what the other half chose. */
import { expect, it } from 'vitest';
import { tableOf } from '../table/table.ts';
import { halfOf } from './aside.ts';
import { fairTallyOf } from './fold.ts';
import { rawFrame } from './frame.ts';
import type { LearnerCode, Model } from './model.ts';

const ROWS = 40;
const frame = rawFrame(
  tableOf({ x: ['number', Array.from({ length: ROWS }, (_, i) => i)], y: ['number', new Array<number>(ROWS).fill(3)] }),
);
const lookupsOf = (stoppedByHalves?: LearnerCode['stoppedByHalves']) => {
  const code: LearnerCode = {
    featuriser: { numbers: 'impute', precision: 'float64' },
    fit: async () => 0,
    predict: (fitted, X) => ({ values: new Float64Array(X.rows).fill(Number(fitted)) }),
    lower: () => {
      throw new Error('not here');
    },
    ...(stoppedByHalves ? { stoppedByHalves } : {}),
  };
  return { step: () => Promise.reject(new Error('no step')), learner: async () => code };
};
const model: Model = {
  shape: 'row',
  task: 'regress',
  inputs: [{ name: 'x', type: 'number' }],
  outputs: [{ name: 'y', type: 'number', role: 'value' }],
  target: 'y',
  recipe: frame.recipe,
  targets: [],
  learner: { kind: 'toy', version: 1, params: {} },
  featuriser: { numbers: 'impute', columns: [{ name: 'x', type: 'number', fill: 0 }], features: ['x'] },
  fitted: 5,
  about: { rowCount: 1, notes: [] },
  learned: { source: '', ids: new Int32Array(0) },
} as unknown as Model;
const goal = { task: 'regress', target: 'y' } as const;

it('each half by the other', async () => {
  const { model: kept, tally } = await fairTallyOf(
    model,
    frame,
    goal,
    lookupsOf((fitted) => ({ fitted: Number(fitted) - 1, halves: [10, 20] })),
  );
  expect(kept.fitted).toBe(4);
  expect([...tally.predicted]).toEqual([...tally.ids].map((id) => (halfOf(id) === 0 ? 20 : 10)));
  expect(new Set(tally.predicted).size).toBe(2);
  const off = tally.predicted.map((value) => Math.abs(value - 3));
  expect(tally.metrics?.mae).toBeCloseTo(off.reduce((sum, value) => sum + value, 0) / ROWS, 10);
});

it('a learner that knows of no halves is judged as it is', async () => {
  const { model: kept, tally } = await fairTallyOf(model, frame, goal, lookupsOf());
  expect(kept.fitted).toBe(5);
  expect([...tally.predicted]).toEqual(new Array(ROWS).fill(5));
});
