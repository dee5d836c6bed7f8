/** The greedy ensemble: what it picks, and that it is no worse than its best member on the rows it looked at. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { blendAnswers, selectEnsemble } from './ensemble.ts';
import { objectiveOf } from './objective.ts';

const draw = stream('ensemble');
const truth = Float64Array.from({ length: 400 }, () => draw.normal());
const noisy = (size: number) => truth.map((t) => t + size * draw.normal());
const regress = objectiveOf({ task: 'regress', target: 'y' }, 'rmse');

test('members with errors of their own are weighed together, a useless one is left out', () => {
  const library = [noisy(1), noisy(1), noisy(1), truth.map(() => 30)];
  const { weights, loss } = selectEnsemble(library, truth, regress);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  expect(weights[3]).toBe(0);
  for (const weight of weights.subarray(0, 3)) expect(weight).toBeGreaterThan(0.2);
  expect(loss).toBeLessThan(0.65);
  expect(regress.loss(truth, blendAnswers(library, weights))).toBeCloseTo(loss, 1);
});

test('a perfect member stands alone', () => {
  const { weights, loss } = selectEnsemble([noisy(0.5), truth.slice()], truth, regress);
  expect([...weights]).toEqual([0, 1]);
  expect(loss).toBe(0);
});

test('the metric asked for is what is made better: class shares are judged by log-loss, or by accuracy', () => {
  const classes = Float64Array.from({ length: 200 }, (_, i) => i % 2);
  const shares = (right: number, wrong: number, every: number) =>
    Float64Array.from(
      Array.from(classes).flatMap((c, i) => {
        const own = i % every === 0 ? wrong : right;
        return c === 0 ? [own, 1 - own] : [1 - own, own];
      }),
    );
  const goal = { task: 'classify' as const, target: 'y', classes: ['a', 'b'], positive: 'b' };
  // Often right but cautious, against more mistakes with great confidence.
  const library = [shares(0.6, 0.45, 10), shares(0.99, 0.001, 5)];
  for (const metric of ['log_loss', 'accuracy', 'auc']) {
    const objective = objectiveOf(goal, metric);
    const alone = library.map((answers) => objective.loss(classes, answers));
    expect(selectEnsemble(library, classes, objective).loss).toBeLessThanOrEqual(Math.min(...alone));
  }
});

test('where time is short it looks at fewer rows, and still finds the good ones', () => {
  const rows = 10_000;
  const random = stream('short');
  const truth = Float64Array.from({ length: rows }, () => random.normal());
  const noisy = [2, 0.5, 0.5].map((noise) => truth.map((y) => y + noise * random.normal()));
  let looked = 0;
  const objective = objectiveOf({ task: 'regress', target: 'y' }, 'rmse');
  const { weights } = selectEnsemble(
    noisy,
    truth,
    {
      ...objective,
      loss: (y, answers) => {
        looked += y.length;
        return objective.loss(y, answers);
      },
    },
    // Every look costs a millisecond per 100 rows.
    { ms: 2000, now: () => looked / 100 },
  );
  expect(looked).toBeLessThanOrEqual(rows + 200_000);
  expect(weights[0]).toBeLessThan(0.2);
  expect(weights[1]).toBeGreaterThan(0.3);
  expect(weights[2]).toBeGreaterThan(0.3);
});
