/** The registry of node kinds: one line per folder. */
import type { Entry } from '../kind/kind.ts';
import type { NodeCode } from '../kind/run.ts';
import type { StepCode } from '../recipe/step.ts';

/** Table verbs that live here (neither learner nor fitted transform). */
export const steps: Entry<StepCode>[] = [];

export const nodes: Entry<NodeCode>[] = [];
