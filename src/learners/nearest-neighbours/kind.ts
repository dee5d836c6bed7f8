/** Nearest neighbours: a row is answered as the learning rows most like it were. */
import { phrase } from '../../base/words.ts';
import { choice, integer, number } from '../../kind/params.ts';
import { learnerKind } from '../learner-kind.ts';

export const nearestNeighbours = learnerKind({
  id: 'learn.nearest-neighbours',
  version: 1,
  title: 'Nearest neighbours',
  icon: 'neighbours',
  synonyms: [
    'KNeighborsClassifier',
    'KNeighborsRegressor',
    'kNN',
    'k-NN',
    'k nearest neighbours',
    'k nearest neighbors',
    'K Nearest Neighbor',
    'instance-based',
    'lazy learner',
    'similar rows',
    'IBk',
  ],
  summary: 'Answer as the most similar learning rows were; no shape is assumed, but the model keeps every row it learned from.',
  tasks: ['classify', 'regress'],
  params: {
    k: integer('Neighbours (k)', null, 'How many of the nearest rows vote. More is smoother; fewer follows details and noise.', {
      auto: 'Choose by leaving one row out',
      alias: 'n_neighbors',
      min: 1,
      max: 500,
      log: true,
      tune: { min: 1, max: 100, log: true },
    }),
    weights: choice(
      'Votes',
      'uniform',
      'Every neighbour counts the same, or nearer ones count more: one over the distance. Numbers are standardised first, so that no column rules by its unit.',
      { uniform: 'All the same', distance: 'Nearer ones count more' },
      { alias: 'weights', tune: ['uniform', 'distance'] },
    ),
    smoothing: number(
      'Smoothing of shares',
      1,
      'The class shares are taken as if this many average rows of the table were neighbours too, so that a few rows never make a class impossible. 0 gives the plain shares, as scikit-learn does.',
      { min: 0, max: 1000, advanced: true, when: { param: 'task', in: ['auto', 'classify'] }, tune: { min: 0, max: 10 } },
    ),
  },
  brief: ({ k, weights }) => {
    if (k === null)
      return weights === 'distance'
        ? phrase('brief.nearest-auto-weighted', 'k automatic, by distance')
        : phrase('brief.nearest-auto', 'k automatic');
    return weights === 'distance'
      ? phrase('brief.nearest-weighted', '{k} nearest, by distance', { k: Number(k) })
      : phrase('brief.nearest', '{k} nearest', { k: Number(k) });
  },
});
