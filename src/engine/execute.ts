/** The code inside a compute worker: fetches what it lacks, runs one step at a time, gives new arrays away by transfer. */
import { connect, type Port, withTransfer } from '../base/channel.ts';
import { adoptArrayDigest, type Digest } from '../base/hash.ts';
import { type Packed, type Part, pack, type TypedArray, unpack } from '../base/pack.ts';
import type { Ask, Services } from '../kind/run.ts';
import { type Asks, createAsks } from './asks.ts';
import type { ComputeService, EngineService, Job, JobResult, LoadNode, ValueRef } from './job.ts';
import { PartCache } from './part-cache.ts';
import { type NodeCall, runNode } from './run-node.ts';

export interface ComputeOptions {
  /** Milliseconds from any fixed point, for the progress rate. */
  now: () => number;
  /** Bytes of arrays kept between jobs. */
  cacheBytes?: number;
}
const DEFAULT_CACHE_BYTES = 512 * 1024 * 1024;

/** Serves jobs on the port until the worker is terminated. */
export function serveCompute(port: Port, loadNode: LoadNode, options: ComputeOptions): void {
  const cache = new PartCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const stopped = new Set<string>();
  const asks = new Map<string, Asks>();
  const asksOf = (job: string) => asks.get(job) ?? asks.set(job, createAsks()).get(job)!;
  const engine = connect<EngineService>(port, {
    run: async (job: Job): Promise<JobResult> => {
      try {
        const given = new Set(refsOf(job).flatMap((ref) => ref.parts));
        return resultOf(await run(job, given), given, cache, job.part !== undefined);
      } finally {
        stopped.delete(job.id);
        asks.delete(job.id);
        cache.trim();
      }
    },
    stop: (job: string) => {
      stopped.add(job);
      asksOf(job).tell({ name: 'stop' });
    },
    ask: (job: string, ask: Ask) => asksOf(job).tell(ask),
  } satisfies ComputeService);
  const services = new Proxy({} as Services, {
    get: (_target, method) =>
      typeof method === 'string' && method !== 'then' ? (...args: unknown[]) => engine.service(method, args) : undefined,
  });

  async function run(job: Job, given: ReadonlySet<Digest>) {
    const lacking = [...given].filter((digest) => !cache.has(digest));
    const arrays = lacking.length > 0 ? await engine.parts(lacking) : [];
    lacking.forEach((digest, i) => {
      adoptArrayDigest(arrays[i], digest);
      cache.set(digest, arrays[i]);
    });
    const open = (ref: ValueRef) => unpack(ref.head, (digest) => cache.get(digest)!);
    const code = await loadNode(job.kind, job.version);
    return runNode(code, {
      job,
      spread: remoteParts(job, given),
      inputs: Object.fromEntries(Object.entries(job.inputs).map(([id, ref]) => [id, open(ref)])),
      lists: Object.fromEntries(Object.entries(job.lists).map(([id, list]) => [id, list.map(open)])),
      ...(job.part ? { args: open(job.part.args) } : {}),
      services,
      stopRequested: () => stopped.has(job.id),
      onAsk: (handler) => asksOf(job.id).listen(handler),
      progress: (report) => void engine.progress(job.id, report),
      log: (line, problem) => void engine.log(job.id, line, problem),
      limit: async (late) => engine.limit(job.id, late),
      now: options.now,
    });
  }

  /** Sends each of the arguments' arrays once, and opens what comes back. */
  function remoteParts(job: Job, given: ReadonlySet<Digest>): NodeCall['spread'] {
    const sent = new Map<Digest, TypedArray>();
    let count = 0;
    return async (name, args, ended) => {
      const place = ++count;
      const { head, parts } = pack(args);
      const fresh = parts.filter(({ digest }) => !sent.has(digest) && !given.has(digest));
      for (const { digest, array } of fresh) sent.set(digest, array);
      const part = { name, args: { head, parts: parts.map(({ digest }) => digest) } };
      const answer = engine.spread(job.id, place, part, fresh.map(whole));
      void ended?.then(() => engine.endPart(job.id, place));
      const result = await answer;
      const back = new Map(result.fresh.map(({ digest, array }) => [digest, array]));
      for (const [digest, array] of back) adoptArrayDigest(array, digest);
      const ref = result.outputs.part;
      return ref && unpack(ref.head, (digest) => back.get(digest) ?? sent.get(digest) ?? cache.get(digest)!);
    };
  }
}

/** A view is posted with its whole buffer, so anything narrower goes as a copy of its own. */
const whole = ({ digest, array }: Part): Part => ({ digest, array: array.byteLength === array.buffer.byteLength ? array : array.slice() });

const refsOf = (job: Job): ValueRef[] => [
  ...Object.values(job.inputs),
  ...Object.values(job.lists).flat(),
  ...(job.part ? [job.part.args] : []),
];

/**
 * What the engine gave for this job goes back by digest; all else by transfer, copied where someone else holds the buffer. The code of a part may:
 * what one part prepares, the next one in this worker uses again.
 */
function resultOf(outputs: Record<string, Packed>, given: ReadonlySet<Digest>, cache: PartCache, isPart: boolean): JobResult {
  const fresh = new Map<string, Part>();
  const buffers = new Set<ArrayBuffer>();
  for (const { parts } of Object.values(outputs)) {
    for (const { digest, array } of parts) {
      if (given.has(digest) || fresh.has(digest)) continue;
      const uncut = array.byteLength === array.buffer.byteLength;
      const owned = !isPart && uncut && !cache.holds(array.buffer) && !buffers.has(array.buffer as ArrayBuffer);
      const part = { digest, array: owned ? array : array.slice() };
      buffers.add(part.array.buffer as ArrayBuffer);
      fresh.set(digest, part);
    }
  }
  const refs = Object.entries(outputs).map(([port, { head, parts }]) => [port, { head, parts: parts.map((part) => part.digest) }]);
  return withTransfer({ outputs: Object.fromEntries(refs), fresh: [...fresh.values()] }, [...buffers]);
}
