/** The registry of learners: one line per folder. */
import { type Entry, entry } from '../kind/kind.ts';
import type { LearnerCode } from '../recipe/model.ts';
import { baseline } from './baseline/kind.ts';
import { boosting } from './boosting/kind.ts';
import { kernel } from './kernel/kind.ts';
import { linear } from './linear/kind.ts';
import { logistic } from './logistic/kind.ts';
import { naiveBayes } from './naive-bayes/kind.ts';
import { nearestNeighbours } from './nearest-neighbours/kind.ts';
import { neuralNetwork } from './neural-network/kind.ts';
import { poisson } from './poisson/kind.ts';
import { randomForest } from './random-forest/kind.ts';
import { svm } from './svm/kind.ts';
import { tree } from './tree/kind.ts';

export const learners: Entry<LearnerCode>[] = [
  entry(baseline, () => import('./baseline/learner.ts')),
  entry(boosting, () => import('./boosting/learner.ts')),
  entry(kernel, () => import('./kernel/learner.ts')),
  entry(linear, () => import('./linear/learner.ts')),
  entry(logistic, () => import('./logistic/learner.ts')),
  entry(naiveBayes, () => import('./naive-bayes/learner.ts')),
  entry(nearestNeighbours, () => import('./nearest-neighbours/learner.ts')),
  entry(neuralNetwork, () => import('./neural-network/learner.ts')),
  entry(poisson, () => import('./poisson/learner.ts')),
  entry(randomForest, () => import('./random-forest/learner.ts')),
  entry(svm, () => import('./svm/learner.ts')),
  entry(tree, () => import('./tree/learner.ts')),
];
