/** What engine and compute workers say to each other: one job per step, values as heads and part digests. */
import type { Digest } from '../base/hash.ts';
import type { Part, TypedArray } from '../base/pack.ts';
import type { Problem } from '../base/problem.ts';
import type { Progress } from '../base/progress.ts';
import type { Words } from '../base/words.ts';
import type { ParamValues } from '../kind/params.ts';
import type { Ask, NodeCode } from '../kind/run.ts';

/** A packed value without its arrays. */
export interface ValueRef {
  head: string;
  parts: Digest[];
}
/** Everything a step's code gets, short of the arrays. Node ids are for messages only; they enter no stream or key. */
export interface Job {
  id: string;
  node: string;
  kind: string;
  version: number;
  /** Defaults filled in. */
  params: ParamValues;
  inputs: Record<string, ValueRef>;
  lists: Record<string, ValueRef[]>;
  seeds: { pipeline: number; step: number };
  /** False: asking for a random stream is an error, since the pipeline's seed is not in this step's key. */
  random: boolean;
  backend: 'cpu' | 'gpu';
  /** How many parts of this step may run at once. */
  width: number;
  /** A person can tell it to end (`tags.asks`): no deadline but those of its parts, since it may be paused. */
  patient?: boolean;
  /** Set when this is such a part: which, and its arguments. */
  part?: { name: string; args: ValueRef };
}
/** `fresh` holds the arrays that the engine does not have yet. A part gives one output, `part`. */
export interface JobResult {
  outputs: Record<string, ValueRef>;
  fresh: Part[];
}
export type LoadNode = (kind: string, version: number) => Promise<NodeCode>;

/** Served by a compute worker. */
export type ComputeService = {
  run: (job: Job) => Promise<JobResult>;
  stop: (job: string) => void;
  ask: (job: string, ask: Ask) => void;
};
/** Served by the engine to its compute workers. */
export type EngineService = {
  parts: (digests: Digest[]) => TypedArray[];
  progress: (job: string, report: Progress) => void;
  log: (job: string, line: Words, problem?: Problem) => void;
  limit: (job: string, late: { ms: number; problem: Problem } | null) => void;
  service: (method: string, args: unknown[]) => unknown;
  /** Runs a part of the job in another worker; `fresh` holds the arrays of its arguments that were not sent before. `place` numbers it. */
  spread: (job: string, place: number, part: { name: string; args: ValueRef }, fresh: Part[]) => Promise<JobResult>;
  endPart: (job: string, place: number) => void;
};
