/** Categories as they are: splits by sets, unseen and missing codes, and that onnxruntime goes the same way. */
import { describe, expect, it } from 'vitest';
import { log2 } from '../../base/float.ts';
import { stream } from '../../base/random.ts';
import { aucOfClass, classColumn } from '../../metrics/probability.ts';
import type { Training } from '../../recipe/model.ts';
import { answerOfGraph, fitWith, numbersIn } from '../test-learner.ts';
import type { FittedBoosting } from './fit.ts';
import { boosting } from './kind.ts';
import * as code from './learner.ts';

const fitBoosting = (data: Training, params = {}) => fitWith(boosting, code, data, params) as Promise<FittedBoosting>;
const answers = (fitted: FittedBoosting, data: Training) => [...numbersIn(code.predict(fitted, data.X, data.classCount))];

/** Column 0: a code among `levels`, each with an effect of its own; column 1: a number; column 2: one of three categories. */
function made(rows: number, levels: number, classCount: number, missing = 0.1, seed = 'a'): Training {
  const random = stream('categories', seed);
  const draw = stream('effects', levels);
  const effects = Float64Array.from({ length: levels }, () => draw.normal());
  const values = new Float32Array(rows * 3);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const level = random.below(levels);
    values.set([level, random.normal(), random.below(3)], i * 3);
    const score = 2 * effects[level] + values[i * 3 + 1] + (values[i * 3 + 2] === 1 ? 1 : 0) + 0.3 * random.normal();
    y[i] = classCount === 0 ? score : score > 0 ? 1 : 0;
    for (const j of [0, 2]) if (random.uniform() < missing) values[i * 3 + j] = Number.NaN;
  }
  return {
    X: { rows, cols: 3, values },
    y,
    classCount,
    featureNames: ['level', 'number', 'kind'],
    types: ['category', 'number', 'category'],
    categories: [levels, 0, 3],
  };
}

/** The same rows with codes that no learning row had. */
const strange = (data: Training): Training => {
  const values = data.X.values.slice() as Float32Array;
  for (let i = 0; i < data.X.rows; i++) if (i % 3 === 0) values[i * 3] = Number.NaN;
  return { ...data, X: { ...data.X, values } };
};

describe('categories', () => {
  it('are split by sets in one question each, and named once among the importances', async () => {
    const data = made(600, 8, 0, 0);
    const fitted = await fitBoosting(data, { rounds: 1, leaves: 2, min_leaf: 5, learning_rate: 1 });
    const { forest } = fitted;
    expect(forest.setOf?.[0]).toBe(0);
    expect(forest.sets?.length).toBe(32);
    const left = [0, 1, 2, 3, 4, 5, 6, 7].filter((c) => ((forest.sets![c >> 3] >> (c & 7)) & 1) === 1);
    const means = Array.from({ length: 8 }, (_, c) => {
      const rows = [...data.y.keys()].filter((i) => data.X.values[i * 3] === c);
      return rows.reduce((sum, i) => sum + data.y[i] / rows.length, 0);
    });
    // The best set is a run of the categories in the order of their means.
    const order = [...means.keys()].sort((a, b) => means[a] - means[b]);
    const places = left.map((c) => order.indexOf(c)).sort((a, b) => a - b);
    expect(places.every((place, i) => i === 0 || place === places[i - 1] + 1)).toBe(true);
    expect(places[0] === 0 || places[places.length - 1] === 7).toBe(true);
    expect(code.importances?.(fitted, data.featureNames).map(({ name }) => name)).toEqual(['level', 'number', 'kind']);
  });

  it('of many levels are learned better than by their codes as numbers', async () => {
    const train = made(3000, 150, 2);
    const test = made(3000, 150, 2, 0.1, 'b');
    const aucOf = async (data: Training) =>
      aucOfClass(test.y, classColumn(numbersIn(code.predict(await fitBoosting(data), test.X, 2)), 2, 1), 1);
    const bySets = await aucOf(train);
    const byNumbers = await aucOf({ ...train, categories: [0, 0, 0] });
    expect(bySets).toBeGreaterThan(0.85);
    expect(bySets).toBeGreaterThan(byNumbers + 0.02);
  });

  it('of noise are not learned by heart', async () => {
    const random = stream('noise');
    const noise = made(2000, 200, 2, 0);
    const data = { ...noise, y: noise.y.map(() => random.below(2)) };
    const fitted = await fitBoosting(data, { rounds: 20 });
    const fresh = made(2000, 200, 2, 0, 'c');
    const found = numbersIn(code.predict(fitted, fresh.X, 2));
    const loss = [...found.keys()]
      .filter((i) => i % 2 === 1)
      .reduce((sum, i) => sum - log2(random.below(2) ? found[i] : 1 - found[i]) / 2000, 0);
    expect(loss).toBeLessThan(1.15);
  });

  for (const classCount of [0, 2]) {
    for (const levels of [2, 3, 33, 70, 254]) {
      it(`${levels} of them go in onnxruntime where they go here, missing and unseen too (${classCount || 'no'} classes)`, async () => {
        const data = made(1500, levels, classCount);
        const fitted = await fitBoosting(data, { rounds: 15, min_leaf: 5 });
        if (levels > 2) expect(fitted.forest.setOf?.some((set) => set >= 0)).toBe(true);
        for (const rows of [data, strange(data)]) {
          const here = answers(fitted, rows);
          const there = await answerOfGraph(code, fitted, rows.X, classCount);
          if (classCount === 0) expect([...there]).toEqual(here);
          here.forEach((value, i) => {
            expect(Math.abs(there[i] - value)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(value));
          });
        }
      });
    }
  }

  it('missing in learning goes its own way, and where it was never seen with the majority', async () => {
    const values = Float32Array.from([...Array(30).fill(0), ...Array(30).fill(1), ...Array(30).fill(Number.NaN)]);
    const y = Float64Array.from({ length: 90 }, (_, i) => (i < 30 ? 1 : i < 60 ? 2 : 30));
    const data: Training = { X: { rows: 90, cols: 1, values }, y, classCount: 0, featureNames: ['c'], categories: [2] };
    const fitted = await fitBoosting(data, { rounds: 1, leaves: 3, learning_rate: 1, min_leaf: 5 });
    const found = answers(fitted, data);
    expect([found[0], found[30], found[60]].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([1, 2, 30]);
    expect([...(await answerOfGraph(code, fitted, data.X, 0))]).toEqual(found);
    const some = { ...data, X: { rows: 50, cols: 1, values: values.slice(10, 60) }, y: y.slice(10, 60) };
    const never = await fitBoosting(some, { rounds: 1, leaves: 2, learning_rate: 1, min_leaf: 5 });
    expect(answers(never, data)[89]).toBeCloseTo(2, 5);
  });
});
