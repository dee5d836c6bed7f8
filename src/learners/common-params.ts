/** Settings that several learners have, worded and bounded once. */
import { type ChoiceParam, choice, integer, number, type Params } from '../kind/params.ts';

type More = Pick<ChoiceParam, 'alias' | 'advanced' | 'when'>;

/** Where a learner does classes and numbers, only classes have weights. */
export const FOR_CLASSES: More = { advanced: true, when: { param: 'task', in: ['auto', 'classify'] } };

export const classWeight = (more: More = {}): ChoiceParam =>
  choice(
    'Class weights',
    'none',
    'Balanced makes every class count the same, however rare.',
    { none: 'As in the data', balanced: 'Balanced' },
    { alias: 'class_weight', ...more },
  );

/** When a learner that goes towards its optimum step by step is done; `tolerance` is the default, in units of the mean loss per unit of a weight. */
export const iterations = (tolerance: number): Params => ({
  max_iterations: integer('Most iterations', 1000, 'Stops earlier when the weights no longer change.', {
    alias: 'max_iter',
    min: 1,
    max: 100000,
    advanced: true,
  }),
  tolerance: number(
    'Tolerance',
    tolerance,
    'Done when no weight would change the mean loss by more than this per unit. Larger is faster and less exact.',
    { alias: 'tol', min: 1e-12, max: 0.1, log: true, advanced: true },
  ),
});
