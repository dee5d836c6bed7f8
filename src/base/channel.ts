/** Typed request/answer over a message port: a browser Worker, a MessagePort or a Node worker behind one small interface. */
import type { Problem } from './problem.ts';
import { ProblemError, toProblem } from './problem.ts';

/** What a channel needs of its transport. Node's and the browser's workers are adapted to it in `host/`. */
export interface Port {
  post(message: unknown, transfer?: Transferable[]): void;
  listen(handler: (message: unknown) => void): void;
}

/** A service is a record of async methods with structured-cloneable arguments and answers. */
export type Service = Record<string, (...args: never[]) => unknown>;
export type Remote<S extends Service> = {
  [K in keyof S]: (...args: Parameters<S[K]>) => Promise<Awaited<ReturnType<S[K]>>>;
};

type Message =
  | { kind: 'ask'; id: number; method: string; args: unknown[] }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'failed'; id: number; problem: Problem };

/** Bytes named here travel by transfer instead of copy; wrap an argument's or answer's buffers before returning it. */
const transfers = new WeakMap<object, Transferable[]>();
export function withTransfer<T extends object>(value: T, list: Transferable[]): T {
  transfers.set(value, list);
  return value;
}
const transferOf = (values: unknown[]) =>
  values.flatMap((value) => (value && typeof value === 'object' ? (transfers.get(value) ?? []) : []));

/** Serves `local` on the port and returns the other side's methods. Unknown methods answer with a Problem. */
export function connect<Theirs extends Service>(port: Port, local: Service = {}): Remote<Theirs> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let nextId = 1;
  port.listen(async (raw) => {
    const message = raw as Message;
    if (message.kind === 'ask') {
      try {
        const method = Object.hasOwn(local, message.method) ? local[message.method] : undefined;
        if (!method) throw new Error(`no method ${message.method}`);
        const value = await method(...(message.args as never[]));
        port.post({ kind: 'answer', id: message.id, value }, transferOf([value]));
      } catch (error) {
        port.post({ kind: 'failed', id: message.id, problem: toProblem(error) });
      }
      return;
    }
    const slot = waiting.get(message.id);
    if (!slot) return;
    waiting.delete(message.id);
    if (message.kind === 'answer') slot.resolve(message.value);
    else slot.reject(new ProblemError(message.problem));
  });
  return new Proxy({} as Remote<Theirs>, {
    get: (_target, method) => {
      if (typeof method !== 'string' || method === 'then') return undefined;
      return (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          const id = nextId++;
          waiting.set(id, { resolve, reject });
          port.post({ kind: 'ask', id, method, args }, transferOf(args));
        });
    },
  });
}
