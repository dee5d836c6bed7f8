/** Answers that may only rise or only fall with a feature: nowhere on a grid do they do otherwise. */
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../base/problem.ts';
import { stream } from '../../base/random.ts';
import { defaults } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import type { Training } from '../../recipe/model.ts';
import { fitWith, numbersIn } from '../test-learner.ts';
import type { FittedBoosting } from './fit.ts';
import { boosting } from './kind.ts';
import * as code from './learner.ts';

/** Rises with `up`, falls with `down`, waves with `free`; noisy, some cells missing. */
function made(rows: number, classCount: number): Training {
  const random = stream('directions', classCount);
  const values = Float32Array.from({ length: rows * 3 }, () =>
    random.below(20) === 0 ? Number.NaN : Math.round(random.normal() * 10) / 10,
  );
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const [up, down, free] = [0, 1, 2].map((j) => values[i * 3 + j] || 0);
    const score = up - 0.7 * down + (Math.abs(free) > 1 ? 1 : 0) + random.normal();
    return classCount === 2 ? (score > 0 ? 1 : 0) : 5 + score;
  });
  return { X: { rows, cols: 3, values }, y, classCount, featureNames: ['up', 'down', 'free'] };
}
const fitBoosting = (data: Training, params = {}) => fitWith(boosting, code, data, params) as Promise<FittedBoosting>;
const CONSTRAINED = { rising: { names: ['up'] }, falling: { names: ['down'] } };

/** Steps of the answer in the wrong direction along a feature, from many places. */
function wrongSteps(fitted: FittedBoosting, data: Training, feature: number, direction: number): number {
  const grid = Array.from({ length: 60 }, (_, g) => (g - 30) / 10);
  let wrong = 0;
  for (let at = 0; at < 40; at++) {
    const rows = grid.flatMap((v) => [0, 1, 2].map((j) => (j === feature ? v : data.X.values[at * 3 + j])));
    const found = numbersIn(code.predict(fitted, { rows: grid.length, cols: 3, values: Float32Array.from(rows) }, data.classCount));
    const of = (g: number) => (data.classCount === 2 ? found[2 * g + 1] : found[g]);
    for (let g = 1; g < grid.length; g++) if (direction * (of(g) - of(g - 1)) < 0) wrong++;
  }
  return wrong;
}

describe('directions', () => {
  for (const [name, classCount, params] of [
    ['numbers', 0, {}],
    ['two classes', 2, {}],
    ['absolute loss', 0, { loss: 'absolute' }],
    ['penalties and large steps', 0, { l1: 3, l2: 5, learning_rate: 0.5 }],
    ['random thresholds', 0, { random_thresholds: true }],
    ['sampling', 2, { row_share: 0.6, column_share: 0.7 }],
  ] as const) {
    it(`are kept everywhere: ${name}`, async () => {
      const data = made(600, classCount);
      const few = { ...params, rounds: 40, min_leaf: 5 };
      const held = await fitBoosting(data, { ...few, ...CONSTRAINED });
      expect([wrongSteps(held, data, 0, 1), wrongSteps(held, data, 1, -1)]).toEqual([0, 0]);
      const loose = await fitBoosting(data, few);
      expect(wrongSteps(loose, data, 0, 1)).toBeGreaterThan(0);
      const last = (fitted: FittedBoosting) => fitted.curve[fitted.curve.length - 1].series.training;
      expect(last(held)).toBeGreaterThan(last(loose));
      expect(last(held)).toBeLessThan(0.95 * held.curve[0].series.training);
    });
  }

  it('that contradict each other, or have no one answer to act on, are said in words', async () => {
    const twice = { rising: { names: ['up'] }, falling: { names: ['down', 'up'] } };
    const failed = await fitBoosting(made(50, 0), twice).catch((error: unknown) => error);
    expect((failed as ProblemError).problem).toMatchObject({ code: 'boosting.both-directions', at: { column: 'up' } });
    const schema = { columns: [column('up', 'number'), column('y', 'number', { role: 'target' })] };
    const ahead = boosting.check?.({
      params: { ...defaults(boosting.params), ...twice },
      inputs: { table: { type: 'table', schema } },
      lists: {},
    });
    expect(ahead?.map((found) => found.code)).toEqual(['boosting.both-directions']);
    const data = made(60, 0);
    const three = { ...data, y: data.y.map((_, i) => i % 3), classCount: 3 };
    const refused = await fitBoosting(three, CONSTRAINED).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect((refused as ProblemError).problem.code).toBe('boosting.directions-classes');
  });
});
