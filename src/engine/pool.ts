/** A pool of compute workers over an injected `spawn`: picks the worker that has the inputs, enforces deadlines, survives crashes. */
import { connect, type Port, type Remote, withTransfer } from '../base/channel.ts';
import { adoptArrayDigest, type Digest } from '../base/hash.ts';
import type { Part, TypedArray } from '../base/pack.ts';
import { type Problem, ProblemError } from '../base/problem.ts';
import type { Progress } from '../base/progress.ts';
import type { Words } from '../base/words.ts';
import type { Ask, Services } from '../kind/run.ts';
import type { ComputeService, EngineService, Job, JobResult } from './job.ts';
import { type Spread, spreadOf } from './spread.ts';

/** One worker as the host makes it. `crashed` reports a load error or an uncaught one; termination by us is no crash. */
export interface Spawned {
  port: Port;
  terminate: () => void;
  crashed: (handler: (reason: string) => void) => void;
}
export interface PoolOptions {
  spawn: () => Spawned;
  size: number;
  /** Calls `fire` after `ms`; the answer cancels it. */
  after: (ms: number, fire: () => void) => () => void;
  /** A job that takes longer is ended. Default 30 minutes. */
  deadlineMs?: number;
  /** A worker is replaced after a job whose arrays pass this, since WASM memory never shrinks. Default 400 MiB. */
  recycleBytes?: number;
}
export interface JobHooks {
  progress: (report: Progress) => void;
  log: (line: Words, problem?: Problem) => void;
  /** What this step may ask of the outside. */
  services: Services;
}
export interface RunningJob {
  /** Rejects with the step's Problem, or with `pool.cancelled`. */
  result: Promise<JobResult>;
  /** Ends the worker at once. */
  cancel: () => void;
  /** Asks a stoppable step to finish with its best so far. */
  stop: () => void;
  /** Tells the step something that its kind listens to. */
  ask: (ask: Ask) => void;
}
export interface Pool {
  readonly size: number;
  run: (job: Job, parts: ReadonlyMap<Digest, TypedArray>, hooks: JobHooks) => RunningJob;
  close: () => void;
}

interface Active {
  job: Job;
  parts: ReadonlyMap<Digest, TypedArray>;
  hooks: JobHooks;
  resolve: (result: JobResult) => void;
  reject: (error: unknown) => void;
  clearDeadline: () => void;
  /** Of work within the step that asked for less time than the pool allows. */
  clearLimit: () => void;
  /** Told before it had a worker. */
  early: Ask[];
  /** Its parts that wait or run in other workers: until they end it takes no worker's place. */
  spread: Spread;
}
interface Worker {
  spawned: Spawned;
  remote: Remote<ComputeService>;
  /** Parts it was sent and may still have: a preference, not a promise. */
  sent: Set<Digest>;
  active?: Active;
}

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

/** Workers start when first needed. The caller keeps at most `size` jobs running; one more waits for a free worker. */
export function createPool(options: PoolOptions): Pool {
  const deadlineMs = options.deadlineMs ?? 30 * MINUTE_MS;
  const recycleBytes = options.recycleBytes ?? 400 * MIB;
  const workers: Worker[] = [];
  const waiting: Active[] = [];

  const start = (): Worker => {
    const spawned = options.spawn();
    const worker: Worker = { spawned, sent: new Set(), remote: undefined as unknown as Remote<ComputeService> };
    const current = (id: string) => (worker.active?.job.id === id ? worker.active : undefined);
    worker.remote = connect<ComputeService>(spawned.port, {
      parts: (digests: Digest[]) => {
        const arrays = digests.map((digest) => worker.active!.parts.get(digest)!);
        for (const digest of digests) worker.sent.add(digest);
        // A view is posted with its whole buffer, so anything narrower goes as a copy of its own.
        const own = arrays.map((array) => (array.byteLength === array.buffer.byteLength ? array : array.slice()));
        return withTransfer(
          own,
          own.filter((array, i) => array !== arrays[i]).map((array) => array.buffer as ArrayBuffer),
        );
      },
      progress: (id: string, report: Progress) => current(id)?.hooks.progress(report),
      log: (id: string, line: Words, found?: Problem) => current(id)?.hooks.log(line, found),
      limit: (id: string, late: { ms: number; problem: Problem } | null) => {
        const active = current(id);
        if (!active) return;
        active.clearLimit();
        active.clearLimit = late ? endAfter(worker, active, late.ms, () => new ProblemError(late.problem)) : () => {};
      },
      service: (method: string, args: unknown[]) => callService(worker.active!.hooks.services, method, args),
      spread: (id: string, place: number, part: NonNullable<Job['part']>, fresh: Part[]) => {
        const active = current(id);
        if (!active) throw cancelled();
        return active.spread.run(place, part, fresh);
      },
      endPart: (id: string, place: number) => current(id)?.spread.end(place),
    } satisfies EngineService);
    spawned.crashed((reason) => {
      if (!workers.includes(worker)) return;
      const failed = worker.active;
      discard(worker);
      failed?.reject(crash(reason, failed.job));
      next();
    });
    workers.push(worker);
    return worker;
  };

  const discard = (worker: Worker) => {
    workers.splice(workers.indexOf(worker), 1);
    worker.active?.clearDeadline();
    worker.active?.clearLimit();
    worker.active?.spread.cancel();
    worker.active = undefined;
    worker.spawned.terminate();
  };

  const choose = (active: Active): Worker | undefined => {
    const free = workers.filter((worker) => !worker.active);
    const bytesThere = (worker: Worker) => {
      let sum = 0;
      for (const [digest, array] of active.parts) if (worker.sent.has(digest)) sum += array.byteLength;
      return sum;
    };
    const best = free.reduce<Worker | undefined>((a, b) => (a && bytesThere(a) >= bytesThere(b) ? a : b), undefined);
    const working = workers.filter(({ active: other }) => other && !other.spread.open()).length;
    return working < options.size ? (best ?? start()) : undefined;
  };

  const endAfter = (worker: Worker, active: Active, ms: number, why: () => ProblemError) =>
    options.after(ms, () => {
      if (worker.active !== active) return;
      discard(worker);
      active.reject(why());
      next();
    });

  /** A step that waits for its parts has their deadlines; its own begins anew when the last of them has ended, where it has one. */
  const arm = (worker: Worker, active: Active) => {
    active.clearDeadline();
    const own = !active.job.patient || active.job.part !== undefined;
    active.clearDeadline = active.spread.open() || !own ? () => {} : endAfter(worker, active, deadlineMs, () => tooLong(deadlineMs));
  };

  const assign = (worker: Worker, active: Active) => {
    worker.active = active;
    arm(worker, active);
    const settle = (finish: () => void, bytes: number) => {
      if (worker.active !== active) return;
      active.clearDeadline();
      active.clearLimit();
      worker.active = undefined;
      const spare = workers.length > options.size && !workers.some((other) => other.active?.spread.open());
      if (bytes > recycleBytes || spare) discard(worker);
      finish();
      next();
    };
    const inputBytes = Array.from(active.parts.values()).reduce((sum, array) => sum + array.byteLength, 0);
    worker.remote.run(active.job).then(
      (result) => {
        for (const { digest, array } of result.fresh) adoptArrayDigest(array, digest);
        const outputBytes = result.fresh.reduce((sum, part) => sum + part.array.byteLength, 0);
        settle(() => active.resolve(result), inputBytes + outputBytes);
      },
      (error) => settle(() => active.reject(error), inputBytes),
    );
    for (const ask of active.early) void worker.remote.ask(active.job.id, ask);
  };

  const next = () => {
    while (waiting.length > 0) {
      const worker = choose(waiting[0]);
      if (!worker) return;
      assign(worker, waiting.shift()!);
    }
  };

  const run: Pool['run'] = (job, parts, hooks) => {
    let active: Active | undefined;
    // A part's own progress would fight with the whole step's; its log lines are the step's.
    const partHooks = { ...hooks, progress: () => {} };
    const holder = () => active && workers.find((worker) => worker.active === active);
    const spread = spreadOf(
      job,
      parts,
      (part, arrays) => run(part, arrays, partHooks),
      () => {
        const worker = holder();
        if (worker) arm(worker, active!);
        next();
      },
    );
    const result = new Promise<JobResult>((resolve, reject) => {
      active = { job, parts, hooks, resolve, reject, spread, early: [], clearDeadline: () => {}, clearLimit: () => {} };
      waiting.push(active);
      next();
    });
    return {
      result,
      stop: () => {
        void holder()?.remote.stop(job.id);
        spread.stop();
      },
      ask: (ask) => {
        const worker = holder();
        if (worker) void worker.remote.ask(job.id, ask);
        else active!.early.push(ask);
      },
      cancel: () => {
        const worker = holder();
        const at = waiting.indexOf(active!);
        if (at >= 0) waiting.splice(at, 1);
        if (worker) discard(worker);
        active!.reject(cancelled());
        next();
      },
    };
  };

  return {
    size: options.size,
    run,
    close: () => {
      const ended = [...waiting.splice(0), ...workers.flatMap((worker) => worker.active ?? [])];
      for (const worker of [...workers]) discard(worker);
      for (const active of ended) active.reject(cancelled());
    },
  };
}

/** One service call by name; only methods that the services record itself has. */
export function callService(services: Services, method: string, args: unknown[]): unknown {
  if (!Object.hasOwn(services, method)) throw new Error(`no service ${method}`);
  return (services[method as keyof Services] as (...values: unknown[]) => unknown)(...args);
}

const cancelled = () =>
  new ProblemError({ code: 'pool.cancelled', message: 'This step was cancelled.', hint: 'Run it again when you want its result.' });
const crash = (reason: string, job: Job) =>
  new ProblemError({
    code: 'pool.crashed',
    message: 'The worker that ran this step stopped, most likely for lack of memory.',
    hint: 'Use fewer rows or columns, or simpler settings, and run again. The other steps were not touched.',
    args: { kind: job.kind, reason },
    details: reason,
  });
const tooLong = (deadlineMs: number) =>
  new ProblemError({
    code: 'pool.deadline',
    message: `This step ran for ${Math.round(deadlineMs / MINUTE_MS)} minutes and was ended.`,
    hint: 'Use fewer rows or simpler settings and run again.',
    args: { deadlineMs },
  });
