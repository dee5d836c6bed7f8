/** The pool over in-process workers: parts cross once, crashes and deadlines fail one step only, cancel is at once. */
import { expect, test } from 'vitest';
import { arrayDigest, type Digest } from '../base/hash.ts';
import { pack, type TypedArray, unpack } from '../base/pack.ts';
import { problem } from '../base/problem.ts';
import type { NodeCode, RunContext, Services } from '../kind/run.ts';
import { inProcessSpawn } from './in-process.ts';
import type { Job, JobResult, ValueRef } from './job.ts';
import { createPool, type JobHooks, type Pool, type PoolOptions, type Spawned } from './pool.ts';

const LATE = problem({ code: 'toy.late', at: { param: 'file' }, message: 'It took too long.', hint: 'Use a smaller one.' });
const CODES: Record<string, NodeCode['run']> = {
  double: async ({ inputs }) => ({
    out: { values: (inputs.in as { values: Float64Array }).values.map((x) => x * 2), same: (inputs.in as { values: Float64Array }).values },
  }),
  view: async ({ inputs }) => ({ out: (inputs.in as { values: Float64Array }).values.subarray(1, 3) }),
  hang: () => new Promise(() => {}),
  slow: ({ within }) => within(10, LATE, () => new Promise(() => {})),
  brief: ({ within }) => within(10, LATE, async () => ({ out: 1 })),
  fail: async () => {
    throw new Error('bug');
  },
  ask: async ({ services }) => ({ out: await services.readSample('iris') }),
  reach: async ({ services }) => ({ out: await (services as unknown as Record<string, () => Promise<unknown>>).constructor() }),
  talk: async ({ progress, log }) => {
    for (let i = 1; i <= 1000; i++) progress({ fraction: i / 1000 });
    log('done');
    return { out: 1 };
  },
};
const inParts = (names: string[]): NodeCode['run'] => {
  return async ({ spread }) => {
    const extra = Float64Array.of(10, 20);
    const answers = await Promise.allSettled(names.map((name, i) => spread(name, { place: i, extra })));
    return { out: answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason.problem.code)) };
  };
};
const endsOne: NodeCode['run'] = async ({ spread }) => {
  const answers = await Promise.allSettled([spread('hang', {}, Promise.resolve()), spread('add', { place: 0, extra: Float64Array.of(1) })]);
  return { out: answers.map((answer) => (answer.status === 'fulfilled' ? 'done' : answer.reason.problem.code)) };
};
/** Prepared once in a worker and used by all its parts. */
const PREPARED = Float64Array.of(7, 8, 9);
const PARTS: NonNullable<NodeCode['parts']> = {
  add: async ({ inputs }, args) => {
    const { place, extra } = args as { place: number; extra: Float64Array };
    return { place, sums: (inputs.in as { values: Float64Array }).values.map((x) => x + extra[0] + place), extra };
  },
  prepared: async () => ({ values: PREPARED }),
  bad: async () => {
    throw new Error('bug');
  },
  hang: () => new Promise(() => {}),
  late: ({ within }) => within(10, LATE, () => new Promise(() => {})),
};
Object.assign(CODES, {
  spread: inParts(['add', 'add', 'add']),
  again: inParts(['prepared', 'prepared', 'prepared']),
  mixed: inParts(['add', 'bad', 'late', 'add']),
  stuck: inParts(['hang', 'hang', 'hang']),
  endsOne,
});
interface Fixture {
  pool: Pool;
  spawned: (Spawned & { crash: (reason: string) => void; ended: boolean })[];
  fire: () => void;
  /** Milliseconds of the deadlines that are armed. */
  armed: () => number[];
}
function toyPool(options: Partial<PoolOptions> = {}): Fixture {
  let time = 0;
  const make = inProcessSpawn(
    async (kind) => ({ run: (context: RunContext) => CODES[kind](context), parts: PARTS }),
    () => ++time,
  );
  const spawned: Fixture['spawned'] = [];
  const deadlines = new Map<() => void, number>();
  const spawn = () => {
    const inner = make();
    let handler: (reason: string) => void = () => {};
    const one = {
      ...inner,
      ended: false,
      terminate: () => {
        one.ended = true;
        inner.terminate();
      },
      crashed: (next: (reason: string) => void) => {
        handler = next;
      },
      crash: (reason: string) => handler(reason),
    };
    spawned.push(one);
    return one;
  };
  const after = (ms: number, fire: () => void) => {
    deadlines.set(fire, ms);
    return () => void deadlines.delete(fire);
  };
  return {
    pool: createPool({ spawn, size: 2, after, ...options }),
    spawned,
    fire: () => {
      for (const fire of deadlines.keys()) fire();
    },
    armed: () => [...deadlines.values()],
  };
}
const stopAfter = (timer: ReturnType<typeof setTimeout>) => () => clearTimeout(timer);
let ids = 0;
function start(pool: Pool, kind: string, input?: unknown, hooks: Partial<JobHooks> = {}, width = pool.size + 1, more: Partial<Job> = {}) {
  const packed = pack(input ?? null);
  const parts = new Map<Digest, TypedArray>(packed.parts.map((part) => [part.digest, part.array]));
  const inputs: Record<string, ValueRef> = input === undefined ? {} : { in: { head: packed.head, parts: [...parts.keys()] } };
  const job: Job = {
    id: `j${++ids}`,
    node: 'n',
    kind,
    version: 1,
    params: {},
    inputs,
    lists: {},
    seeds: { pipeline: 1, step: 0 },
    random: false,
    backend: 'cpu',
    width,
    ...more,
  };
  const services = { readSample: async (name: string) => new TextEncoder().encode(name) } as unknown as Services;
  return pool.run(job, parts, { progress: () => {}, log: () => {}, services, ...hooks });
}
const open = (result: JobResult, given: TypedArray[] = []) => {
  const arrays = new Map([
    ...given.map((array) => [arrayDigest(array), array] as const),
    ...result.fresh.map((part) => [part.digest, part.array] as const),
  ]);
  return unpack(result.outputs.out.head, (digest) => arrays.get(digest)!);
};
const code = (running: { result: Promise<unknown> }) =>
  running.result.then(
    () => 'ok',
    (error) => error.problem.code,
  );

test('outputs come back; an array that the engine has comes by digest only, and stays whole', async () => {
  const { pool } = toyPool();
  const values = Float64Array.of(1, 2, 3);
  const result = await start(pool, 'double', { values }).result;
  expect(result.fresh.map((part) => part.digest)).toEqual([arrayDigest(Float64Array.of(2, 4, 6))]);
  expect(open(result, [values])).toEqual({ values: Float64Array.of(2, 4, 6), same: values });
  expect(values).toHaveLength(3);
});

test('a worker is asked again for what it has: nothing crosses twice, and views of inputs stay safe', async () => {
  const { pool, spawned } = toyPool();
  const values = Float64Array.of(1, 2, 3, 4);
  expect(open(await start(pool, 'view', { values }).result)).toEqual(Float64Array.of(2, 3));
  expect(open(await start(pool, 'view', { values }).result)).toEqual(Float64Array.of(2, 3));
  const [, other] = [start(pool, 'hang'), start(pool, 'double', { values })];
  await other.result;
  expect(spawned).toHaveLength(2);
  // An input that the worker holds already is an output of another job: it must be sent, since that job was not given it.
  const doubled = Float64Array.of(0.5, 1, 1.5, 2);
  const again = await start(pool, 'double', { values: doubled }).result;
  expect(open(again, [doubled])).toMatchObject({ values });
});

test('the worker that has the inputs is preferred', async () => {
  const sent: number[] = [];
  const { pool, spawned } = toyPool();
  const [a, b] = [Float64Array.of(1, 1), Float64Array.of(2, 2)];
  await Promise.all([start(pool, 'double', { values: a }).result, start(pool, 'double', { values: b }).result]);
  spawned.forEach((worker, i) => {
    const { post } = worker.port;
    worker.port.post = (message, transfer) => {
      if ((message as { method?: string }).method === 'run') sent.push(i);
      post(message, transfer);
    };
  });
  await start(pool, 'double', { values: b }).result;
  await start(pool, 'double', { values: a }).result;
  expect(sent).toEqual([1, 0]);
});

test('cancel ends the worker at once, and the next job gets a new one', async () => {
  const { pool, spawned } = toyPool({ size: 1 });
  const hanging = start(pool, 'hang');
  const waiting = start(pool, 'double', { values: Float64Array.of(1) });
  hanging.cancel();
  expect(spawned[0].ended).toBe(true);
  expect(await code(hanging)).toBe('pool.cancelled');
  expect(await code(waiting)).toBe('ok');
  expect(spawned).toHaveLength(2);
  const [blocker, queued] = [start(pool, 'hang'), start(pool, 'double', { values: Float64Array.of(1) })];
  queued.cancel();
  expect(await code(queued)).toBe('pool.cancelled');
  blocker.cancel();
  expect(await code(blocker)).toBe('pool.cancelled');
});

test('a crash, a deadline and a failure fail their own step only', async () => {
  const { pool, spawned, fire } = toyPool();
  const [crashing, well] = [start(pool, 'hang'), start(pool, 'double', { values: Float64Array.of(1) })];
  spawned[0].crash('out of memory');
  expect(await code(crashing)).toBe('pool.crashed');
  expect(await code(well)).toBe('ok');
  const late = start(pool, 'hang');
  await Promise.resolve();
  fire();
  expect(await code(late)).toBe('pool.deadline');
  expect(await code(start(pool, 'fail'))).toBe('internal');
  expect(await code(start(pool, 'double', { values: Float64Array.of(1) }))).toBe('ok');
});

test('a part of a step with less time ends its worker and fails with its own words; the next step works', async () => {
  const { pool, spawned, armed } = toyPool({ size: 1, after: (ms, fire) => (ms === 10 ? stopAfter(setTimeout(fire, ms)) : () => {}) });
  const [slow, queued] = [start(pool, 'slow'), start(pool, 'double', { values: Float64Array.of(1) })];
  await expect(slow.result).rejects.toMatchObject({ problem: { code: 'toy.late', at: { param: 'file' }, hint: 'Use a smaller one.' } });
  expect(spawned[0].ended).toBe(true);
  expect(await code(queued)).toBe('ok');
  expect(spawned).toHaveLength(2);
  expect(armed()).toEqual([]);
});

test('a part that keeps its time leaves no deadline behind', async () => {
  const { pool, spawned, armed, fire } = toyPool({ deadlineMs: 99 });
  const running = start(pool, 'brief');
  expect(armed()).toEqual([99]);
  expect(open(await running.result)).toBe(1);
  expect(armed()).toEqual([]);
  fire();
  expect(spawned[0].ended).toBe(false);
});

test('a step that a person can end has no deadline of its own', async () => {
  const { pool, armed } = toyPool({ deadlineMs: 99 });
  const running = start(pool, 'hang', undefined, {}, 1, { patient: true });
  expect(armed()).toEqual([]);
  running.cancel();
  expect(await code(running)).toBe('pool.cancelled');
});

test('200 random crashes and cancels: every job ends, and the next one passes', async () => {
  const { pool, spawned } = toyPool();
  for (let round = 0; round < 200; round++) {
    const hanging = start(pool, 'hang');
    const worker = spawned.findLast((one) => !one.ended)!;
    if (round % 2) worker.crash('gone');
    else hanging.cancel();
    expect(['pool.crashed', 'pool.cancelled', 'ok']).toContain(await Promise.race([code(hanging), code(start(pool, 'talk'))]));
    hanging.cancel();
  }
  expect(await code(start(pool, 'talk'))).toBe('ok');
});

test('services are reached by name, and nothing else is', async () => {
  const { pool } = toyPool();
  expect(new TextDecoder().decode(open(await start(pool, 'ask').result) as Uint8Array)).toBe('iris');
  expect(await code(start(pool, 'reach'))).toBe('internal');
});

test('progress comes at most ten times a second, the last report always', async () => {
  const { pool } = toyPool();
  const reports: number[] = [];
  const lines: unknown[] = [];
  await start(pool, 'talk', undefined, { progress: ({ fraction }) => reports.push(fraction!), log: (line) => lines.push(line) }).result;
  // The toy clock moves one millisecond per report.
  expect(reports.length).toBeLessThanOrEqual(11);
  expect(reports.at(-1)).toBe(1);
  expect(lines).toEqual(['done']);
});

test('a worker that held very much is replaced', async () => {
  const { pool, spawned } = toyPool({ recycleBytes: 10 });
  await start(pool, 'double', { values: Float64Array.of(1, 2) }).result;
  expect(spawned[0].ended).toBe(true);
  pool.close();
});

test('closing the pool ends what runs and what waits', async () => {
  const { pool } = toyPool({ size: 1 });
  const jobs = [start(pool, 'hang'), start(pool, 'double', { values: Float64Array.of(1) })];
  pool.close();
  expect(await Promise.all(jobs.map(code))).toEqual(['pool.cancelled', 'pool.cancelled']);
});

const sums = (place: number) => ({ place, sums: Float64Array.of(11 + place, 12 + place), extra: Float64Array.of(10, 20) });

test.each([1, 2, 5])(
  'parts of a step run in other workers, never more at once than the pool allows (%i), and the step waits in no one’s place',
  async (size) => {
    const { pool, spawned } = toyPool({ size });
    const running = start(pool, 'spread', { values: Float64Array.of(1, 2) });
    expect(open(await running.result)).toEqual([sums(0), sums(1), sums(2)]);
    expect(spawned.length).toBe(Math.min(3, size) + 1);
    expect(spawned.filter(({ ended }) => !ended).length).toBeLessThanOrEqual(Math.max(size, 1));
  },
);

test('where one worker may work, the parts run one after the other in another, which can be ended alone', async () => {
  const { pool, spawned } = toyPool({ size: 1 });
  expect(open(await start(pool, 'spread', { values: Float64Array.of(1, 2) }, {}, 1).result)).toEqual([sums(0), sums(1), sums(2)]);
  expect(spawned).toHaveLength(2);
});

test('what parts answer with stays theirs: the next part in the same worker may use it again', async () => {
  const { pool } = toyPool({ size: 1 });
  const answer = { values: Float64Array.of(7, 8, 9) };
  expect(open(await start(pool, 'again', { values: Float64Array.of(1) }, {}, 1).result)).toEqual([answer, answer, answer]);
  expect(PREPARED.length).toBe(3);
});

test('a part that fails or takes too long fails alone', async () => {
  const { pool } = toyPool({ after: (ms, fire) => (ms === 10 ? stopAfter(setTimeout(fire, ms)) : () => {}) });
  const values = Float64Array.of(1, 2);
  expect(open(await start(pool, 'mixed', { values }).result)).toEqual([sums(0), 'internal', 'toy.late', sums(3)]);
  expect(await code(start(pool, 'double', { values }))).toBe('ok');
});

test('a step may end one of its parts; the others go on', async () => {
  const { pool } = toyPool();
  expect(open(await start(pool, 'endsOne', { values: Float64Array.of(1) }).result)).toEqual(['pool.cancelled', 'done']);
  expect(await code(start(pool, 'double', { values: Float64Array.of(1) }))).toBe('ok');
});

test('cancelling a step ends its parts, waiting and running', async () => {
  const { pool, spawned } = toyPool();
  const stuck = start(pool, 'stuck', { values: Float64Array.of(1) });
  await new Promise((done) => setTimeout(done, 20));
  expect(spawned).toHaveLength(3);
  stuck.cancel();
  expect(await code(stuck)).toBe('pool.cancelled');
  expect(spawned.map(({ ended }) => ended)).toEqual([true, true, true]);
  expect(await code(start(pool, 'double', { values: Float64Array.of(1) }))).toBe('ok');
});

test('the deadline of a step does not run while it waits for its parts: they have their own', async () => {
  const { pool, armed, fire } = toyPool({ size: 3, deadlineMs: 77 });
  const { result } = start(pool, 'stuck', { values: Float64Array.of(1) });
  const asked = async (count: number) => {
    for (let turn = 0; turn < 200 && armed().length !== count; turn++) await new Promise((done) => setTimeout(done, 5));
  };
  await asked(3);
  expect(armed()).toEqual([77, 77, 77]);
  fire();
  expect(unpack((await result).outputs.out.head, () => new Float64Array())).toEqual(['pool.deadline', 'pool.deadline', 'pool.deadline']);
  pool.close();
});
