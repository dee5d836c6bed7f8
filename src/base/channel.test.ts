/** The channel between workers: answers, problems, transfers, unknown methods, both ways at once. */
import { expect, test } from 'vitest';
import { connect, type Port, withTransfer } from './channel.ts';
import { ProblemError } from './problem.ts';

function line(): [Port, Port] {
  const { port1, port2 } = new MessageChannel();
  const adapt = (port: MessagePort): Port => ({
    post: (message, transfer = []) => port.postMessage(message, transfer),
    listen: (handler) => {
      port.onmessage = (event) => handler(event.data);
    },
  });
  ends.push(port1, port2);
  return [adapt(port1), adapt(port2)];
}
const ends: MessagePort[] = [];

type Calculator = {
  add: (a: number, b: number) => number;
  later: (ms: number) => Promise<string>;
  fail: (code: string) => never;
  crash: () => never;
  take: (bytes: Uint8Array) => number;
  give: () => Uint8Array;
};
const calculator: Calculator = {
  add: (a, b) => a + b,
  later: (ms) => new Promise((resolve) => setTimeout(() => resolve(`after ${ms}`), ms)),
  fail: (code) => {
    throw new ProblemError({ code, message: 'No.', hint: 'Try else.', at: { column: 'age' } });
  },
  crash: () => {
    throw new RangeError('out of range');
  },
  take: (bytes) => bytes.length,
  give: () => {
    const bytes = new Uint8Array(8).fill(7);
    return withTransfer(bytes, [bytes.buffer]);
  },
};

test('calls are answered, out of order too, and both ends may ask', async () => {
  const [a, b] = line();
  const near = connect<{ name: () => string }>(a, calculator);
  const far = connect<Calculator>(b, { name: () => 'far' });
  const [slow, quick] = [far.later(20), far.later(1)];
  expect(await far.add(1, 2)).toBe(3);
  expect(await Promise.all([slow, quick])).toEqual(['after 20', 'after 1']);
  expect(await near.name()).toBe('far');
});

test('a problem crosses whole; any other error becomes one; an unknown or inherited method is refused', async () => {
  const [a, b] = line();
  connect(a, calculator);
  const far = connect<Calculator & { gone: () => void; constructor: () => void }>(b);
  await expect(far.fail('x.y')).rejects.toMatchObject({ problem: { code: 'x.y', at: { column: 'age' }, hint: 'Try else.' } });
  await expect(far.crash()).rejects.toMatchObject({ problem: { code: 'internal', args: { text: 'out of range' } } });
  await expect(far.gone()).rejects.toMatchObject({ problem: { code: 'internal' } });
  await expect(far.constructor()).rejects.toMatchObject({ problem: { code: 'internal' } });
});

test('named buffers move instead of being copied, both ways', async () => {
  const [a, b] = line();
  connect(a, calculator);
  const far = connect<Calculator>(b);
  const bytes = new Uint8Array(16);
  expect(await far.take(withTransfer(bytes, [bytes.buffer]))).toBe(16);
  expect(bytes.byteLength).toBe(0);
  const kept = new Uint8Array(16);
  expect(await far.take(kept)).toBe(16);
  expect(kept.byteLength).toBe(16);
  expect(await far.give()).toEqual(new Uint8Array(8).fill(7));
});

test('a remote is no promise, so it can be awaited and returned', async () => {
  const [a] = line();
  const remote = connect<Calculator>(a);
  expect((await Promise.resolve(remote)) === remote).toBe(true);
  for (const port of ends) port.close();
});
