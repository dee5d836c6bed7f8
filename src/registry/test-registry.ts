/** A registry in memory and a small model for the tests of this folder. */
import { memoryBlobs } from '../base/blob-store.ts';
import type { Model } from '../recipe/model.ts';
import { tableOf } from '../table/table.ts';
import { openDb, type Registry } from './db.ts';
import type { Origin } from './model-entry.ts';

let opened = 0;
/** A fresh database under a name of its own; `at` is the clock. */
export function testRegistry(name = `test-${++opened}`): Registry & { at: number; name: string } {
  const registry = { db: openDb(name), blobs: memoryBlobs(), at: 1_000, now: () => registry.at, name };
  return registry;
}

export const ORIGIN: Origin = { run: 'r1', node: 'n1', pipeline: 'p1', pipelineDigest: 'd1', seed: 42, app: '0.1.0' };

export const passengers = () =>
  tableOf({ age: ['number', [22, null, 38.5]], sex: ['category', ['male', 'female', 'female']], name: ['text', ['Ä', '', '姓名']] });

export const smallModel = (weight = 0.25): Model => ({
  shape: 'row',
  task: 'classify',
  inputs: [
    { name: 'age', type: 'number', role: 'feature' },
    { name: 'sex', type: 'category', role: 'feature', categories: ['male', 'female'] },
  ],
  outputs: [
    { name: 'label', type: 'category', role: 'label' },
    { name: 'probability_yes', type: 'number', role: 'probability', of: 'yes' },
  ],
  classes: ['no', 'yes'],
  target: 'survived',
  recipe: { entries: [{ type: 'raw', schema: { columns: [] }, digest: 'ab' }] },
  targets: [],
  learner: { kind: 'learn.logistic', version: 1, params: { C: 1 } },
  featuriser: { numbers: 'impute-scale', columns: [{ name: 'age', type: 'number', fill: 30.25, offset: Number.NaN }], features: ['age'] },
  fitted: { weights: Float64Array.of(weight, -0, Number.NaN, 5e-324), trees: [Int32Array.of(1, -2), Uint8Array.of(3)] },
  about: { rowCount: 3, notes: ['trained without 1 row'] },
  learned: { source: 'ab', ids: Int32Array.of(0, 2) },
  seen: { age: { range: [22, 38.5], missing: 1 / 3 }, sex: { missing: 0 } },
  sample: passengers(),
});

export const ABOUT = { description: 'first', tags: { team: 'a' }, metrics: { auc: 0.9 }, onnx: Uint8Array.of(8, 9, 10) };
