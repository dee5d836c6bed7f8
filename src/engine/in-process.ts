/** Compute workers without threads: for tests and for hosts that have none. Messages are cloned, as between threads. */
import type { Port } from '../base/channel.ts';
import { serveCompute } from './execute.ts';
import type { LoadNode } from './job.ts';
import type { Spawned } from './pool.ts';

/** Two ends of one line; each message is cloned and arrives in a later turn. `cut` silences both. */
export function portPair(): { near: Port; far: Port; cut: () => void } {
  let open = true;
  const end = (): { port: Port; receive: (message: unknown) => void; connectTo: (other: (message: unknown) => void) => void } => {
    let handler: (message: unknown) => void = () => {};
    let deliver: (message: unknown) => void = () => {};
    return {
      receive: (message) => handler(message),
      connectTo: (other) => {
        deliver = other;
      },
      port: {
        post: (message, transfer = []) => {
          const copy = structuredClone(message, { transfer });
          queueMicrotask(() => {
            if (open) deliver(copy);
          });
        },
        listen: (next) => {
          handler = next;
        },
      },
    };
  };
  const near = end();
  const far = end();
  near.connectTo(far.receive);
  far.connectTo(near.receive);
  return {
    near: near.port,
    far: far.port,
    cut: () => {
      open = false;
    },
  };
}

/** A `spawn` for `createPool` whose workers run in this thread. */
export const inProcessSpawn =
  (loadNode: LoadNode, now: () => number): (() => Spawned) =>
  () => {
    const { near, far, cut } = portPair();
    serveCompute(far, loadNode, { now });
    return { port: near, terminate: cut, crashed: () => {} };
  };
