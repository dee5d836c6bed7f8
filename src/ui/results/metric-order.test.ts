/** Better is better, whichever way the metric runs. */
import { expect, it } from 'vitest';
import { compareMetric, metricNames, ranked } from './metric-order.ts';

it('knows which way is better', () => {
  expect(compareMetric('auc', 0.9, 0.8)).toBeGreaterThan(0);
  expect(compareMetric('rmse', 0.9, 0.8)).toBeLessThan(0);
  expect(compareMetric('rmse', undefined, 0.8)).toBeLessThan(0);
  expect(compareMetric('auc', Number.NaN, Number.NaN)).toBe(0);
});

it('puts the primary metric first and unknown ones last', () => {
  expect(metricNames({ own: 1, brier: 1, accuracy: 1, log_loss: 1 }, 'log_loss')).toEqual(['log_loss', 'accuracy', 'brier', 'own']);
});

it('ranks models', () => {
  const one = (name: string, rmse: number) => ({
    name,
    ids: new Int32Array(),
    truth: new Float64Array(),
    predicted: new Float64Array(),
    metrics: { rmse },
    notes: [],
  });
  const order = ranked({ task: 'regress', target: 'y', primary: 'rmse', models: [one('a', 3), one('b', 1), one('c', 2)] });
  expect(order.map((m) => m.name)).toEqual(['b', 'c', 'a']);
});
