/** Carries out one step of a run: gathers its inputs, runs it in the pool or here, stores its outputs. */
import type { Digest } from '../base/hash.ts';
import { type Packed, packedBytes, type TypedArray } from '../base/pack.ts';
import { type Problem, ProblemError } from '../base/problem.ts';
import type { ValueInfo } from '../events/event.ts';
import { fillParams } from '../kind/fill.ts';
import type { Kind } from '../kind/kind.ts';
import type { Services } from '../kind/run.ts';
import { createAsks } from './asks.ts';
import type { DocumentNode, PipelineDocument, Wire } from './document.ts';
import type { Job, JobResult, LoadNode, ValueRef } from './job.ts';
import type { Outcome, Registered } from './memory.ts';
import type { JobHooks, Pool, RunningJob } from './pool.ts';
import { runNode } from './run-node.ts';
import { type Backend, drawsRandom, stepSeed } from './settings.ts';
import { noting } from './standing.ts';
import type { ValueStore } from './store.ts';

/** What the page is told of a value besides digest, type and size. */
export type Headline = (type: string, value: unknown) => Pick<ValueInfo, 'headline' | 'rows' | 'columns' | 'metrics'>;

export interface StepDeps {
  loadNode: LoadNode;
  pool: Pool;
  store: ValueStore;
  now: () => number;
  headline: Headline;
}
export interface StepCall {
  run: string;
  document: PipelineDocument;
  node: DocumentNode;
  kind: Kind;
  backend: Backend;
  wires: readonly Wire[];
  /** Digest of the value on a wire; undefined when its step left that output out. */
  digestOn: (wire: Wire) => Digest | undefined;
  /** What an earlier run of this work kept. */
  kept?: Digest;
  services: Services;
  progress: JobHooks['progress'];
  log: JobHooks['log'];
  /** Told how to stop, cancel or steer, once it runs. */
  started: (job: Omit<RunningJob, 'result'>) => void;
}

/** Instant steps run in the engine itself, all else in a worker; what an effect does to the registry comes back as a service call. */
export const laneOf = (kind: Kind): 'pool' | 'engine' => (kind.tags?.instant ? 'engine' : 'pool');

/** A step holds its inputs and makes about as much again. */
const MOST_INPUT_BYTES = 0.75 * 1024 ** 3;

export async function executeStep(deps: StepDeps, given: StepCall): Promise<Outcome> {
  const begin = deps.now();
  const registered: Registered[] = [];
  const call: StepCall = { ...given, services: noting(given.services, (made) => registered.push(made)) };
  const notes: Problem[] = [];
  const log: JobHooks['log'] = (line, found) => {
    if (found) notes.push({ ...found, at: { node: call.node.id, ...found.at } });
    call.log(line, found);
  };
  const { job, parts, digests } = await prepare(deps, call);
  const packed =
    laneOf(call.kind) === 'engine' ? await runHere(deps, call, job, digests, log) : await runInPool(deps, call, job, parts, log);
  const ms = deps.now() - begin;
  const keeps = call.kind.keeps?.id;
  const kept = keeps !== undefined && packed[keeps] ? deps.store.put(packed[keeps], ms) : undefined;
  if (keeps !== undefined) delete packed[keeps];
  const outputs: Record<string, ValueInfo> = {};
  const values: Record<string, unknown> = {};
  for (const [port, value] of Object.entries(packed)) {
    const type = call.kind.outputs.find((output) => output.id === port)?.type;
    if (!type) throw new Error(`kind ${call.kind.id} gave a value for an output “${port}” that it does not have`);
    const digest = deps.store.put(value, ms);
    deps.store.pin(call.run, digest);
    values[port] = await deps.store.value(digest);
    outputs[port] = { type, digest, bytes: packedBytes(value), ...deps.headline(type, values[port]) };
  }
  const learned = call.kind.tags?.sandbox ? (await deps.loadNode(call.kind.id, call.kind.version)).learned?.(values) : undefined;
  return {
    outputs,
    notes,
    ms,
    backend: call.backend,
    ...(registered.length > 0 ? { registered } : {}),
    ...(learned === undefined ? {} : { learned }),
    ...(kept === undefined ? {} : { kept }),
  };
}

interface Prepared {
  job: Job;
  parts: Map<Digest, TypedArray>;
  /** Value digests by port, for steps that run here. */
  digests: { inputs: Record<string, Digest>; lists: Record<string, Digest[]> };
}

async function prepare({ store, pool }: StepDeps, call: StepCall): Promise<Prepared> {
  const { run, document, node, kind, backend, wires, digestOn } = call;
  const params = fillParams(kind.params, node.params);
  const job: Job = {
    id: `${run}/${node.id}`,
    node: node.id,
    kind: kind.id,
    version: kind.version,
    params,
    inputs: {},
    lists: {},
    seeds: { pipeline: document.seed, step: stepSeed(kind.params, params) },
    random: drawsRandom(kind),
    backend,
    width: Math.max(1, Math.min(pool.size, node.maxWorkers ?? pool.size)),
    ...(kind.tags?.asks ? { patient: true } : {}),
  };
  const parts = new Map<Digest, TypedArray>();
  const digests: Prepared['digests'] = { inputs: {}, lists: {} };
  for (const port of kind.inputs) {
    const found = wires.filter((wire) => wire.to.port === port.id).map((wire) => digestOn(wire));
    const present = found.filter((digest) => digest !== undefined);
    if (present.length < found.length || (port.required && present.length === 0)) throw emptyInput(port.id, port.title);
    const refs: ValueRef[] = [];
    for (const digest of present) {
      store.pin(run, digest);
      const packed = await store.get(digest);
      if (!packed) throw lostValue(port.id);
      for (const part of packed.parts) parts.set(part.digest, part.array);
      refs.push({ head: packed.head, parts: packed.parts.map((part) => part.digest) });
    }
    if (port.many) [job.lists[port.id], digests.lists[port.id]] = [refs, present];
    else if (refs.length > 0) [job.inputs[port.id], digests.inputs[port.id]] = [refs[0], present[0]];
  }
  const kept = call.kept === undefined ? undefined : await store.get(call.kept);
  if (kind.keeps && kept) {
    for (const part of kept.parts) parts.set(part.digest, part.array);
    job.inputs[kind.keeps.id] = { head: kept.head, parts: kept.parts.map((part) => part.digest) };
  }
  const bytes = Array.from(parts.values()).reduce((sum, array) => sum + array.byteLength, 0);
  if (bytes > MOST_INPUT_BYTES) throw tooLarge(bytes);
  return { job, parts, digests };
}

async function runInPool(
  { pool }: StepDeps,
  call: StepCall,
  job: Job,
  parts: Map<Digest, TypedArray>,
  log: JobHooks['log'],
): Promise<Record<string, Packed>> {
  const running = pool.run(job, parts, { progress: call.progress, log, services: call.services });
  call.started(running);
  return openResult(await running.result, parts);
}

/** The worker names arrays that it was given by digest only; they are ours already. */
function openResult({ outputs, fresh }: JobResult, given: ReadonlyMap<Digest, TypedArray>): Record<string, Packed> {
  const arrays = new Map([...given, ...fresh.map((part) => [part.digest, part.array] as const)]);
  const open = ({ head, parts }: ValueRef): Packed => ({ head, parts: parts.map((digest) => ({ digest, array: arrays.get(digest)! })) });
  return Object.fromEntries(Object.entries(outputs).map(([port, ref]) => [port, open(ref)]));
}

async function runHere(
  { store, loadNode, now }: StepDeps,
  call: StepCall,
  job: Job,
  digests: Prepared['digests'],
  log: JobHooks['log'],
): Promise<Record<string, Packed>> {
  let stopped = false;
  const asks = createAsks();
  const stop = () => {
    stopped = true;
    asks.tell({ name: 'stop' });
  };
  call.started({ stop, cancel: stop, ask: asks.tell });
  const inputs: Record<string, unknown> = {};
  const lists: Record<string, unknown[]> = {};
  for (const [port, digest] of Object.entries(digests.inputs)) inputs[port] = await store.value(digest);
  for (const [port, list] of Object.entries(digests.lists)) lists[port] = await Promise.all(list.map((digest) => store.value(digest)));
  const code = await loadNode(job.kind, job.version);
  const { services, progress } = call;
  const calls = { stopRequested: () => stopped, onAsk: asks.listen, progress, log, limit: async () => {}, now };
  return runNode(code, { job, inputs, lists, services, ...calls });
}

const emptyInput = (port: string, title: string) =>
  new ProblemError({
    code: 'run.empty-input',
    at: { port },
    args: { port },
    message: `The step before gave nothing for the input “${title}”.`,
    hint: 'Look at what the step before needs to give this output, for example a table to train on.',
  });
const lostValue = (port: string) =>
  new ProblemError({
    code: 'run.lost-value',
    at: { port },
    args: { port },
    message: 'The stored result that this step reads is no longer there.',
    hint: 'Run again: the step before it will be computed anew.',
  });
const tooLarge = (bytes: number) =>
  new ProblemError({
    code: 'run.too-large',
    args: { bytes },
    message: `This step would read ${(bytes / 1024 ** 3).toFixed(1)} GB at once, more than a browser tab can work on.`,
    hint: 'Use fewer rows or columns before it.',
  });
