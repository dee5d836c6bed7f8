/** Adapts browser workers to the channel's port, from both ends. */
import type { Port } from '../base/channel.ts';

type Messenger = {
  postMessage: (message: unknown, transfer: Transferable[]) => void;
  addEventListener: (type: 'message', handler: (event: MessageEvent) => void) => void;
};

/** The port to a worker that we hold. */
export const portOf = (worker: Messenger): Port => ({
  post: (message, transfer = []) => worker.postMessage(message, transfer),
  listen: (handler) => worker.addEventListener('message', (event) => handler(event.data)),
});

/** The port to whoever made this worker. */
export const parentPort = (): Port => portOf(self as unknown as Messenger);
