/** The list starts with what the model got most wrong. */
import { expect, it } from 'vitest';
import { orderRows } from './order-rows.ts';

const base = { name: 'm', ids: Int32Array.of(0, 1, 2), metrics: {}, notes: [] };

it('orders classified rows by the probability that the truth was denied', () => {
  const model = {
    ...base,
    truth: Float64Array.of(0, 1, 1),
    predicted: Float64Array.of(0, 0, 1),
    probabilities: Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.4, 0.6),
  };
  expect([...orderRows(model, model.predicted, true, 2)]).toEqual([1, 2, 0]);
  expect([...orderRows(model, model.predicted, true, 2, Int32Array.of(0, 2))]).toEqual([2, 0]);
});

it('orders regression rows by absolute error and leaves out what is unknown, but not a true value of -1', () => {
  const model = { ...base, truth: Float64Array.of(-1, Number.NaN, 3), predicted: Float64Array.of(1, 1, 3.5) };
  expect([...orderRows(model, model.predicted, false, 0)]).toEqual([0, 2]);
});
