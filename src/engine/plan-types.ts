/** What check and plan say about a document before it runs. Plain data, sent to the page after each edit. */
import type { Digest } from '../base/hash.ts';
import type { Problem } from '../base/problem.ts';
import type { Words } from '../base/words.ts';
import type { PortSchema } from '../kind/kind.ts';

/** `will-check` runs only if the parent's output differs. */
export type PlanState = 'reused' | 'will-run' | 'will-check' | 'blocked' | 'disabled' | 'needs-input';

export interface PlannedStep {
  node: string;
  state: PlanState;
  /** Shown on the node: "new", "test size 0.2 → 0.3", "input changed", "waits for Fill missing". */
  reason: Words;
  intent: Digest | null;
  /** Milliseconds it took last time, when known. */
  estimateMs?: number;
  /** Output digests of the reused result, by port. */
  outputs?: Record<string, Digest>;
  /** Reused because the node is pinned, whatever its settings and inputs are now. */
  pinned?: true;
}
export interface Badge {
  node: string;
  type: 'refit' | 'leak';
  /** Rule number of contracts §1, the step and column concerned. */
  rule: number;
  message: Words;
  column?: string;
  problem?: Problem;
}
export interface Report {
  problems: Problem[];
  /** Schemas known at edit time: by node, by port id. */
  inputs: Record<string, Record<string, PortSchema | undefined>>;
  outputs: Record<string, Record<string, PortSchema | undefined>>;
  /** In execution order. */
  plan: PlannedStep[];
  badges: Badge[];
  /** By node: true or why a model through it cannot be exported. */
  exportable: Record<string, true | Problem>;
}

/** What to run. `all` = every stale node; effect kinds other than `node` are left out of `to`, which may lead to others `also`. */
export interface RunRequest {
  scope: { type: 'all' } | { type: 'to'; node: string; also?: readonly string[] } | { type: 'from'; node: string };
  /** Ignore stored results for the scope ("forced"). */
  regenerate?: boolean;
}
