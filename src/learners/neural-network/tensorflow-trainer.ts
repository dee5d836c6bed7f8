/** Trains with TensorFlow.js: WebGL where a GPU was chosen and is there, else its own CPU code. Loaded on first use. */
import type { AdamOptimizer, Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs';
import { EPSILON } from './adam.ts';
import { copyLayers } from './network.ts';
import type { Trainer } from './trainer.ts';

/** A trainer on one TensorFlow.js backend. `start` answers `undefined` where the backend does not come up. */
export const tensorflowTrainer = (backend: 'webgl' | 'cpu'): Trainer => ({
  name: `tensorflow.js ${backend}`,
  start: async (network, options) => {
    const tf = await import('@tensorflow/tfjs');
    if (!(await tf.setBackend(backend).catch(() => false))) return undefined;
    await tf.ready();
    tf.enableProdMode();
    const { activation } = network;
    const shapes = copyLayers(network.layers);
    const last = shapes.length - 1;
    const weights = shapes.map((layer) => tf.tidy(() => tf.variable(tf.tensor2d(layer.weights, [layer.inputs, layer.outputs]))));
    const biases = shapes.map((layer) => tf.tidy(() => tf.variable(tf.tensor1d(layer.bias))));
    const variables: Variable[] = [...weights, ...biases];
    // WebGL would otherwise take 1e-4 silently and train another model.
    const optimiser: AdamOptimizer = tf.train.adam(0.001, 0.9, 0.999, EPSILON);

    const scoresOf = (x: Tensor2D, masks: readonly Tensor2D[]) => {
      let values = x;
      for (let l = 0; l <= last; l++) {
        values = tf.add(tf.matMul(values, weights[l] as unknown as Tensor2D), biases[l]);
        if (l === last) break;
        values = activation === 'relu' ? tf.relu(values) : activation === 'elu' ? tf.elu(values) : tf.tanh(values);
        if (masks[l]) values = tf.mul(values, masks[l]);
      }
      return values;
    };
    const pointLoss = (scores: Tensor2D, y: Tensor2D): Tensor => {
      if (options.loss === 'squared') return tf.mul(tf.squaredDifference(scores, y), 0.5);
      if (options.loss === 'logistic') return tf.sub(tf.softplus(scores), tf.mul(scores, y));
      return tf.neg(tf.mul(y, tf.logSoftmax(scores)));
    };
    return {
      step: async (batch, learningRate) => {
        const loss = tf.tidy(() => {
          const x = tf.tensor2d(batch.x, [batch.rows, shapes[0].inputs]);
          const y = tf.tensor2d(batch.y, [batch.rows, shapes[last].outputs]);
          const share = tf.tensor2d(batch.share, [batch.rows, 1]);
          const masks = batch.masks.map((mask, l) => tf.tensor2d(mask, [batch.rows, shapes[l].outputs]));
          const decay = options.weightDecay > 0 ? weights.map((w) => tf.mul(w, learningRate * options.weightDecay)) : [];
          // The rate is protected in the typings only; a new optimiser per step would lose its moments.
          (optimiser as unknown as { learningRate: number }).learningRate = learningRate;
          const loss = optimiser.minimize(
            () => {
              const scores = scoresOf(x, masks);
              return tf.sum(tf.mul(pointLoss(scores, y), share)) as Scalar;
            },
            true,
            variables,
          ) as Scalar;
          decay.forEach((amount, l) => {
            weights[l].assign(tf.sub(weights[l], amount));
          });
          return loss;
        });
        const [value] = await loss.data();
        loss.dispose();
        return value;
      },
      layers: async () =>
        Promise.all(
          shapes.map(async (layer, l) => ({
            inputs: layer.inputs,
            outputs: layer.outputs,
            weights: Float32Array.from(await weights[l].data()),
            bias: Float32Array.from(await biases[l].data()),
          })),
        ),
      release: async () => {
        for (const variable of variables) variable.dispose();
        optimiser.dispose();
      },
    };
  },
});
