/** A random forest spread over workers is the one grown in one place, bit by bit, and judges its own rows out of bag. */
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun } from '../../recipe/model.ts';
import { fittedDigest, fitWith, madeUp, quietRun } from '../test-learner.ts';
import type { FittedRandomForest } from './fit.ts';
import { randomForest } from './kind.ts';
import * as code from './learner.ts';

const learn = (data: ReturnType<typeof madeUp>, params: ParamValues, run = quietRun()) =>
  fitWith(randomForest, code, data, params, run) as Promise<FittedRandomForest>;

/** Workers as the engine has them: what goes to a part and what it answers are copies, and the later parts answer first. */
function workers(width: number, more: Partial<FitRun> = {}) {
  const asked: string[] = [];
  const spread = async (part: string, args: unknown) => {
    const place = asked.push(part);
    const own = structuredClone(args);
    await new Promise((resolve) => setTimeout(resolve, 30 / place));
    return structuredClone(await code.parts![part](own, quietRun('of the part')));
  };
  return { asked, run: quietRun('s', { width, spread, ...more }) };
}

describe('a spread forest', () => {
  for (const classes of [0, 3]) {
    it(`of ${classes || 'no'} classes has the same bits with 1, 2 and 5 workers`, async () => {
      const data = madeUp(code, { rows: 4000, cols: 10, classes, missing: 0.05 });
      const params = { trees: 73, min_leaf: 1 };
      const digest = fittedDigest(await learn(data, params));
      for (const width of [2, 5]) {
        const { asked, run } = workers(width);
        expect(fittedDigest(await learn(data, params, run))).toEqual(digest);
        expect(asked.length).toBeGreaterThan(width - 1);
      }
    });
  }

  it('is not spread where that would cost more than it saves', async () => {
    const { asked, run } = workers(4);
    await learn(madeUp(code, { rows: 100, classes: 2 }), { trees: 10 }, run);
    expect(asked).toEqual([]);
  });

  it('keeps the trees that are there when it is stopped', async () => {
    let calls = 0;
    const { run } = workers(2, { stopRequested: () => ++calls > 1 });
    const fitted = await learn(madeUp(code, { rows: 4000, cols: 10, classes: 2 }), { trees: 80 }, run);
    expect(fitted.forest.roots.length).toBeGreaterThan(0);
    expect(fitted.forest.roots.length).toBeLessThan(80);
    expect(fitted.curve.at(-1)!.x).toBe(fitted.forest.roots.length);
  });
});

describe('out of bag', () => {
  it('rows are judged about as well as new ones, not as those learned from', async () => {
    for (const classes of [0, 2]) {
      const data = madeUp(code, { rows: 1500, classes });
      const test = madeUp(code, { rows: 1500, classes, seed: 'b' });
      const fitted = await learn(data, { trees: 60, min_leaf: 1 });
      const miss = (X: typeof data.X, y: Float64Array) => {
        const { values, probabilities } = code.predict(fitted, X, classes);
        if (values) return Math.sqrt(values.reduce((sum, v, i) => sum + (v - y[i]) ** 2, 0) / y.length);
        return y.reduce((sum, k, i) => sum + (probabilities![2 * i + k] < 0.5 ? 1 : 0), 0) / y.length;
      };
      const { error, values } = fitted.outOfBag!;
      expect(Math.abs(error / miss(test.X, test.y) - 1)).toBeLessThan(0.15);
      expect(error).toBeGreaterThan(1.5 * miss(data.X, data.y));
      expect(values.length).toBe(1500 * Math.max(1, classes));
      expect(values.every((v) => Number.isFinite(v))).toBe(true);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      expect(Math.abs(mean - (classes === 0 ? 10 : 0.5))).toBeLessThan(0.5);
      const [note] = code.notes!(fitted);
      expect(note).toMatchObject({ code: classes === 0 ? 'forest.out-of-bag-numbers' : 'forest.out-of-bag-classes' });
    }
  });

  it('nothing is said where every tree learns from every row', async () => {
    const fitted = await learn(madeUp(code, { rows: 200, classes: 2 }), { trees: 5, bootstrap: false });
    expect(fitted.outOfBag).toBeUndefined();
    expect(fitted.curve).toEqual([]);
    expect(code.notes!(fitted)).toEqual([]);
  });
});

describe('what the features say of a row', () => {
  for (const classes of [0, 3]) {
    it(`adds up from the mean to its answer (${classes || 'no'} classes)`, async () => {
      const data = madeUp(code, { rows: 150, cols: 4, classes, missing: 0.1 });
      const fitted = await learn(data, { trees: 7 });
      const { values, expected, unit } = code.contributions!(fitted, data.X, classes, new Float64Array(4));
      expect(unit).toBe(classes > 0 ? 'share' : 'amount');
      const { probabilities, values: numbers } = code.predict(fitted, data.X, classes);
      const answers = probabilities ?? numbers!;
      const outputs = Math.max(1, classes);
      expect(expected.length).toBe(outputs);
      answers.forEach((answer, at) => {
        const own = values.subarray(at * 4, at * 4 + 4).reduce((sum, v) => sum + v, expected[at % outputs]);
        expect(own).toBeCloseTo(answer, 5);
      });
    });
  }
});
