/** Baseline: predicts from the target alone, the score that every other model must beat. */

import { phrase } from '../../base/words.ts';
import { choice } from '../../kind/params.ts';
import { learnerKind } from '../learner-kind.ts';

export const baseline = learnerKind({
  id: 'learn.baseline',
  version: 1,
  title: 'Baseline',
  icon: 'baseline',
  synonyms: [
    'Dummy',
    'DummyClassifier',
    'DummyRegressor',
    'Constant',
    'Majority',
    'Most frequent',
    'ZeroR',
    'Mean',
    'Median',
    'Naive',
    'Null model',
  ],
  summary: 'Predict the most frequent class or the mean, whatever the features: the score to beat.',
  tasks: ['classify', 'regress'],
  params: {
    value: choice(
      'Number predicted',
      'mean',
      'For a numeric target: the mean is best for RMSE, the median for MAE.',
      { mean: 'Mean', median: 'Median' },
      { alias: 'strategy', when: { param: 'task', in: ['auto', 'regress'] } },
    ),
    chance: choice(
      'Probabilities predicted',
      'prior',
      'For classes: the share of each class in training, or all on the most frequent one.',
      { prior: 'Class shares', most_frequent: 'Most frequent class' },
      { alias: 'strategy', when: { param: 'task', in: ['auto', 'classify'] } },
    ),
  },
  brief: (params) =>
    params.value === 'median' ? phrase('brief.median', 'median or class shares') : phrase('brief.mean', 'mean or class shares'),
});
