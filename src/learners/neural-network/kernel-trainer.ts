/** Trains on the CPU in our own WebAssembly: the same bits in page and command line, and no copies between steps. */
import { kernels } from '../../kernels/door.ts';
import type { Trainer } from './trainer.ts';

export const kernelTrainer: Trainer = {
  name: 'millrace',
  cost: { call: 1e4, product: 0.1 },
  start: async (state, options) => {
    const { step, loss, state: read, close } = kernels.openLayers(state, options);
    return { step, loss, state: read, release: close };
  },
};
