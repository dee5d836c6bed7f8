/** Going on from a fitted model: the same bits as in one go, on new rows, and what cannot be continued. */
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../base/problem.ts';
import { defaults } from '../../kind/params.ts';
import type { Training } from '../../recipe/model.ts';
import { answerOfGraph, fitWith, madeUp, numbersIn, quietRun } from '../test-learner.ts';
import type { FittedBoosting } from './fit.ts';
import { boosting } from './kind.ts';
import * as code from './learner.ts';

const fitBoosting = (data: Training, params = {}) => fitWith(boosting, code, data, params) as Promise<FittedBoosting>;
const goOn = (fitted: FittedBoosting, data: Training, params = {}) =>
  code.resume(fitted, data, { ...defaults(boosting.params), ...params }, quietRun());

const cases: [string, number, Record<string, unknown>][] = [
  ['numbers', 0, {}],
  ['two classes', 2, {}],
  ['three classes', 3, {}],
  ['absolute loss', 0, { loss: 'absolute' }],
  ['Poisson loss', 0, { loss: 'poisson' }],
  ['symmetric trees', 2, { growth: 'symmetric' }],
];

describe('resume', () => {
  for (const [name, classes, params] of cases) {
    it(`gives the bits of one go: ${name}`, async () => {
      const made = madeUp(code, { rows: 300, classes, missing: 0.1 });
      for (let i = 0; i < 300; i++) made.X.values[i * 4 + 3] = i % 5;
      const y = params.loss === 'poisson' ? made.y.map((v) => Math.max(0, Math.round(v / 4))) : made.y;
      const data = { ...made, y, categories: [0, 0, 0, 5] };
      const few = { min_leaf: 10, ...params };
      const whole = await fitBoosting(data, { ...few, rounds: 25 });
      const parts = await goOn(await fitBoosting(data, { ...few, rounds: 10 }), data, { ...few, rounds: 15 });
      expect(parts.rounds).toBe(25);
      expect([...parts.forest.value]).toEqual([...whole.forest.value]);
      expect([...parts.forest.threshold]).toEqual([...whole.forest.threshold]);
      expect(parts.forest.sets).toEqual(whole.forest.sets);
      expect(parts.curve.at(-1)).toEqual(whole.curve.at(-1));
      const here = numbersIn(code.predict(parts, data.X, classes));
      expect([...here]).toEqual([...numbersIn(code.predict(whole, data.X, classes))]);
      const there = await answerOfGraph(code, parts, data.X, classes);
      here.forEach((value, i) => {
        expect(Math.abs(there[i] - value)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(value));
      });
    });
  }

  it('learns from new rows, and keeps the model as it is where they bring nothing', async () => {
    const old = madeUp(code, { rows: 300, classes: 0 });
    const fresh = madeUp(code, { rows: 300, classes: 0, seed: 'b' });
    const shifted = { ...fresh, y: fresh.y.map((v) => v + 5) };
    const fitted = await fitBoosting(old, { rounds: 20 });
    const error = (model: FittedBoosting) =>
      numbersIn(code.predict(model, shifted.X, 0)).reduce((sum, v, i) => sum + (v - shifted.y[i]) ** 2 / 300, 0);
    expect(error(await goOn(fitted, shifted, { rounds: 40 }))).toBeLessThan(0.2 * error(fitted));
    const stopping = { early_stopping: true, patience: 3, rounds: 100 };
    const judged = await fitBoosting(old, stopping);
    expect((await goOn(judged, old, stopping)).rounds).toBeGreaterThanOrEqual(judged.rounds);
  });

  it('refuses in words what does not fit', async () => {
    const data = madeUp(code, { rows: 100, classes: 3 });
    const fitted = await fitBoosting({ ...data, y: data.y.map((v) => Math.min(v, 1)) }, { rounds: 3 });
    const codeOf = async (other: Training, params = {}) => {
      const failed = await goOn(fitted, other, params).catch((error: unknown) => error);
      return failed instanceof ProblemError ? failed.problem.code : undefined;
    };
    expect(await codeOf(madeUp(code, { rows: 100, cols: 3, classes: 3 }))).toBe('boosting.other-model');
    expect(await codeOf(madeUp(code, { rows: 100, classes: 0 }))).toBe('boosting.other-model');
    expect(await codeOf(data)).toBe('boosting.new-class');
  });
});
