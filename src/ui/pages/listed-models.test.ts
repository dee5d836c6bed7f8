/** The trash is not listed, the newest comes first, and changes are measured against what predicts the same. */
import { expect, it } from 'vitest';
import type { ModelRecord, ModelVersion } from '../../registry/records.ts';
import { listed, versionBefore } from './listed-models.ts';

const record = (name: string, more = {}): ModelRecord => ({ name, description: '', createdAt: 0, updatedAt: 0, aliases: {}, ...more });
const version = (name: string, n: number, more = {}) =>
  ({ name, version: n, createdAt: n, task: 'classify', target: 'y', metrics: {}, ...more }) as ModelVersion;

it('lists living models and versions, newest first', () => {
  const models = listed([
    { record: record('old'), versions: [version('old', 1), version('old', 2)] },
    { record: record('gone', { deletedAt: 1 }), versions: [version('gone', 9)] },
    { record: record('empty'), versions: [version('empty', 1, { deletedAt: 2 })] },
    { record: record('new'), versions: [version('new', 5)] },
  ]);
  expect(models.map((model) => [model.record.name, model.versions.map((v) => v.version)])).toEqual([
    ['new', [5]],
    ['old', [2, 1]],
  ]);
});

it('compares with the last version of the same target', () => {
  const [model] = listed([{ record: record('m'), versions: [version('m', 1), version('m', 2, { target: 'z' }), version('m', 3)] }]);
  expect(versionBefore(model, model.versions[0])?.version).toBe(1);
  expect(versionBefore(model, model.versions[2])).toBeUndefined();
});
