/** What every learner of the registry must do: a new folder joins by its line in index.ts. */
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../base/problem.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import type { LearnerCode, Matrix, Training } from '../recipe/model.ts';
import { learners } from './index.ts';
import {
  answerOfGraph,
  fittedDigest,
  fitWith,
  labelsOf,
  learnersToTest,
  type MadeUp,
  madeUp,
  numbersIn,
  predictionDigest,
  quietRun,
  tasksOf,
} from './test-learner.ts';

const setsOf = (code: LearnerCode, rows: number): MadeUp[] => [
  ...(tasksOf(code).includes('classify') ? [2, 3].map((classes) => ({ rows, classes, missing: 0.1 })) : []),
  ...(tasksOf(code).includes('regress') ? [{ rows, classes: 0, missing: 0.1 }] : []),
];

/** Probabilities are shares that sum to one; values are finite. */
function expectSound(answer: Float64Array, rows: number, classes: number) {
  expect(answer.length).toBe(rows * Math.max(1, classes));
  expect(answer.every(Number.isFinite)).toBe(true);
  if (classes === 0) return;
  for (let i = 0; i < rows; i++) {
    const row = answer.subarray(i * classes, (i + 1) * classes);
    expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  }
}

for (const { kind, code, params, name, fitting } of await learnersToTest(learners)) {
  const made = (set: MadeUp): Training => {
    const data = madeUp(code, set);
    return { ...data, y: fitting(data.y) };
  };
  describe(name, () => {
    it('is a complete kind', () => {
      expect(kind.group).toBe('learners');
      expect(kind.inputs.map((port) => port.id)).toEqual(['table']);
      expect(kind.outputs.map((port) => port.id)).toEqual(['learner', 'model']);
      expect(Object.keys(kind.params)).toEqual(expect.arrayContaining(['target', 'features']));
      expect(kind.synonyms.length).toBeGreaterThan(3);
      expect(kind.brief?.(defaults(kind.params))).toBeTruthy();
    });

    it('learns, gives sound answers, and the same ones twice, from plain data', async () => {
      for (const set of setsOf(code, 150)) {
        const data = made(set);
        const fitted = await fitWith(kind, code, data, params);
        const again = await fitWith(kind, code, data, params);
        const answer = code.predict(fitted, data.X, set.classes);
        expectSound(numbersIn(answer), 150, set.classes);
        expect(fittedDigest(again)).toBe(fittedDigest(fitted));
        expect(predictionDigest(code.predict(structuredClone(fitted), data.X, set.classes))).toBe(predictionDigest(answer));
        // A row's answer does not depend on the rows beside it.
        const one: Matrix = { rows: 1, cols: data.X.cols, values: data.X.values.slice(0, data.X.cols) };
        const width = Math.max(1, set.classes);
        expect([...numbersIn(code.predict(fitted, one, set.classes))]).toEqual([...numbersIn(answer).subarray(0, width)]);
      }
    });

    it('answers in onnxruntime as here: labels equal, |Δ| ≤ 1e-6 + 1e-5 relative', async () => {
      for (const set of setsOf(code, 150)) {
        const data = made(set);
        const fitted = await fitWith(kind, code, data, params);
        const here = numbersIn(code.predict(fitted, data.X, set.classes));
        const there = await answerOfGraph(code, fitted, data.X, set.classes);
        expect(there.length).toBe(here.length);
        here.forEach((value, i) => {
          expect(Math.abs(there[i] - value)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(value));
        });
        if (set.classes > 0) expect(labelsOf(there, set.classes)).toEqual(labelsOf(here, set.classes));
      }
    });

    it('bears a constant feature, one row, few rows, a class without rows, and one class alone', async () => {
      for (const set of setsOf(code, 30)) {
        const constant = made(set);
        for (let i = 0; i < 30; i++) constant.X.values[i * constant.X.cols + 2] = 7;
        expectSound(numbersIn(code.predict(await fitWith(kind, code, constant, params), constant.X, set.classes)), 30, set.classes);
        for (const rows of [1, 2, 5]) {
          const few = made({ ...set, rows, missing: 0 });
          expectSound(numbersIn(code.predict(await fitWith(kind, code, few, params), few.X, set.classes)), rows, set.classes);
        }
        if (set.classes === 0) {
          const flat = made(set);
          flat.y.fill(4.25);
          for (const value of numbersIn(code.predict(await fitWith(kind, code, flat, params), flat.X, 0)))
            expect(value).toBeCloseTo(4.25, 4);
          continue;
        }
        for (const present of [[0], [set.classes - 1], [0, set.classes - 1]]) {
          const data = made(set);
          data.y.forEach((_, i) => {
            data.y[i] = present[i % present.length];
          });
          const answer = numbersIn(code.predict(await fitWith(kind, code, data, params), data.X, set.classes));
          expectSound(answer, 30, set.classes);
          expect(answer.every((p, i) => present.includes(i % set.classes) || p === 0)).toBe(true);
        }
      }
    });

    it('takes no features either as an answer without them or as a Problem', async () => {
      for (const set of setsOf(code, 20)) {
        const data = made({ ...set, cols: 0 });
        const fitted = await fitWith(kind, code, data, params).catch((error: unknown) => error);
        if (fitted instanceof ProblemError) continue;
        expectSound(numbersIn(code.predict(fitted, data.X, set.classes)), 20, set.classes);
      }
    });

    it('with a weight of zero does as without the row', async () => {
      for (const set of setsOf(code, 60)) {
        const data = { ...made(set), weight: Float64Array.from({ length: 60 }, (_, i) => (i < 40 ? 1 : 0)) };
        const other = { ...data, y: data.y.map((v, i) => (i < 40 ? v : set.classes > 0 ? 0 : 1e4)) };
        const own: ParamValues = { ...params, ...(kind.params.early_stopping ? { early_stopping: false } : {}) };
        const a = numbersIn(code.predict(await fitWith(kind, code, data, own), data.X, set.classes));
        const b = numbersIn(code.predict(await fitWith(kind, code, other, own), data.X, set.classes));
        expect([...b]).toEqual([...a]);
      }
    });

    it('stops when asked', async () => {
      for (const set of setsOf(code, 80)) {
        const data = made(set);
        const fitted = await fitWith(kind, code, data, params, quietRun('s', { stopRequested: () => true }));
        expectSound(numbersIn(code.predict(fitted, data.X, set.classes)), 80, set.classes);
      }
    });
  });
}
