/** TensorFlow.js on its WebAssembly backend, training the same network through its own `fit`. */
import type { BenchRows } from './learn-data.ts';

type TensorFlow = typeof import('@tensorflow/tfjs');
interface WasmBackend {
  setWasmPaths: (folder: string) => void;
}

/** In Node from the folder of peers; in the page from where `stages.ts` serves it. */
async function load(): Promise<TensorFlow> {
  let tf: TensorFlow;
  if (typeof process === 'undefined') {
    // As plain scripts: both add to one global `tf`.
    await import(/* @vite-ignore */ new URL('/peers/@tensorflow/tfjs/dist/tf.min.js', location.href).href);
    await import(/* @vite-ignore */ new URL('/peers/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js', location.href).href);
    tf = (globalThis as unknown as { tf: TensorFlow }).tf;
    (tf as unknown as { wasm: WasmBackend }).wasm.setWasmPaths('/peers/@tensorflow/tfjs-backend-wasm/dist/');
  } else {
    const { importPeer, peerFile } = await import('./import-peer.ts');
    const whole = (await importPeer('@tensorflow/tfjs')) as { default?: TensorFlow } & TensorFlow;
    tf = whole.default ?? whole;
    const backend = (await importPeer('@tensorflow/tfjs-backend-wasm')) as { default?: WasmBackend } & WasmBackend;
    (backend.default ?? backend).setWasmPaths(peerFile('@tensorflow/tfjs-backend-wasm/package.json').replace('package.json', 'dist/'));
  }
  // Its threads need a page apart, which nobody here has.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend('wasm'))) throw new Error('its WASM backend does not start');
  await tf.ready();
  tf.enableProdMode();
  return tf;
}

export interface NetworkSettings {
  hidden: readonly number[];
  batch: number;
  epochs: number;
  learningRate: number;
}

/** What trains, and the probabilities of the second class afterwards. */
export async function tensorflowNetwork({ hidden, batch, epochs, learningRate }: NetworkSettings, { X, y }: BenchRows) {
  const tf = await load();
  let model: import('@tensorflow/tfjs').Sequential | undefined;
  const inputs = tf.tensor2d(X.values, [X.rows, X.cols]);
  const targets = tf.tensor2d(Float32Array.from(y), [X.rows, 1]);
  return {
    train: async () => {
      model?.dispose();
      const units = (count: number, activation: 'relu' | 'sigmoid', first: boolean) =>
        tf.layers.dense({ units: count, activation, kernelInitializer: 'glorotUniform', ...(first && { inputShape: [X.cols] }) });
      model = tf.sequential({ layers: [...hidden.map((count, l) => units(count, 'relu', l === 0)), units(1, 'sigmoid', false)] });
      model.compile({ optimizer: tf.train.adam(learningRate), loss: 'binaryCrossentropy' });
      await model.fit(inputs, targets, { epochs, batchSize: batch, shuffle: true, verbose: 0, yieldEvery: 'never' });
    },
    predict: async (test: BenchRows): Promise<Float32Array> => {
      const [rows, out] = tf.tidy(() => {
        const x = tf.tensor2d(test.X.values, [test.X.rows, test.X.cols]);
        return [x, model!.predict(x, { batchSize: 4096 }) as import('@tensorflow/tfjs').Tensor];
      });
      const values = (await out.data()) as Float32Array;
      tf.dispose([rows, out]);
      return values;
    },
    close: () => {
      model?.dispose();
      tf.dispose([inputs, targets]);
    },
  };
}
