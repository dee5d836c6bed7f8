/** Linear regression: the straight-line model for numbers, plain or with a ridge, lasso or elastic net penalty. */
import { phrase } from '../../base/words.ts';
import { choice, number, seed } from '../../kind/params.ts';
import { learnerKind } from '../learner-kind.ts';

export const linear = learnerKind({
  id: 'learn.linear',
  version: 1,
  title: 'Linear regression',
  icon: 'line',
  synonyms: [
    'LinearRegression',
    'Ridge',
    'RidgeCV',
    'Lasso',
    'LassoCV',
    'ElasticNet',
    'ElasticNetCV',
    'OLS',
    'Least squares',
    'Linear Regression Learner',
    'lm',
    'glmnet',
    'Tikhonov',
    'L1 regularization',
    'Regression',
  ],
  summary: 'Predict a number as a weighted sum of the features; fast, and every weight can be read.',
  tags: { random: true },
  tasks: ['regress'],
  params: {
    penalty: choice(
      'Penalty',
      'ridge',
      'What holds the weights back. Ridge makes all smaller; lasso leaves out features whose weight is not worth it; elastic net does both and keeps features together that vary together.',
      { none: 'None (least squares)', ridge: 'Ridge (L2)', lasso: 'Lasso (L1)', 'elastic-net': 'Elastic net (L1 and L2)' },
      { alias: 'penalty' },
    ),
    alpha: number(
      'Ridge penalty (alpha)',
      null,
      'Larger holds the weights nearer to zero; 0 is ordinary least squares. Numbers are standardised first, so the weights are comparable.',
      {
        auto: 'Choose by leaving one row out',
        alias: 'alpha',
        min: 0,
        max: 1e9,
        log: true,
        tune: { min: 1e-4, max: 1e5, log: true },
        when: { param: 'penalty', in: ['ridge'] },
      },
    ),
    l1_alpha: number(
      'Penalty (alpha)',
      null,
      'Larger leaves out more features. It stands beside half the mean squared error, as in scikit-learn’s Lasso, so its size depends on the unit of the target.',
      {
        auto: 'Choose by cross-validation',
        alias: 'alpha',
        min: 0,
        max: 1e9,
        log: true,
        tune: { min: 1e-4, max: 10, log: true },
        when: { param: 'penalty', in: ['lasso', 'elastic-net'] },
      },
    ),
    l1_ratio: number('Share of lasso', 0.5, '1 is lasso alone; near 0 it is almost ridge.', {
      alias: 'l1_ratio',
      min: 0.01,
      max: 1,
      step: 0.05,
      tune: { min: 0.1, max: 1 },
      when: { param: 'penalty', in: ['elastic-net'] },
    }),
    seed: seed('Seed', 'Draws the parts of the cross-validation.', {
      advanced: true,
      when: { param: 'penalty', in: ['lasso', 'elastic-net'] },
    }),
  },
  brief: ({ penalty, alpha, l1_alpha }) => {
    const value = String(penalty === 'ridge' ? alpha : l1_alpha);
    if (penalty === 'lasso')
      return l1_alpha === null
        ? phrase('brief.lasso-auto', 'lasso, automatic')
        : phrase('brief.lasso', 'lasso, alpha {alpha}', { alpha: value });
    if (penalty === 'elastic-net')
      return l1_alpha === null
        ? phrase('brief.elastic-net-auto', 'elastic net, automatic')
        : phrase('brief.elastic-net', 'elastic net, alpha {alpha}', { alpha: value });
    if (penalty === 'none' || alpha === 0) return phrase('brief.ols', 'least squares');
    return alpha === null
      ? phrase('brief.ridge-auto', 'ridge, automatic')
      : phrase('brief.ridge', 'ridge, alpha {alpha}', { alpha: value });
  },
});
