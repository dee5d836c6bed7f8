/** Real threads of the command line: one that blocks for ever is ended at the limit it set, and the next job works. */
import { expect, test } from 'vitest';
import { problem } from '../base/problem.ts';
import type { Job } from '../engine/job.ts';
import { createPool } from '../engine/pool.ts';
import type { Services } from '../kind/run.ts';
import { nodeSpawn } from './node-pool.ts';

const LATE = problem({ code: 'toy.late', message: 'It took too long.', hint: 'Use a smaller one.' });
/** Speaks the workers' protocol by hand: `endless` asks for 50 ms and then never lets go of its thread, as hostile WASM would. */
const WORKER = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', (message) => {
  if (message.kind !== 'ask') return;
  const [job] = message.args;
  if (job.kind === 'endless') {
    parentPort.postMessage({ kind: 'ask', id: 1, method: 'limit', args: [job.id, { ms: 50, problem: ${JSON.stringify(LATE)} }] });
    for (;;);
  }
  parentPort.postMessage({ kind: 'answer', id: message.id, value: { outputs: {}, fresh: [] } });
});`;

test('a thread that never answers is ended, and the next job gets a new one', async () => {
  const pool = createPool({
    spawn: nodeSpawn(new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`)),
    size: 1,
    after: (ms, fire) => {
      const timer = setTimeout(fire, ms);
      return () => clearTimeout(timer);
    },
  });
  const start = (id: string, kind: string) => {
    const job: Job = {
      id,
      node: 'n',
      kind,
      version: 1,
      params: {},
      inputs: {},
      lists: {},
      seeds: { pipeline: 1, step: 0 },
      random: false,
      backend: 'cpu',
      width: 2,
    };
    return pool.run(job, new Map(), { progress: () => {}, log: () => {}, services: {} as Services }).result;
  };
  const [endless, next] = [start('a', 'endless'), start('b', 'brief')];
  await expect(endless).rejects.toMatchObject({ problem: LATE });
  expect(await next).toEqual({ outputs: {}, fresh: [] });
  pool.close();
});
