/** RBF kernel ridge: smooth answers of any shape for small tables. */
import { phrase } from '../../base/words.ts';
import { number, seed } from '../../kind/params.ts';
import { learnerKind } from '../learner-kind.ts';

export const kernel = learnerKind({
  id: 'learn.kernel',
  version: 1,
  title: 'RBF kernel',
  icon: 'kernel',
  synonyms: [
    'SVC',
    'SVR',
    'KernelRidge',
    'Kernel ridge regression',
    'Kernel SVM',
    'RBF SVM',
    'LS-SVM',
    'Least-squares support vector machine',
    'Gaussian kernel',
    'Gaussian process',
    'GaussianProcessRegressor',
    'libsvm',
  ],
  summary:
    'Predict smoothly from how near a row is to all learning rows; often the best for tables of some hundred rows, and for at most 3,000. The model keeps its rows.',
  tasks: ['classify', 'regress'],
  params: {
    gamma: number(
      'Narrowness (gamma)',
      null,
      'Larger lets the answer follow nearer neighbours only: similarity is e^(-gamma · squared distance).',
      {
        auto: 'Choose by leaving one row out',
        alias: 'gamma',
        min: 1e-6,
        max: 1e6,
        log: true,
        tune: { min: 1e-4, max: 10, log: true },
      },
    ),
    alpha: number(
      'Penalty (alpha)',
      null,
      'Larger makes the answer smoother. With classes it is the inverse of a support vector machine’s 2 C.',
      {
        auto: 'Choose by leaving one row out',
        alias: 'alpha',
        min: 1e-6,
        max: 1e6,
        log: true,
        tune: { min: 1e-3, max: 100, log: true },
      },
    ),
    seed: seed('Seed', 'Draws the rows that the choice is made on, where there are more than 600.'),
  },
  brief: ({ gamma, alpha }) =>
    gamma === null && alpha === null
      ? phrase('brief.kernel-auto', 'automatic')
      : phrase('brief.kernel', 'gamma {gamma}, alpha {alpha}', {
          gamma: gamma === null ? '…' : String(gamma),
          alpha: alpha === null ? '…' : String(alpha),
        }),
  tags: { random: true, slow: true },
});
