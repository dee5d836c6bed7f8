/** Naive Bayes: each column speaks for or against a class by itself. */
import { phrase } from '../../base/words.ts';
import { flag, number } from '../../kind/params.ts';
import { classWeight } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';

export const naiveBayes = learnerKind({
  id: 'learn.naive-bayes',
  version: 1,
  title: 'Naive Bayes',
  icon: 'scales',
  synonyms: [
    'GaussianNB',
    'CategoricalNB',
    'BernoulliNB',
    'Naive Bayes Learner',
    'Two-Class Bayes Point Machine',
    'Bayes classifier',
    'Probabilistic classifier',
  ],
  summary:
    'Let each column speak for or against a class by itself; learns in one pass, needs few rows, and takes missing values as they are.',
  tasks: ['classify'],
  params: {
    alpha: number(
      'Smoothing (alpha)',
      1,
      'As if this many rows more had been seen: of each category in each class, and spread like all rows about each class’s mean. 0 takes the rows as they are.',
      { alias: 'alpha', min: 0, max: 1000, step: 0.5, tune: { min: 0, max: 10 } },
    ),
    temper: flag(
      'Temper probabilities',
      true,
      'Columns that say the same are counted as if each were news, which makes the probabilities too sure. This takes all likelihoods to one power, fitted on the learning rows.',
    ),
    class_weight: classWeight({ alias: 'class_weight, class_prior' }),
  },
  brief: ({ alpha, class_weight }) => {
    const strength = phrase('brief.smoothing', 'smoothing {alpha}', { alpha: String(alpha) });
    return class_weight === 'balanced' ? phrase('brief.balanced', '{strength}, balanced', { strength }) : strength;
  },
});
