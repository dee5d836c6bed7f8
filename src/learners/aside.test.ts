/** Learners that are given the rows that say when to stop: they stop by them, and learn nothing from them. */
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../kind/params.ts';
import type { Training } from '../recipe/model.ts';
import { learners } from './index.ts';
import { fitWith, learnersToTest, madeUp, numbersIn } from './test-learner.ts';

const ROWS = 300;
const ASIDE = 60;
/** Per learner: the parameter that counts its steps, where the fitted model says how many it kept, and settings under which the steps do not depend on their number. */
const STEPS: Record<string, { param: string; kept: string; params: ParamValues }> = {
  'learn.boosting': { param: 'rounds', kept: 'rounds', params: { rounds: 400, patience: 15, min_leaf: null, row_share: 0.8 } },
  'learn.neural-network': {
    param: 'epochs',
    kept: 'epochs',
    params: { epochs: 60, patience: 8, schedule: 'constant', engine: 'millrace', learning_rate: 0.02 },
  },
};

const withTargets = (data: Training, of: (y: number, row: number) => number): Training => ({
  ...data,
  y: data.y.map((y, row) => (row < ROWS ? y : of(y, row))),
});

const told = (await learnersToTest(learners)).filter(({ code }) => code.judgesAside);

it('boosting and the neural network are among them', () => {
  expect(told.map(({ kind }) => kind.id).sort()).toEqual(Object.keys(STEPS).sort());
});

for (const { kind, code } of told) {
  describe(kind.id, () => {
    const { param, kept, params } = STEPS[kind.id];
    for (const classes of [0, 3]) {
      it(`${classes === 0 ? 'numbers' : 'classes'}: what is kept is what the same steps on the learning rows alone give`, async () => {
        const all = madeUp(code, { rows: ROWS + ASIDE, classes });
        const aside = Int32Array.from({ length: ASIDE }, (_, i) => ROWS + i);
        const alone: Training = {
          ...all,
          X: { ...all.X, rows: ROWS, values: all.X.values.slice(0, ROWS * all.X.cols) },
          y: all.y.slice(0, ROWS),
        };
        const own: ParamValues = { ...params, early_stopping: true, ...(classes > 0 ? { class_weight: 'balanced' } : {}) };
        const steps = async (data: Training) => Number(((await fitWith(kind, code, data, own)) as Record<string, unknown>)[kept]);
        const fitted = await fitWith(kind, code, { ...all, aside }, own);
        const count = Number((fitted as Record<string, unknown>)[kept]);
        expect(count).toBeLessThan(Number(params[param]));
        const plain = await fitWith(kind, code, alone, { ...own, early_stopping: false, [param]: count });
        expect([...numbersIn(code.predict(fitted, all.X, classes))]).toEqual([...numbersIn(code.predict(plain, all.X, classes))]);
        // Rows whose targets have nothing to do with the features say: stop at once.
        const misleading = withTargets({ ...all, aside }, (y, row) => (classes > 0 ? (row * 7) % classes : 20 - y));
        expect(await steps(misleading)).toBeLessThan(count);
      });
    }
  });
}

it('the neural network knows what each half of the rows alone would have chosen, and drops it from what is kept', async () => {
  const { kind, code } = told.find(({ kind: { id } }) => id === 'learn.neural-network')!;
  const params: ParamValues = { ...STEPS[kind.id].params, epochs: 25, patience: 25, early_stopping: true };
  const all = madeUp(code, { rows: ROWS + ASIDE, classes: 3 });
  const stopping = (from: number, asideHalf?: Uint8Array): Training => {
    const rows = [
      ...Array.from({ length: ROWS }, (_, i) => i),
      ...Array.from({ length: asideHalf ? ASIDE : ASIDE / 2 }, (_, i) => from + i),
    ];
    const { cols, values } = all.X;
    return {
      ...all,
      X: { rows: rows.length, cols, values: Float64Array.from(rows.flatMap((row) => [...values.subarray(row * cols, (row + 1) * cols)])) },
      y: Float64Array.from(rows, (row) => all.y[row]),
      aside: Int32Array.from(rows.keys()).slice(ROWS),
      ...(asideHalf ? { asideHalf } : {}),
    };
  };
  const answers = (fitted: unknown) => [...numbersIn(code.predict(fitted, all.X, 3))];
  const both = code.stoppedByHalves!(
    await fitWith(
      kind,
      code,
      stopping(
        ROWS,
        Uint8Array.from({ length: ASIDE }, (_, i) => (i < ASIDE / 2 ? 0 : 1)),
      ),
      params,
    ),
  );
  expect(both.halves).toHaveLength(2);
  expect(answers(both.halves![0])).not.toEqual(answers(both.halves![1]));
  for (const half of [0, 1]) {
    const alone = await fitWith(kind, code, stopping(ROWS + (half * ASIDE) / 2), params);
    expect(answers(both.halves![half])).toEqual(answers(alone));
    expect(code.stoppedByHalves!(alone).halves).toBeUndefined();
  }
  expect(both.fitted).not.toHaveProperty('halves');
});
