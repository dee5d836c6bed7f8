/** Every forecasting method keeps the contract. */
import { expect, it } from 'vitest';
import { FORECAST_METHODS } from './index.ts';
import { methodContract } from './method.contract.ts';

it('no two methods have the same id', () => {
  expect(new Set(FORECAST_METHODS.map(({ id }) => id)).size).toBe(FORECAST_METHODS.length);
});

for (const { id } of FORECAST_METHODS) methodContract(id);
