/** Trains with TensorFlow.js: WebGL where a GPU was chosen and is there, else its own CPU code. Loaded on first use. */
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { ADAM, type Batch, type LayerState, type Moving, NORM_EPSILON, normShare, wholePower } from '../../kernels/door.ts';
import { DeviceLost, type Trainer } from './trainer.ts';

type TensorFlow = typeof import('@tensorflow/tfjs');
/** What TensorFlow.js keeps of a WebGL backend: the context, and what waits for its answers. */
interface WebGlBackend {
  gpgpu?: { gl: { isContextLost: () => boolean; canvas?: EventTarget }; itemsToPoll?: unknown[] };
}
/** The parameters of a layer in the order in which they lie in one long vector: a step over all is a few calls, not a few per parameter. */
const parametersOf = ({ weights, bias, norm }: LayerState): Moving[] => [weights, bias, ...(norm ? [norm.scale] : [])];

/** Takes a dead backend out, so that the next `setBackend` makes a new one. */
function forget(tf: TensorFlow, backend: string): void {
  const factory = tf.findBackendFactory(backend);
  if (!tf.engine().registryFactory[backend]) return;
  try {
    tf.removeBackend(backend);
  } catch {
    // A lost context cannot always be cleared away; it is out of the registry all the same.
  }
  if (factory && !tf.findBackendFactory(backend)) tf.registerBackend(backend, factory, 2);
}

/** A trainer on one TensorFlow.js backend. `start` answers `undefined` where the backend does not come up. */
export const tensorflowTrainer = (backend: string): Trainer => ({
  name: `tensorflow.js ${backend}`,
  cost: { call: 1e6, product: 1 },
  start: async (state, { activation, loss, weightDecay }) => {
    const tf = await import('@tensorflow/tfjs');
    if (!(await tf.setBackend(backend).catch(() => false))) return undefined;
    await tf.ready();
    tf.enableProdMode();
    const device = tf.backend() as WebGlBackend;
    const lost = () => device.gpgpu?.gl.isContextLost() ?? false;
    if (lost()) return undefined;

    const { layers } = state;
    const last = layers.length - 1;
    const pieces = layers.flatMap((layer) => parametersOf(layer).map(({ values }, p) => ({ size: values.length, layer, p })));
    const joined = (of: (moving: Moving) => Float32Array) =>
      tf.concat1d(layers.flatMap(parametersOf).map((moving) => tf.tensor1d(of(moving))));
    const normed = layers.filter(({ norm }) => norm);
    const moved = (of: (norm: NonNullable<LayerState['norm']>) => Float32Array) =>
      normed.length > 0 ? tf.concat1d(normed.map(({ norm }) => tf.tensor1d(of(norm!)))) : tf.zeros([0]);
    const held = tf.tidy(() => ({
      values: tf.variable(joined(({ values }) => values)),
      first: tf.variable(joined(({ first }) => first)),
      second: tf.variable(joined(({ second }) => second)),
      decay: tf.keep(tf.concat1d(pieces.map(({ size, p }) => tf.fill([size], p === 0 ? weightDecay : 0)))),
      mean: tf.variable(moved(({ mean }) => mean) as Tensor1D),
      variance: tf.variable(moved(({ variance }) => variance) as Tensor1D),
    }));
    let steps = state.steps;

    /** The parameters as tensors of their shapes. */
    const split = (): Tensor[] => {
      let at = 0;
      return pieces.map(({ size, layer, p }) => {
        const piece = tf.slice(held.values as unknown as Tensor1D, at, size);
        at += size;
        return p === 0 ? tf.reshape(piece, [layer.inputs, layer.outputs]) : piece;
      });
    };
    /** `moments` gives mean and variance of a layer's sums. */
    const scoresOf = (
      x: Tensor2D,
      parameters: readonly Tensor[],
      masks: readonly Tensor2D[],
      moments: (z: Tensor2D) => [Tensor, Tensor],
    ) => {
      let values = x;
      let at = 0;
      layers.forEach((layer, l) => {
        const [weights, bias, scale] = parameters.slice(at, (at += layer.norm ? 3 : 2));
        const z: Tensor2D = tf.matMul(values, weights as Tensor2D);
        if (scale) {
          const [mean, variance] = moments(z);
          const unit = tf.div(tf.sub(z, mean), tf.sqrt(tf.add(variance, NORM_EPSILON)));
          values = tf.add<Tensor2D>(tf.mul(unit, scale), bias);
        } else values = tf.add(z, bias);
        if (l === last) return;
        values = activation === 'relu' ? tf.relu(values) : activation === 'elu' ? tf.elu(values) : tf.tanh(values);
        if (masks[l]) values = tf.mul(values, masks[l]);
      });
      return values;
    };
    const lossOf = (scores: Tensor2D, { rows, y, share }: Batch): Scalar => {
      const target = tf.tensor2d(y, [rows, layers[last].outputs]);
      const weights = tf.tensor2d(share, [rows, 1]);
      const point =
        loss === 'squared'
          ? tf.mul(tf.squaredDifference(scores, target), 0.5)
          : loss === 'logistic'
            ? tf.sub(tf.softplus(scores), tf.mul(scores, target))
            : tf.neg(tf.mul(target, tf.logSoftmax(scores)));
      return tf.sum(tf.mul(point, weights));
    };
    const inputOf = ({ rows, x }: Batch) => tf.tensor2d(x, [rows, layers[0].inputs]);

    const step = (batch: Batch, learningRate: number): Scalar =>
      tf.tidy(() => {
        const x = inputOf(batch);
        const share = tf.tensor2d(batch.share, [batch.rows, 1]);
        const masks = batch.masks.map((mask, l) => tf.tensor2d(mask, [batch.rows, layers[l].outputs]));
        const seen: [Tensor, Tensor][] = [];
        const moments = (z: Tensor2D): [Tensor, Tensor] => {
          const mean = tf.sum(tf.mul(z, share), 0);
          const variance = tf.sum(tf.mul(tf.square(tf.sub(z, mean)), share), 0);
          seen.push([tf.keep(mean.clone()), tf.keep(variance.clone())]);
          return [mean, variance];
        };
        try {
          const { value, grads } = tf.valueAndGrads((...parameters: Tensor[]) => lossOf(scoresOf(x, parameters, masks, moments), batch))(
            split(),
          );
          const gradient = tf.concat1d(grads.map((grad) => tf.reshape(grad, [-1]) as Tensor1D));
          steps++;
          const first = tf.add(tf.mul(held.first, ADAM.beta1), tf.mul(gradient, 1 - ADAM.beta1));
          const second = tf.add(tf.mul(held.second, ADAM.beta2), tf.mul(tf.square(gradient), 1 - ADAM.beta2));
          const rate = learningRate / (1 - wholePower(ADAM.beta1, steps));
          const root = 1 / Math.sqrt(1 - wholePower(ADAM.beta2, steps));
          const change = tf.div(tf.mul(first, rate), tf.add(tf.mul(tf.sqrt(second), root), ADAM.epsilon));
          const kept = tf.mul(held.values, tf.sub(1, tf.mul(held.decay, learningRate)));
          held.first.assign(first as Tensor1D);
          held.second.assign(second as Tensor1D);
          held.values.assign(tf.sub<Tensor1D>(kept, change));
          [held.mean, held.variance].forEach((variable, which) => {
            if (seen.length === 0) return;
            const now = tf.concat1d(seen.map((pair) => pair[which] as Tensor1D));
            variable.assign(tf.add<Tensor1D>(variable, tf.mul(tf.sub(now, variable), normShare(steps))));
          });
          return value as Scalar;
        } finally {
          for (const pair of seen) tf.dispose(pair);
        }
      });
    const judge = (batch: Batch): Scalar =>
      tf.tidy(() => {
        let at = 0;
        const moments = (z: Tensor2D): [Tensor, Tensor] => {
          const from = at;
          at += z.shape[1];
          return [tf.slice(held.mean, from, z.shape[1]), tf.slice(held.variance, from, z.shape[1])];
        };
        return lossOf(scoresOf(inputOf(batch), split(), [], moments), batch);
      });

    // A lost context answers nothing more, and TensorFlow.js waits for it forever.
    let giveUp: () => void = () => undefined;
    const gone = new Promise<undefined>((resolve) => {
      giveUp = () => resolve(undefined);
    });
    const canvas = device.gpgpu?.gl.canvas;
    canvas?.addEventListener('webglcontextlost', giveUp);
    /** Runs on the device and reads the answer; what a lost device said is not looked at. */
    const answered = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        if (lost()) throw new DeviceLost(backend);
        const answer = await work();
        if (!lost()) return answer;
      } catch (error) {
        if (!lost()) throw error;
      }
      throw new DeviceLost(backend);
    };
    const readAll = async (tensors: readonly Tensor[]) => {
      const read = await Promise.race([Promise.all(tensors.map((tensor) => tensor.data())), gone]);
      if (!read) throw new DeviceLost(backend);
      return read;
    };
    const read = async (scalar: Scalar) => {
      try {
        return (await readAll([scalar]))[0][0];
      } finally {
        scalar.dispose();
      }
    };
    return {
      step: (batch, learningRate) => answered(() => read(step(batch, learningRate))),
      loss: (batch) => answered(() => read(judge(batch))),
      state: () =>
        answered(async () => {
          const [values, first, second, mean, variance] = await readAll([held.values, held.first, held.second, held.mean, held.variance]);
          let at = 0;
          const moving = ({ values: { length } }: Moving): Moving => {
            const [from, to] = [at, (at += length)];
            const part = (data: ArrayLike<number>) => Float32Array.from(Array.prototype.slice.call(data, from, to));
            return { values: part(values), first: part(first), second: part(second) };
          };
          let normAt = 0;
          return {
            steps,
            layers: layers.map((layer) => {
              const [weights, bias, scale] = parametersOf(layer).map(moving);
              const own = { inputs: layer.inputs, outputs: layer.outputs, weights, bias };
              if (!scale) return own;
              const [from, to] = [normAt, (normAt += layer.outputs)];
              return {
                ...own,
                norm: { scale, mean: Float32Array.from(mean).slice(from, to), variance: Float32Array.from(variance).slice(from, to) },
              };
            }),
          };
        }),
      release: () => {
        canvas?.removeEventListener('webglcontextlost', giveUp);
        for (const tensor of Object.values(held)) tensor.dispose();
        if (!lost()) return;
        if (device.gpgpu) device.gpgpu.itemsToPoll = [];
        forget(tf, backend);
      },
    };
  },
});
