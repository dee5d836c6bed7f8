/** Compute workers of the command line: one `worker_threads` worker each, running the built `worker.js`. */
import { Worker } from 'node:worker_threads';
import type { Spawned } from '../engine/pool.ts';

export const nodeSpawn = (script: URL) => (): Spawned => {
  const worker = new Worker(script);
  let ours = false;
  return {
    port: {
      post: (message, transfer = []) => worker.postMessage(message, transfer as ArrayBuffer[]),
      listen: (handler) => void worker.on('message', handler),
    },
    terminate: () => {
      ours = true;
      void worker.terminate();
    },
    crashed: (handler) => {
      worker.on('error', (error) => handler(error instanceof Error ? error.message : String(error)));
      // A message that cannot be read is an answer that never comes.
      worker.on('messageerror', (error) => handler(error.message));
      worker.on('exit', () => {
        if (!ours) handler('the worker ended');
      });
    },
  };
};
