/** Nearest neighbours: votes by hand, equal rows share their votes, weights, large models in blocks, and the graph agrees in every setting. */
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../../kind/params.ts';
import { answerOfGraph, fitWith, madeUp, numbersIn } from '../test-learner.ts';
import type { FittedNeighbours } from './fit.ts';
import { nearestNeighbours as kind } from './kind.ts';
import * as code from './learner.ts';

const f64 = (...values: number[]) => Float64Array.from(values);
const line = (x: number[], y: number[], classCount: number, weight?: number[]) => ({
  X: { rows: x.length, cols: 1, values: f64(...x) },
  y: f64(...y),
  classCount,
  featureNames: ['x'],
  ...(weight ? { weight: f64(...weight) } : {}),
});
const at = (...x: number[]) => ({ rows: x.length, cols: 1, values: f64(...x) });
const close = (answer: Float64Array, wanted: number[]) => {
  expect(answer.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(answer[i]).toBeCloseTo(value, 6);
  });
};

describe('votes', () => {
  const data = line([0, 1, 2, 10, 11], [0, 0, 1, 1, 1], 2);

  it('are the shares of the k nearest rows', async () => {
    const fitted = await fitWith(kind, code, data, { k: 3, smoothing: 0 });
    close(numbersIn(code.predict(fitted, at(0.4, 10.4), 2)), [2 / 3, 1 / 3, 0, 1]);
  });

  it('with smoothing are as if average rows were there too', async () => {
    const fitted = await fitWith(kind, code, data, { k: 3, smoothing: 2 });
    close(numbersIn(code.predict(fitted, at(10.4), 2)), [(2 * 2) / 5 / 5, (3 + (2 * 3) / 5) / 5]);
  });

  it('by distance count more when nearer, and alone when at the very place', async () => {
    const numbers = line([0, 1, 4], [10, 20, 50], 0);
    const fitted = await fitWith(kind, code, numbers, { k: 2, weights: 'distance' });
    close(numbersIn(code.predict(fitted, at(0.25, 1), 0)), [(10 / 0.25 + 20 / 0.75) / (1 / 0.25 + 1 / 0.75), 20]);
  });

  it('of equal rows are shared: none is preferred for where it stands in the table', async () => {
    const equal = line([5, 5, 5, 5, 9], [0, 0, 1, 1, 1], 2);
    const fitted = (await fitWith(kind, code, equal, { k: 2, smoothing: 0 })) as FittedNeighbours;
    expect(fitted.points.count).toBe(2);
    close(numbersIn(code.predict(fitted, at(5), 2)), [0.5, 0.5]);
    const more = await fitWith(kind, code, equal, { k: 5, smoothing: 0 });
    close(numbersIn(code.predict(more, at(5), 2)), [2 / 5, 3 / 5]);
  });

  it('count by the weight of their rows', async () => {
    const weighted = line([0, 1, 2], [0, 1, 1], 2, [3, 1, 0]);
    const fitted = await fitWith(kind, code, weighted, { k: 2, smoothing: 0 });
    close(numbersIn(code.predict(fitted, at(2), 2)), [3 / 4, 1 / 4]);
  });
});

describe('the graph', () => {
  it('answers as here with every setting, over several blocks of points, with many equally near', async () => {
    for (const classes of [0, 3]) {
      const data = madeUp(code, { rows: 2100, cols: 3, classes });
      const some = { rows: 90, cols: 3, values: data.X.values.slice(0, 270).map((v, i) => (i % 7 === 0 ? v + 0.025 : v)) };
      const settings: ParamValues[] = [{ k: 1 }, { k: 12 }, { k: 12, weights: 'distance' }, { k: 500 }];
      for (const params of settings) {
        const fitted = await fitWith(kind, code, data, params);
        const here = numbersIn(code.predict(fitted, some, classes));
        const there = await answerOfGraph(code, fitted, some, classes);
        here.forEach((value, i) => {
          expect(Math.abs(value - there[i])).toBeLessThanOrEqual(1e-7 + 1e-6 * Math.abs(value));
        });
      }
    }
  });
});

describe('how many', () => {
  it('is few for sharp borders and many for noise', async () => {
    const sharp = madeUp(code, { rows: 600, cols: 1, classes: 0 });
    sharp.y.forEach((_, i) => {
      sharp.y[i] = Math.floor(sharp.X.values[i] * 4) % 2;
    });
    const noisy = madeUp(code, { rows: 600, cols: 1, classes: 0 });
    noisy.y.forEach((_, i) => {
      noisy.y[i] = (i * 7919) % 101;
    });
    const [few, lots] = [await fitWith(kind, code, sharp), await fitWith(kind, code, noisy)] as FittedNeighbours[];
    expect(few.k).toBeLessThan(lots.k);
    expect(lots.k).toBeGreaterThanOrEqual(50);
  });

  it('is judged by rows that do not vote for themselves, and leaves their votes as they were', async () => {
    // Every row is alone with its class: one neighbour is the row itself, and knows it only when it votes for itself.
    const random = line([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 1, 1, 0, 1, 0, 0, 1, 1, 0], 2);
    const fitted = (await fitWith(kind, code, random)) as FittedNeighbours;
    expect(fitted.k).toBeGreaterThan(1);
    expect([...fitted.votes]).toEqual([...random.y].flatMap((c) => (c === 0 ? [1, 0] : [0, 1])));
    expect([...fitted.counts]).toEqual(new Array(10).fill(1));
  });
});

it('says how much the model keeps', async () => {
  const fitted = await fitWith(kind, code, madeUp(code, { rows: 200, classes: 2 }));
  expect(code.notes(fitted)).toMatchObject([{ code: 'note.keeps-rows' }]);
});
