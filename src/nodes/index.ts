/** The registry of node kinds: one line per folder. */
import { type Entry, entry } from '../kind/kind.ts';
import type { NodeCode } from '../kind/run.ts';
import type { StepCode } from '../recipe/step.ts';
import { aggregateKind } from './aggregate/kind.ts';
import { concat } from './concat/kind.ts';
import { crossValidate } from './cross-validate/kind.ts';
import { dataProfile } from './data-profile/kind.ts';
import { dataTable } from './data-table/kind.ts';
import { dateParts } from './date-parts/kind.ts';
import { dropMissing } from './drop-missing/kind.ts';
import { editMetadata } from './edit-metadata/kind.ts';
import { enterData } from './enter-data/kind.ts';
import { evaluate } from './evaluate/kind.ts';
import { exportOnnx } from './export-onnx/kind.ts';
import { fileImport } from './file-import/kind.ts';
import { filterRows } from './filter-rows/kind.ts';
import { formula } from './formula/kind.ts';
import { groupBy } from './group-by/kind.ts';
import { importOnnx } from './import-onnx/kind.ts';
import { join } from './join/kind.ts';
import { loadModel } from './load-model/kind.ts';
import { registerDataset } from './register-dataset/kind.ts';
import { registerModel } from './register-model/kind.ts';
import { registeredDataset } from './registered-dataset/kind.ts';
import { removeDuplicates } from './remove-duplicates/kind.ts';
import { rename } from './rename/kind.ts';
import { replace } from './replace/kind.ts';
import { sampleData } from './sample-data/kind.ts';
import { saveData } from './save-data/kind.ts';
import { score } from './score/kind.ts';
import { script } from './script/kind.ts';
import { selectColumns } from './select-columns/kind.ts';
import { sort } from './sort/kind.ts';
import { split } from './split/kind.ts';
import { train } from './train/kind.ts';
import { transpose } from './transpose/kind.ts';

/** Table verbs that live here (neither learner nor fitted transform). */
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
  entry(removeDuplicates, () => import('./remove-duplicates/step.ts')),
];

export const nodes: Entry<NodeCode>[] = [
  entry(split, () => import('./split/run.ts')),
  entry(train, () => import('./train/run.ts')),
  entry(score, () => import('./score/run.ts')),
  entry(evaluate, () => import('./evaluate/run.ts')),
  entry(crossValidate, () => import('./cross-validate/run.ts')),
  entry(fileImport, () => import('./file-import/run.ts')),
  entry(sampleData, () => import('./sample-data/run.ts')),
  entry(enterData, () => import('./enter-data/run.ts')),
  entry(registeredDataset, () => import('./registered-dataset/run.ts')),
  entry(registerDataset, () => import('./register-dataset/run.ts')),
  entry(loadModel, () => import('./load-model/run.ts')),
  entry(exportOnnx, () => import('./export-onnx/run.ts')),
  entry(importOnnx, () => import('./import-onnx/run.ts')),
  entry(dataTable, () => import('./data-table/run.ts')),
  entry(script, () => import('./script/run.ts')),
  entry(saveData, () => import('./save-data/run.ts')),
  entry(registerModel, () => import('./register-model/run.ts')),
  entry(dataProfile, () => import('./data-profile/run.ts')),
];
