/** A worker thread's own end of the channel to the thread that started it. */
import { parentPort } from 'node:worker_threads';
import type { Port } from '../base/channel.ts';

export function portToParent(): Port {
  const port = parentPort;
  if (!port) throw new Error('start this file as a worker');
  return {
    post: (message, transfer = []) => port.postMessage(message, transfer as ArrayBuffer[]),
    listen: (handler) => void port.on('message', handler),
  };
}
