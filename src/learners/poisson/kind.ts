/** Poisson regression: the straight-line model for counts and rates, on a logarithmic scale. */
import { phrase } from '../../base/words.ts';
import { number } from '../../kind/params.ts';
import { iterations } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';

export const poisson = learnerKind({
  id: 'learn.poisson',
  version: 1,
  title: 'Poisson regression',
  icon: 'counts',
  synonyms: [
    'PoissonRegressor',
    'Count regression',
    'GLM',
    'Generalized linear model',
    'glm poisson',
    'Log-linear model',
    'Claim frequency',
    'Exposure',
  ],
  summary:
    'Predict counts or rates, never below zero: each feature multiplies the answer. For rates, divide the counts by the exposure and give the exposure the role weight.',
  tasks: ['regress'],
  params: {
    alpha: number(
      'L2 penalty (alpha)',
      0.001,
      'Larger holds the weights nearer to zero. It stands beside half the mean deviance, as in scikit-learn. Numbers are standardised first, so the weights are comparable.',
      { alias: 'alpha', min: 0, max: 1e6, log: true, tune: { min: 1e-6, max: 10, log: true } },
    ),
    ...iterations(1e-7),
  },
  brief: ({ alpha }) => phrase('brief.l2', 'L2, alpha {alpha}', { alpha: String(alpha) }),
});
