/** Logistic regression: the straight-line model for classes. */
import { phrase } from '../../base/words.ts';
import { choice, integer, number } from '../../kind/params.ts';
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
  ],
  summary: 'Predict class probabilities from a weighted sum of the features; fast, and every weight can be read.',
  tasks: ['classify'],
  params: {
    c: number(
      'Strength of fit (C)',
      1,
      'Smaller holds the weights nearer to zero (more regularisation). Numbers are standardised first, so the weights are comparable.',
      { alias: 'C', min: 1e-6, max: 1e6, log: true, tune: { min: 1e-4, max: 1e4, log: true } },
    ),
    class_weight: choice(
      'Class weights',
      'none',
      'Balanced makes every class count the same, however rare.',
      { none: 'As in the data', balanced: 'Balanced' },
      { alias: 'class_weight' },
    ),
    max_iterations: integer('Most iterations', 1000, 'Stops earlier when the weights no longer change.', {
      alias: 'max_iter',
      min: 1,
      max: 100000,
      advanced: true,
    }),
  },
  brief: ({ c, class_weight }) => (class_weight === 'balanced' ? phrase('brief.balanced', 'C {c}, balanced', { c: String(c) }) : `C ${c}`),
});
