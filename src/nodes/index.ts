/** The registry of node kinds that run by code of their own: one line per folder. Table verbs are in `steps.ts`. */
import { type Entry, entry } from '../kind/kind.ts';
import type { NodeCode } from '../kind/run.ts';
import { automl } from './automl/kind.ts';
import { automlForecast } from './automl-forecast/kind.ts';
import { calibrate } from './calibrate/kind.ts';
import { combineModels } from './combine-models/kind.ts';
import { crossValidate } from './cross-validate/kind.ts';
import { dataProfile } from './data-profile/kind.ts';
import { dataTable } from './data-table/kind.ts';
import { decompose } from './decompose/kind.ts';
import { effects } from './effects/kind.ts';
import { enterData } from './enter-data/kind.ts';
import { evaluate } from './evaluate/kind.ts';
import { explain } from './explain/kind.ts';
import { exportOnnx } from './export-onnx/kind.ts';
import { fileImport } from './file-import/kind.ts';
import { forecast } from './forecast/kind.ts';
import { forecaster } from './forecaster/kind.ts';
import { importOnnx } from './import-onnx/kind.ts';
import { loadModel } from './load-model/kind.ts';
import { makeSeries } from './make-series/kind.ts';
import { registerDataset } from './register-dataset/kind.ts';
import { registerModel } from './register-model/kind.ts';
import { registeredDataset } from './registered-dataset/kind.ts';
import { rollingOrigin } from './rolling-origin/kind.ts';
import { sampleData } from './sample-data/kind.ts';
import { saveData } from './save-data/kind.ts';
import { score } from './score/kind.ts';
import { script } from './script/kind.ts';
import { split } from './split/kind.ts';
import { train } from './train/kind.ts';

export const nodes: Entry<NodeCode>[] = [
  entry(split, () => import('./split/run.ts')),
  entry(train, () => import('./train/run.ts')),
  entry(combineModels, () => import('./combine-models/run.ts')),
  entry(calibrate, () => import('./calibrate/run.ts')),
  entry(score, () => import('./score/run.ts')),
  entry(evaluate, () => import('./evaluate/run.ts')),
  entry(explain, () => import('./explain/run.ts')),
  entry(effects, () => import('./effects/run.ts')),
  entry(automl, () => import('./automl/run.ts')),
  entry(makeSeries, () => import('./make-series/run.ts')),
  entry(forecaster, () => import('./forecaster/run.ts')),
  entry(forecast, () => import('./forecast/run.ts')),
  entry(rollingOrigin, () => import('./rolling-origin/run.ts')),
  entry(decompose, () => import('./decompose/run.ts')),
  entry(automlForecast, () => import('./automl-forecast/run.ts')),
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
