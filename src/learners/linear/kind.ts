/** Linear regression: the straight-line model for numbers, with or without a ridge penalty. */
import { phrase } from '../../base/words.ts';
import { number } from '../../kind/params.ts';
import { learnerKind } from '../learner-kind.ts';

export const linear = learnerKind({
  id: 'learn.linear',
  version: 1,
  title: 'Linear regression',
  icon: 'line',
  synonyms: ['LinearRegression', 'Ridge', 'RidgeCV', 'OLS', 'Least squares', 'Linear Regression Learner', 'lm', 'Tikhonov', 'Regression'],
  summary: 'Predict a number as a weighted sum of the features; fast, and every weight can be read.',
  tasks: ['regress'],
  params: {
    alpha: number(
      'Ridge penalty (alpha)',
      null,
      'Larger holds the weights nearer to zero; 0 is ordinary least squares. Numbers are standardised first, so the weights are comparable.',
      { auto: 'Choose by leaving one row out', alias: 'alpha', min: 0, max: 1e9, log: true, tune: { min: 1e-4, max: 1e5, log: true } },
    ),
  },
  brief: ({ alpha }) => {
    if (alpha === null) return phrase('brief.ridge-auto', 'ridge, automatic');
    return alpha === 0 ? phrase('brief.ols', 'least squares') : phrase('brief.ridge', 'ridge, alpha {alpha}', { alpha: String(alpha) });
  },
});
