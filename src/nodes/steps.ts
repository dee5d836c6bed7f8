/** The registry of table verbs that are neither learner nor fitted transform: one line per folder. */
import { type Entry, entry } from '../kind/kind.ts';
import type { StepCode } from '../recipe/step.ts';
import { aggregateKind } from './aggregate/kind.ts';
import { concat } from './concat/kind.ts';
import { dateParts } from './date-parts/kind.ts';
import { dropMissing } from './drop-missing/kind.ts';
import { editMetadata } from './edit-metadata/kind.ts';
import { filterRows } from './filter-rows/kind.ts';
import { formula } from './formula/kind.ts';
import { groupBy } from './group-by/kind.ts';
import { join } from './join/kind.ts';
import { lagWindow } from './lags/kind.ts';
import { removeDuplicates } from './remove-duplicates/kind.ts';
import { rename } from './rename/kind.ts';
import { replace } from './replace/kind.ts';
import { selectColumns } from './select-columns/kind.ts';
import { sort } from './sort/kind.ts';
import { transpose } from './transpose/kind.ts';

export const steps: Entry<StepCode>[] = [
  entry(selectColumns, () => import('./select-columns/step.ts')),
  entry(dropMissing, () => import('./drop-missing/step.ts')),
  entry(replace, () => import('./replace/step.ts')),
  entry(rename, () => import('./rename/step.ts')),
  entry(sort, () => import('./sort/step.ts')),
  entry(filterRows, () => import('./filter-rows/step.ts')),
  entry(formula, () => import('./formula/step.ts')),
  entry(editMetadata, () => import('./edit-metadata/step.ts')),
  entry(concat, () => import('./concat/step.ts')),
  entry(join, () => import('./join/step.ts')),
  entry(groupBy, () => import('./group-by/step.ts')),
  entry(aggregateKind, () => import('./aggregate/step.ts')),
  entry(transpose, () => import('./transpose/step.ts')),
  entry(dateParts, () => import('./date-parts/step.ts')),
  entry(lagWindow, () => import('./lags/step.ts')),
  entry(removeDuplicates, () => import('./remove-duplicates/step.ts')),
];
