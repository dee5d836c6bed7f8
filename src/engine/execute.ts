/** The code inside a compute worker: fetches what it lacks, runs one step at a time, gives new arrays away by transfer. */
import { connect, type Port, withTransfer } from '../base/channel.ts';
import { adoptArrayDigest, type Digest } from '../base/hash.ts';
import { type Packed, type Part, unpack } from '../base/pack.ts';
import type { Services } from '../kind/run.ts';
import type { ComputeService, EngineService, Job, JobResult, LoadNode, ValueRef } from './job.ts';
import { PartCache } from './part-cache.ts';
import { runNode } from './run-node.ts';

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
  const engine = connect<EngineService>(port, {
    run: async (job: Job): Promise<JobResult> => {
      try {
        const given = new Set(refsOf(job).flatMap((ref) => ref.parts));
        return resultOf(await run(job, given), given, cache);
      } finally {
        stopped.delete(job.id);
        cache.trim();
      }
    },
    stop: (job: string) => void stopped.add(job),
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
      inputs: Object.fromEntries(Object.entries(job.inputs).map(([id, ref]) => [id, open(ref)])),
      lists: Object.fromEntries(Object.entries(job.lists).map(([id, list]) => [id, list.map(open)])),
      services,
      stopRequested: () => stopped.has(job.id),
      progress: (report) => void engine.progress(job.id, report),
      log: (line, problem) => void engine.log(job.id, line, problem),
      limit: async (late) => engine.limit(job.id, late),
      now: options.now,
    });
  }
}

const refsOf = (job: Job): ValueRef[] => [...Object.values(job.inputs), ...Object.values(job.lists).flat()];

/** What the engine gave for this job goes back by digest; all else by transfer, copied where someone else holds the buffer. */
function resultOf(outputs: Record<string, Packed>, given: ReadonlySet<Digest>, cache: PartCache): JobResult {
  const fresh = new Map<string, Part>();
  const buffers = new Set<ArrayBuffer>();
  for (const { parts } of Object.values(outputs)) {
    for (const { digest, array } of parts) {
      if (given.has(digest) || fresh.has(digest)) continue;
      const owned = array.byteLength === array.buffer.byteLength && !cache.holds(array.buffer) && !buffers.has(array.buffer as ArrayBuffer);
      const part = { digest, array: owned ? array : array.slice() };
      buffers.add(part.array.buffer as ArrayBuffer);
      fresh.set(digest, part);
    }
  }
  const refs = Object.entries(outputs).map(([port, { head, parts }]) => [port, { head, parts: parts.map((part) => part.digest) }]);
  return withTransfer({ outputs: Object.fromEntries(refs), fresh: [...fresh.values()] }, [...buffers]);
}
