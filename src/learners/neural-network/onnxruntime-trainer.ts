/** Trains on the CPU: gradients by onnxruntime from the gradient graph, the optimiser here. The same bits in page and command line. */
import { type Batch, normShare } from '../../kernels/door.ts';
import { encodeModel } from '../../onnx/encode.ts';
import { createSession, type Feed } from '../../onnx/session.ts';
import { adamStep } from './adam.ts';
import { gradientGraph, lossGraph } from './gradient-graph.ts';
import { copyState, layersOf } from './state.ts';
import type { Trainer } from './trainer.ts';

const feed = (data: Float32Array, ...dims: number[]): Feed => ({ dtype: 'float', dims, data });

export const onnxruntimeTrainer: Trainer = {
  name: 'onnxruntime',
  cost: { call: 2e5, product: 0.3 },
  start: async (from, options) => {
    const state = copyState(from);
    const { layers } = state;
    const width = layers[layers.length - 1].outputs;
    const session = await createSession(encodeModel(gradientGraph(state, options)));
    const judge = await createSession(encodeModel(lossGraph(layersOf(state), options.activation, options.loss)));
    const rowsOf = (batch: Batch): Record<string, Feed> => ({
      x: feed(batch.x, batch.rows, layers[0].inputs),
      y: feed(batch.y, batch.rows, width),
      share: feed(batch.share, batch.rows, 1),
    });
    return {
      step: async (batch, learningRate) => {
        const feeds = rowsOf(batch);
        layers.forEach((layer, l) => {
          feeds[`W${l}`] = feed(layer.weights.values, layer.inputs, layer.outputs);
          feeds[`b${l}`] = feed(layer.bias.values, layer.outputs);
          if (layer.norm) feeds[`S${l}`] = feed(layer.norm.scale.values, layer.outputs);
        });
        batch.masks.forEach((mask, l) => {
          feeds[`M${l}`] = feed(mask, batch.rows, layers[l].outputs);
        });
        const answers = await session.run(feeds);
        const answer = (name: string) => answers[name].data as Float32Array;
        const step = ++state.steps;
        layers.forEach(({ weights, bias, norm }, l) => {
          adamStep(weights, answer(`gW${l}`), step, learningRate, options.weightDecay);
          adamStep(bias, answer(`gb${l}`), step, learningRate, 0);
          if (!norm) return;
          adamStep(norm.scale, answer(`gS${l}`), step, learningRate, 0);
          const share = normShare(step);
          answer(`mean${l}`).forEach((value, j) => {
            norm.mean[j] += (value - norm.mean[j]) * share;
          });
          answer(`variance${l}`).forEach((value, j) => {
            norm.variance[j] += (value - norm.variance[j]) * share;
          });
        });
        return Number(answers['loss'].data[0]);
      },
      loss: async (batch) => {
        const feeds = rowsOf(batch);
        layersOf(state).forEach((layer, l) => {
          feeds[`W${l}`] = feed(layer.weights, layer.inputs, layer.outputs);
          feeds[`b${l}`] = feed(layer.bias, layer.outputs);
        });
        return Number((await judge.run(feeds))['loss'].data[0]);
      },
      state: () => copyState(state),
      release: async () => {
        await session.release();
        await judge.release();
      },
    };
  },
};
