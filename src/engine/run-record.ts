/** What a run leaves for the registry: each step's state, reason, time, backend and headline. The host adds its number. */
import type { Digest } from '../base/hash.ts';
import type { Problem } from '../base/problem.ts';
import type { Words } from '../base/words.ts';
import type { StepState } from '../events/event.ts';
import type { PipelineDocument } from './document.ts';
import type { RunRequest } from './plan-types.ts';
import type { Backend } from './settings.ts';

export interface FinishedStep {
  node: string;
  title: Words;
  kind: string;
  state: StepState;
  reason: Words;
  /** What the step was to compute: tells later whether this still speaks of the node as it is. */
  intent: Digest | null;
  ms?: number;
  headline?: Words;
  metrics?: Record<string, number>;
  problem?: Problem;
  backend?: Backend;
  /** Digest of each output's value, by port: equal values have equal digests, wherever they were made. */
  outputs?: Record<string, Digest>;
  log: Words[];
}
export interface StartedRun {
  id: string;
  /** The document as it was. */
  document: PipelineDocument;
  request: RunRequest;
  startedAt: number;
  workers: number;
  /** Those that take part, in execution order, each as far as it has come. */
  steps: FinishedStep[];
}
export interface FinishedRun extends StartedRun {
  status: 'Completed' | 'Failed' | 'Canceled';
  endedAt: number;
}

type Said = Pick<FinishedStep, 'headline' | 'metrics'>;
/** The step whose metrics speak for the run: the last one that judged a model. */
export const judgingStep = <S extends Said>(steps: readonly S[]): S | undefined =>
  steps.findLast((step) => step.metrics && Object.keys(step.metrics).length > 0);

/** The result line of a run: of the step that judged, else of the last step that has one. */
export const runHeadline = (steps: readonly Said[]): Words =>
  judgingStep(steps)?.headline ?? steps.findLast((step) => step.headline)?.headline ?? '';
