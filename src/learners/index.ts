/** The registry of learners: one line per folder. */
import type { Entry } from '../kind/kind.ts';
import type { LearnerCode } from '../recipe/model.ts';

export const learners: Entry<LearnerCode>[] = [];
