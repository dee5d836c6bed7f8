/** Trains on the CPU: gradients by onnxruntime from the gradient graph, the optimiser here. The same bits in page and command line. */
import { encodeModel } from '../../onnx/encode.ts';
import { createSession, type Feed } from '../../onnx/session.ts';
import { newAdam } from './adam.ts';
import { gradientGraph } from './gradient-graph.ts';
import { copyLayers } from './network.ts';
import type { Trainer } from './trainer.ts';

export const onnxruntimeTrainer: Trainer = {
  name: 'onnxruntime',
  start: async (network, options) => {
    const layers = copyLayers(network.layers);
    const session = await createSession(encodeModel(gradientGraph(network, options)));
    const parameters = layers.flatMap((layer) => [layer.weights, layer.bias]);
    const decay = layers.flatMap(() => [options.weightDecay, 0]);
    const adam = newAdam(parameters.map((values) => values.length));
    const width = layers[layers.length - 1].outputs;
    return {
      step: async (batch, learningRate) => {
        const feeds: Record<string, Feed> = {
          x: { dtype: 'float', dims: [batch.rows, layers[0].inputs], data: batch.x },
          y: { dtype: 'float', dims: [batch.rows, width], data: batch.y },
          share: { dtype: 'float', dims: [batch.rows, 1], data: batch.share },
        };
        layers.forEach((layer, l) => {
          feeds[`W${l}`] = { dtype: 'float', dims: [layer.inputs, layer.outputs], data: layer.weights };
          feeds[`b${l}`] = { dtype: 'float', dims: [layer.outputs], data: layer.bias };
        });
        batch.masks.forEach((mask, l) => {
          feeds[`M${l}`] = { dtype: 'float', dims: [batch.rows, layers[l].outputs], data: mask };
        });
        const answers = await session.run(feeds);
        const gradients = layers.flatMap((_, l) => [answers[`gW${l}`].data, answers[`gb${l}`].data]) as Float32Array[];
        adam.step(parameters, gradients, decay, learningRate);
        return Number(answers['loss'].data[0]);
      },
      layers: async () => copyLayers(layers),
      release: () => session.release(),
    };
  },
};
