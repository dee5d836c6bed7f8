/** A compute worker of the command line. */
import { parentPort } from 'node:worker_threads';
import { serveCompute } from '../engine/execute.ts';
import { loadNode } from './kinds.ts';

const port = parentPort;
if (!port) throw new Error('start this file as a worker');
serveCompute(
  {
    post: (message, transfer = []) => port.postMessage(message, transfer as ArrayBuffer[]),
    listen: (handler) => void port.on('message', handler),
  },
  loadNode,
  { now: () => performance.now() },
);
