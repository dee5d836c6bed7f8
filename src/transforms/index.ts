/** The registry of fitted column transforms: one line per folder. */
import type { Entry } from '../kind/kind.ts';
import type { StepCode } from '../recipe/step.ts';

export const transforms: Entry<StepCode>[] = [];
