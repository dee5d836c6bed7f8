/** What past runs left behind: results by intent and by content key, and what each node was set to when it last ran. */
import type { Digest } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import type { Problem } from '../base/problem.ts';
import type { ValueInfo } from '../events/event.ts';
import type { Settings } from './keys.ts';
import type { Backend } from './settings.ts';
import type { KeyValue } from './storage.ts';

/** A version that a step made, or found to be the same as what it would have made. */
export interface Registered {
  type: 'dataset' | 'model';
  name: string;
  version: number;
}
/** A step's result: what the page may know of its outputs, the warnings, the cost. */
export interface Outcome {
  outputs: Record<string, ValueInfo>;
  notes: Problem[];
  ms: number;
  backend: Backend;
  /** Versions in the registry that this step made; without them the result is worth nothing. */
  registered?: Registered[];
  /** What the node's `schema()` is told after this run. */
  learned?: Json;
  /** Where the store has what the step keeps for later ones (`Kind.keeps`). */
  kept?: Digest;
}
/** A node's last successful run, for the reasons of the next plan. */
export interface LastRun {
  settings: Settings;
  intent: Digest | null;
  /** Content keys of uncacheable steps are null. */
  content: Digest | null;
  outcome: Outcome;
}
export interface Memory {
  open: () => Promise<void>;
  byIntent: (intent: Digest) => Outcome | undefined;
  byContent: (content: Digest) => Outcome | undefined;
  last: (pipeline: string, node: string) => LastRun | undefined;
  /** Every result that is known. */
  outcomes: () => Iterable<Outcome>;
  /** What a step kept, by the key of the settings that it hangs on. */
  kept: (key: Digest) => Digest | undefined;
  keep: (key: Digest, value: Digest) => void;
  remember: (pipeline: string, node: string, run: LastRun) => void;
  /** Resolves when all of it is written. */
  settled: () => Promise<void>;
}

/** Oldest records go first beyond this many of each sort. */
const MOST_RECORDS = 5000;

export function createMemory(records: KeyValue): Memory {
  const kept = {
    intent: new Map<string, Outcome>(),
    content: new Map<string, Outcome>(),
    last: new Map<string, LastRun>(),
    kept: new Map<string, Digest>(),
  };
  let writing: Promise<unknown> = Promise.resolve();
  const save = <Record>(sort: keyof typeof kept, into: Map<string, Record>, key: string, value: Record) => {
    into.delete(key);
    into.set(key, value);
    writing = writing.then(() => records.set(`${sort}:${key}`, value as unknown as Json)).catch(() => {});
    if (into.size <= MOST_RECORDS) return;
    const oldest = into.keys().next().value!;
    into.delete(oldest);
    writing = writing.then(() => records.delete(`${sort}:${oldest}`)).catch(() => {});
  };
  const lastKey = (pipeline: string, node: string) => JSON.stringify([pipeline, node]);
  return {
    open: async () => {
      for (const sort of ['intent', 'content', 'last', 'kept'] as const)
        for (const [key, value] of await records.entries(`${sort}:`))
          (kept[sort] as Map<string, unknown>).set(key.slice(sort.length + 1), value);
    },
    byIntent: (intent) => kept.intent.get(intent),
    byContent: (content) => kept.content.get(content),
    last: (pipeline, node) => kept.last.get(lastKey(pipeline, node)),
    outcomes: () => [...kept.intent.values(), ...kept.content.values(), ...Array.from(kept.last.values(), (run) => run.outcome)],
    kept: (key) => kept.kept.get(key),
    keep: (key, value) => save('kept', kept.kept, key, value),
    remember: (pipeline, node, run) => {
      if (run.intent) save('intent', kept.intent, run.intent, run.outcome);
      if (run.content) save('content', kept.content, run.content, run.outcome);
      save('last', kept.last, lastKey(pipeline, node), run);
    },
    settled: async () => {
      await writing;
    },
  };
}
