/** What happened, as one discriminated union. The engine's run events feed the page, the journal and the run record. */
import type { Problem } from '../base/problem.ts';
import type { Progress } from '../base/progress.ts';
import type { Words } from '../base/words.ts';

export type StepState = 'queued' | 'running' | 'fresh' | 'reused' | 'failed' | 'blocked' | 'cancelled';

export type RunEvent =
  | { type: 'run-started'; run: string; at: number; steps: string[] }
  | { type: 'step-queued'; run: string; node: string; place: number }
  | { type: 'step-started'; run: string; node: string; at: number; reason: Words }
  | { type: 'step-progress'; run: string; node: string; at: number; progress: Progress }
  | { type: 'step-log'; run: string; node: string; line: Words; problem?: Problem }
  | {
      type: 'step-done';
      run: string;
      node: string;
      at: number;
      state: 'fresh' | 'reused';
      reason: Words;
      ms: number;
      outputs: Record<string, ValueInfo>;
      notes: Problem[];
    }
  | { type: 'step-failed'; run: string; node: string; at: number; problem: Problem }
  | { type: 'step-blocked'; run: string; node: string; by: string }
  | { type: 'step-cancelled'; run: string; node: string; at: number }
  | { type: 'run-finished'; run: string; at: number; status: 'Completed' | 'Failed' | 'Canceled'; ms: number };

/** What the page knows of a value: never the value itself. `headline` is the result line ("1,309 × 6", "AUC 0.884"). */
export interface ValueInfo {
  type: string;
  digest: string;
  bytes: number;
  headline: Words;
  rows?: number;
  columns?: number;
  metrics?: Record<string, number>;
}
