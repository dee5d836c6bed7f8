/** The stack layer: taken where it is better on fresh rows, left alone where weighing is right, and what it says of itself is what fresh rows say. */
import { expect, test } from 'vitest';
import { exp } from '../base/float.ts';
import { stream } from '../base/random.ts';
import { type Stack, stacked } from '../recipe/stack.ts';
import { descend } from './descend.ts';
import { blendAnswers, selectEnsemble } from './ensemble.ts';
import { type Objective, objectiveOf } from './objective.ts';
import { stackOf } from './stack.ts';

const numbers = objectiveOf({ task: 'regress', target: 'y' }, 'rmse');
const two = objectiveOf({ task: 'classify', target: 'y', classes: ['a', 'b'], positive: 'b' }, 'log_loss');
type Made = { library: Float64Array[]; truth: Float64Array };

function stackedOn({ library, truth }: Made, objective: Objective) {
  const { weights } = selectEnsemble(library, truth, objective);
  const against = blendAnswers(library, weights);
  const parts = Int32Array.from(truth, (_, row) => row % 5);
  const time = { ms: 1e9, now: () => 0 };
  return { weights, against, made: stackOf({ library, truth, parts, weights, against, objective, time }) };
}
const answer = (stack: Stack, { library }: Made, classes: number) => stacked(library, stack, classes);

test('a bowl with a wall: the lowest point beside it', () => {
  // Free it would lie at (−1, 2); with the first not below 0, at (0, 1.5).
  const H = Float64Array.of(2, 1, 1, 2);
  expect([...descend(H, Float64Array.of(0, 3), new Float64Array(2), 0)].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([-1, 2]);
  expect([...descend(H, Float64Array.of(0, 3), new Float64Array(2), 1)].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([0, 1.5]);
});

test('numbers: models that all say too little, and one with a bias, are put right; the gain holds on fresh rows', () => {
  const random = stream('stack numbers');
  const draw = (rows: number): Made => {
    const truth = Float64Array.from({ length: rows }, () => 10 * random.normal() + 50);
    const timid = (share: number, noise: number, bias: number) => truth.map((y) => 50 + share * (y - 50) + noise * random.normal() + bias);
    return { truth, library: [timid(0.6, 2, 0), timid(0.5, 2, 4), timid(0.7, 4, 0)] };
  };
  const [seen, fresh] = [draw(600), draw(5000)];
  const { made, weights } = stackedOn(seen, numbers);
  expect(made).toBeDefined();
  const plain = numbers.loss(fresh.truth, blendAnswers(fresh.library, weights));
  const now = numbers.loss(fresh.truth, answer(made!.stack, fresh, 0));
  expect(now).toBeLessThan(0.8 * plain);
  expect(Math.abs(made!.after - now)).toBeLessThan(0.1 * now);
  for (const weight of made!.stack.weights) expect(weight).toBeGreaterThanOrEqual(0);
});

test('classes: models that each see a part of the truth are added up in log-odds; their honest value is that of fresh rows', () => {
  const random = stream('stack classes');
  const draw = (rows: number): Made => {
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: rows }, () => 2 * random.normal()));
    const share = (score: number) => 1 / (1 + exp(-score));
    const truth = a.map((x, i) => (random.uniform() < share(x + b[i] - 1) ? 1 : 0));
    const shares = (scores: Float64Array) =>
      Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? share(scores[i >> 1]) : 1 - share(scores[i >> 1])));
    return { truth, library: [shares(a), shares(b)] };
  };
  const [seen, fresh] = [draw(800), draw(5000)];
  const { made, weights } = stackedOn(seen, two);
  expect(made).toBeDefined();
  const now = two.loss(fresh.truth, answer(made!.stack, fresh, 2));
  expect(now).toBeLessThan(two.loss(fresh.truth, blendAnswers(fresh.library, weights)) - 0.03);
  expect(Math.abs(made!.after - now)).toBeLessThan(0.08);
});

test('where to weigh is right, it is hardly ever taken, and then does hardly any harm', () => {
  const random = stream('stack noise');
  let taken = 0;
  for (let round = 0; round < 40; round++) {
    const draw = (rows: number): Made => {
      const truth = Float64Array.from({ length: rows }, () => random.normal());
      // Each says the mean of what is true, given its own noise.
      const signal = truth.map((y) => (y + random.normal()) / 2);
      return { truth, library: [0, 1, 2, 3].map(() => signal.map((s) => s + 0.2 * random.normal())) };
    };
    const [seen, fresh] = [draw(150), draw(2000)];
    const { made, weights } = stackedOn(seen, numbers);
    if (!made) continue;
    taken++;
    const plain = numbers.loss(fresh.truth, blendAnswers(fresh.library, weights));
    expect(numbers.loss(fresh.truth, answer(made.stack, fresh, 0))).toBeLessThan(1.05 * plain);
  }
  expect(taken).toBeLessThanOrEqual(3);
});

test('few rows, models that all say the same, and short time leave it out', () => {
  const random = stream('stack edges');
  const truth = Float64Array.from({ length: 300 }, () => random.normal());
  const flat = truth.map(() => 1);
  expect(stackedOn({ truth, library: [flat, flat] }, numbers).made).toBeUndefined();
  const timid = [0, 1].map(() => truth.map((y) => 0.3 * y + 0.1 * random.normal()));
  const few = { truth: truth.slice(0, 60), library: timid.map((values) => values.slice(0, 60)) };
  expect(stackedOn(few, numbers).made).toBeUndefined();
  expect(stackedOn({ truth, library: timid }, numbers).made).toBeDefined();
  let clock = 0;
  const late = { ms: 10, now: () => (clock += 100) };
  const parts = Int32Array.from(truth, (_, row) => row % 5);
  expect(
    stackOf({ library: timid, truth, parts, weights: Float64Array.of(0.5, 0.5), against: timid[0], objective: numbers, time: late }),
  ).toBeUndefined();
});
