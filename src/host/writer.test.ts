/** Tabs of one workspace over a lock manager in memory: one writes, others wait, take over, or follow when it ends. */
import { expect, it } from 'vitest';
import type { WriterState } from './protocol.ts';
import { startWriter, type WriterMessage } from './writer.ts';

/** What the Web Locks API promises, for one name: a line, `signal`, `steal`. */
function fakeLocks() {
  type Holder = { reject: (error: unknown) => void; tab: string };
  let holder: Holder | undefined;
  const line: { tab: string; grant: () => void; reject: (error: unknown) => void }[] = [];
  const next = () => {
    if (!holder) line.shift()?.grant();
  };
  const manager = (tab: string) => ({
    request: ((_name: string, options: LockOptions, body: () => Promise<unknown>) =>
      new Promise((_resolve, reject) => {
        const grant = () => {
          holder = { reject, tab };
          void body();
        };
        if (options.steal) {
          holder?.reject(new DOMException('stolen', 'AbortError'));
          grant();
          return;
        }
        const entry = { tab, grant, reject };
        options.signal?.addEventListener('abort', () => {
          if (line.includes(entry)) line.splice(line.indexOf(entry), 1);
          reject(new DOMException('left', 'AbortError'));
        });
        line.push(entry);
        queueMicrotask(next);
      })) as unknown as LockManager['request'],
  });
  const end = (tab: string) => {
    for (const entry of line.filter((one) => one.tab === tab)) line.splice(line.indexOf(entry), 1);
    if (holder?.tab === tab) holder = undefined;
    next();
  };
  return { manager, end };
}

function workspace() {
  const locks = fakeLocks();
  const listeners = new Map<string, (message: WriterMessage) => void>();
  const states: Record<string, WriterState[]> = {};
  const saved: string[] = [];
  const open = (tab: string, options: { hangs?: boolean; locks?: boolean } = {}) => {
    states[tab] = [];
    return startWriter({
      name: 'w',
      locks: options.locks === false ? undefined : locks.manager(tab),
      id: tab,
      channel: {
        post: (message) => {
          for (const [to, listener] of listeners) if (to !== tab) queueMicrotask(() => listener(message));
        },
        listen: (handler) => void (options.hangs || listeners.set(tab, handler)),
      },
      changed: async (state) => {
        states[tab].push(state);
        await Promise.resolve();
        if (state === 'taken') saved.push(tab);
      },
      after: (ms, fire) => void setTimeout(fire, ms / 20),
    });
  };
  const now = () => Object.fromEntries(Object.entries(states).map(([tab, all]) => [tab, all.at(-1)]));
  return { open, now, states, saved, end: locks.end };
}
const wait = (ms = 40) => new Promise((resolve) => setTimeout(resolve, ms));

it('the first tab writes, later ones read, and the next in line follows when it ends', async () => {
  const { open, now, end } = workspace();
  expect(await open('a').alone).toBe(true);
  expect(await open('b').alone).toBe(false);
  await wait();
  expect(now()).toEqual({ a: 'writer', b: 'reader' });
  end('a');
  await wait(5);
  expect(now().b).toBe('writer');
});

it('who takes over is next, whoever stands in line; the writer has saved before', async () => {
  const { open, now, saved, states, end } = workspace();
  open('a');
  open('b');
  await wait();
  const c = open('c');
  await wait();
  await c.takeOver();
  expect(saved).toEqual(['a']);
  await wait(5);
  expect(now()).toEqual({ a: 'taken', b: 'reader', c: 'writer' });
  end('c');
  await wait(5);
  expect(now()).toMatchObject({ a: 'taken', b: 'writer' });
  expect(states.c).toEqual(['reader', 'writer']);
});

it('two tabs may take the pen from each other again and again', async () => {
  const { open, now } = workspace();
  const tabs = [open('a'), open('b')];
  await wait();
  for (let round = 1; round < 10; round++) {
    await tabs[round % 2].takeOver();
    await wait(3);
    expect(now()).toEqual(round % 2 ? { a: 'taken', b: 'writer' } : { a: 'writer', b: 'taken' });
  }
});

it('a writer that does not answer loses its lock after a while', async () => {
  const { open, now } = workspace();
  open('a', { hangs: true });
  await wait();
  const b = open('b');
  await b.takeOver();
  await wait(5);
  expect(now()).toEqual({ a: 'taken', b: 'writer' });
});

it('without locks nothing is guarded, and nobody tidies', async () => {
  const { open, now } = workspace();
  expect(await open('a', { locks: false }).alone).toBe(false);
  expect(now()).toEqual({ a: 'unguarded' });
});
