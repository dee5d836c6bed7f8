/** Logistic regression: the straight-line model for classes. */
import { phrase } from '../../base/words.ts';
import { choice, number } from '../../kind/params.ts';
import { classWeight, iterations } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';

export const logistic = learnerKind({
  id: 'learn.logistic',
  version: 1,
  title: 'Logistic regression',
  icon: 'logistic',
  synonyms: [
    'LogisticRegression',
    'Logit',
    'Two-Class Logistic Regression',
    'Multiclass Logistic Regression',
    'Softmax regression',
    'Maximum entropy',
    'Logistic Regression Learner',
    'Classification',
    'glm binomial',
    'L1 logistic regression',
    'LogisticRegressionCV',
  ],
  summary: 'Predict class probabilities from a weighted sum of the features; fast, and every weight can be read.',
  tasks: ['classify'],
  params: {
    penalty: choice(
      'Penalty',
      'l2',
      'What holds the weights back. L2 makes all smaller; L1 leaves out features whose weight is not worth it; elastic net does both.',
      { none: 'None', l2: 'L2 (ridge)', l1: 'L1 (lasso)', 'elastic-net': 'Elastic net (L1 and L2)' },
      { alias: 'penalty' },
    ),
    c: number(
      'Strength of fit (C)',
      1,
      'Smaller holds the weights nearer to zero (more regularisation). Numbers are standardised first, so the weights are comparable.',
      {
        alias: 'C',
        min: 1e-6,
        max: 1e6,
        log: true,
        tune: { min: 1e-4, max: 1e4, log: true },
        when: { param: 'penalty', in: ['l2', 'l1', 'elastic-net'] },
      },
    ),
    l1_ratio: number('Share of L1', 0.5, '1 is L1 alone, 0 is L2 alone.', {
      alias: 'l1_ratio',
      min: 0,
      max: 1,
      step: 0.05,
      tune: { min: 0, max: 1 },
      when: { param: 'penalty', in: ['elastic-net'] },
    }),
    class_weight: classWeight(),
    ...iterations(1e-7),
  },
  brief: ({ c, class_weight, penalty }) => {
    const strength =
      { none: phrase('brief.no-penalty', 'no penalty'), l1: `L1, C ${c}`, 'elastic-net': `L1 + L2, C ${c}` }[String(penalty)] ?? `C ${c}`;
    return class_weight === 'balanced' ? phrase('brief.balanced', '{strength}, balanced', { strength }) : strength;
  },
});
