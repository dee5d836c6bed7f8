/** The neural network as a learner: its behaviour put together from fit, forward pass and lowering. */
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { softmaxInPlace } from '../softmax.ts';
import { type FittedNetwork, forward } from './network.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const tasks: LearnerCode['tasks'] = ['classify', 'regress'];
export const judgesAside = true;
export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const out = forward(fitted as FittedNetwork, X);
  return classCount > 0 ? { probabilities: softmaxInPlace(out, classCount) } : { values: out };
}

export function stoppedByHalves(fitted: unknown) {
  const { halves, ...network } = fitted as FittedNetwork;
  return { fitted: network, halves: halves?.map((layers) => ({ ...network, layers })) };
}

export const curve: LearnerCode['curve'] = (fitted) => (fitted as FittedNetwork).curve;

/** Which engine trained, and why. */
export const notes: LearnerCode['notes'] = (fitted) => [(fitted as FittedNetwork).chosen];
