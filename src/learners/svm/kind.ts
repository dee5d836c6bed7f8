/** Linear support vector machine: the straight border with the widest margin, or a straight line with a tube around it. */
import { phrase } from '../../base/words.ts';
import { number, seed } from '../../kind/params.ts';
import { classWeight, FOR_CLASSES, iterations } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';

export const svm = learnerKind({
  id: 'learn.svm',
  version: 1,
  title: 'Linear SVM',
  icon: 'margin',
  synonyms: [
    'LinearSVC',
    'LinearSVR',
    'Support vector machine',
    'Support vector regression',
    'Two-Class Support Vector Machine',
    'Averaged Perceptron',
    'Perceptron',
    'SGDClassifier',
    'SGDRegressor',
    'Stochastic Gradient Descent',
    'SVM Learner',
    'Hinge loss',
    'Maximum margin',
  ],
  summary:
    'Part classes by the straight border with the widest margin, or predict a number by a line that small errors do not move. Probabilities come from a sigmoid, fitted on rows that inner fits have not seen.',
  tags: { random: true },
  tasks: ['classify', 'regress'],
  params: {
    c: number(
      'Strength of fit (C)',
      1,
      'Smaller holds the weights nearer to zero (more regularisation). Numbers are standardised first, so the weights are comparable.',
      { alias: 'C', min: 1e-6, max: 1e6, log: true, tune: { min: 1e-4, max: 1e3, log: true } },
    ),
    epsilon: number('Free error', 0.1, 'Errors up to this many standard deviations of the target do not count. Only for numbers.', {
      alias: 'epsilon',
      min: 0,
      max: 10,
      step: 0.05,
      tune: { min: 0, max: 0.5 },
      when: { param: 'task', in: ['auto', 'regress'] },
    }),
    class_weight: classWeight({ when: FOR_CLASSES.when }),
    ...iterations(1e-6),
    seed: seed('Seed', 'Draws the inner folds that probabilities are fitted on.', { advanced: true }),
  },
  brief: ({ c, class_weight }) =>
    class_weight === 'balanced' ? phrase('brief.balanced', '{strength}, balanced', { strength: `C ${c}` }) : `C ${c}`,
});
