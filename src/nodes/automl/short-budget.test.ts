/** AutoML when the time is over before any trial is: there is a model all the same, and it says what it is. */
import { expect, test } from 'vitest';
import { autoMl } from '../../automl/automl.ts';
import { predictModel } from '../../recipe/predict.ts';
import { lookups } from '../lookup.ts';
import { ask, frame, workOf } from './toy-work.fixture.ts';

/** A fit takes longer than the whole budget. */
const slow = (late: (kind: string, before: number) => boolean) => workOf(3000, late);

test('a straight line is the model where nothing else came to an end, though it did not end in time either', async () => {
  const { work, problems, fitted } = slow((kind, before) => kind === 'learn.boosting' || before < 2);
  const { model } = await autoMl(frame, ask, lookups, work);
  expect(model.learner.kind).toBe('learn.logistic');
  expect(fitted).toEqual(['learn.boosting', 'learn.logistic', 'learn.logistic']);
  expect(problems.map(({ code }) => code)).toEqual(['automl.too-short']);
  const { probabilities } = await predictModel(model, frame.table, lookups);
  expect(probabilities!.length).toBe(2 * frame.table.rowCount);
});

test('where no learner ends, the model says what is usual, and that it does no more', async () => {
  const { work, problems } = slow((kind) => kind !== 'learn.baseline');
  const { model, race } = await autoMl(frame, ask, lookups, work);
  expect(model.learner.kind).toBe('learn.baseline');
  expect(problems[0].message).toContain('only says what is usual');
  expect(race.rows).toHaveLength(1);
});

test('where nothing can be fitted, the race says why', async () => {
  const { work } = slow(() => true);
  await expect(autoMl(frame, ask, lookups, work)).rejects.toMatchObject({ problem: { code: 'automl.no-model' } });
});
