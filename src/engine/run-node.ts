/** Runs one step's code on unpacked values: its context, its random streams, its progress at most ten times a second. */
import { type Packed, pack } from '../base/pack.ts';
import type { Problem } from '../base/problem.ts';
import type { Progress } from '../base/progress.ts';
import { stream } from '../base/random.ts';
import type { Words } from '../base/words.ts';
import type { Ask, NodeCode, Outputs, RunContext, Services } from '../kind/run.ts';
import type { Job } from './job.ts';

export interface NodeCall {
  job: Job;
  inputs: Record<string, unknown>;
  lists: Record<string, unknown[]>;
  /** Of a part. */
  args?: unknown;
  /** Has another worker do a part; absent where there is none. */
  spread?: RunContext['spread'];
  services: Services;
  stopRequested: () => boolean;
  onAsk: (handler: (ask: Ask) => void) => void;
  progress: (report: Progress) => void;
  log: (line: Words, problem?: Problem) => void;
  /** Arms a shorter deadline than the pool's, or with null goes back to the pool's. Does nothing where no worker can be ended. */
  limit: (late: { ms: number; problem: Problem } | null) => Promise<void>;
  /** Milliseconds from any fixed point. */
  now: () => number;
}

const PROGRESS_INTERVAL_MS = 100;

/** Lets a report through when the last one is old enough; what is held back is told as one, a little later or by `flush`. */
function throttle(send: (report: Progress) => void, now: () => number) {
  let last = Number.NEGATIVE_INFINITY;
  let held: Progress | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!held) return;
    last = now();
    send(held);
    held = undefined;
  };
  return {
    report: (report: Progress) => {
      held = { ...held, ...report };
      if (now() - last >= PROGRESS_INTERVAL_MS) flush();
      else timer ??= setTimeout(flush, PROGRESS_INTERVAL_MS);
    },
    flush,
  };
}

/** The step's outputs, packed, by port; an output that the step leaves out is absent. */
export async function runNode(code: NodeCode, call: NodeCall): Promise<Record<string, Packed>> {
  const { job } = call;
  const progress = throttle(call.progress, call.now);
  const context: RunContext = {
    params: job.params,
    inputs: call.inputs,
    lists: call.lists,
    progress: progress.report,
    log: call.log,
    random: (purpose, seed) => {
      if (!job.random) throw new Error(`kind ${job.kind} draws random numbers but its tags do not say so`);
      return stream(job.seeds.pipeline, seed ?? job.seeds.step, purpose);
    },
    stopRequested: call.stopRequested,
    onAsk: call.onAsk,
    now: call.now,
    backend: job.backend,
    width: job.width,
    spread: async (name, args, ended) => {
      if (!code.parts || !Object.hasOwn(code.parts, name)) throw new Error(`kind ${job.kind} has no part “${name}”`);
      return call.spread && !job.part ? call.spread(name, args, ended) : code.parts[name](context, args);
    },
    services: call.services,
    within: async (ms, problem, work) => {
      await call.limit({ ms, problem });
      try {
        return await work();
      } finally {
        await call.limit(null);
      }
    },
  };
  let outputs: Outputs;
  try {
    outputs = job.part ? { part: await code.parts![job.part.name](context, call.args) } : await code.run(context);
  } finally {
    progress.flush();
  }
  const present = Object.entries(outputs).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([port, value]) => [port, pack(value)]));
}
