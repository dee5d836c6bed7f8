import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../base/hash.ts';
import type { Model } from '../recipe/model.ts';
import { openDb } from './db.ts';
import { exportModel, importModel } from './model-package.ts';
import { describeModel, findModel, listModels, modelOnnx, readModel, registerModel, setAlias } from './models.ts';
import { ABOUT, ORIGIN, smallModel, testRegistry } from './test-registry.ts';
import { remove, restore } from './trash.ts';

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error) => error.problem?.code ?? String(error),
  );

describe('models', () => {
  it('numbers versions, keeps bytes, metrics and lineage, and survives a reload', async () => {
    const registry = testRegistry();
    const first = await registerModel(registry, ' titanic ', smallModel(), ABOUT, ORIGIN);
    const second = await registerModel(registry, 'titanic', smallModel(0.5), { ...ABOUT, onnx: undefined }, ORIGIN);
    expect([first.version.version, second.version.version]).toEqual([1, 2]);
    registry.db.close();
    const again = { ...registry, db: openDb(registry.name) };
    expect(await readModel(again, 'titanic', 1)).toEqual(smallModel());
    expect(await modelOnnx(again, 'titanic', 1)).toEqual(ABOUT.onnx);
    const [{ record, versions }] = await listModels(again);
    expect(record.name).toBe('titanic');
    expect(versions.map((v) => v.version)).toEqual([2, 1]);
    expect(versions[1]).toMatchObject({
      status: 'READY',
      digest: sha256(ABOUT.onnx),
      metrics: { auc: 0.9 },
      lineage: { run: 'r1', pipeline: 'p1', dataDigest: 'ab', seed: 42 },
      signature: { inputs: [{ name: 'age', range: [22, 38.5], missing: 1 / 3 }, { name: 'sex' }] },
      head: { task: 'classify', target: 'survived', classes: ['no', 'yes'], exportable: true },
    });
    expect(await code(modelOnnx(again, 'titanic', 2))).toBe('model.no-onnx');
  });

  it('answers the same model with the version it has', async () => {
    const registry = testRegistry();
    await registerModel(registry, 'titanic', smallModel(), ABOUT, ORIGIN);
    const again = await registerModel(registry, 'titanic', smallModel(), ABOUT, ORIGIN);
    expect(again).toMatchObject({ existing: true, version: { version: 1 } });
    const elsewhere = await registerModel(registry, 'other', smallModel(), ABOUT, ORIGIN);
    expect(elsewhere).toMatchObject({ existing: false, version: { version: 1 } });
  });

  it('takes the same model again when only the new one has an ONNX file', async () => {
    const registry = testRegistry();
    const bare = { ...ABOUT, onnx: undefined };
    await registerModel(registry, 'titanic', smallModel(), bare, ORIGIN);
    expect(await registerModel(registry, 'titanic', smallModel(), ABOUT, ORIGIN)).toMatchObject({
      existing: false,
      version: { version: 2, onnx: sha256(ABOUT.onnx) },
    });
    expect(await registerModel(registry, 'titanic', smallModel(), ABOUT, ORIGIN)).toMatchObject({
      existing: true,
      version: { version: 2 },
    });
    expect(await registerModel(registry, 'titanic', smallModel(), bare, ORIGIN)).toMatchObject({ existing: true, version: { version: 2 } });
  });

  it('registers at once from two places with two numbers', async () => {
    const registry = testRegistry();
    const made = await Promise.all([1, 2, 3, 4].map((w) => registerModel(registry, 'm', smallModel(w), ABOUT, ORIGIN)));
    expect(made.map((one) => one.version.version).sort()).toEqual([1, 2, 3, 4]);
  });

  it('finds by number, latest and alias, and says what there is', async () => {
    const registry = testRegistry();
    for (const weight of [1, 2, 3]) await registerModel(registry, 'm', smallModel(weight), ABOUT, ORIGIN);
    await setAlias(registry, 'm', 'champion', 1);
    const version = async (ref: number | string) => (await findModel(registry, 'm', ref)).version;
    expect([await version('latest'), await version('2'), await version(3), await version('champion'), await version('@champion')]).toEqual([
      3, 2, 3, 1, 1,
    ]);
    await setAlias(registry, 'm', 'champion', 2);
    expect(await version('champion')).toBe(2);
    await setAlias(registry, 'm', 'champion', null);
    expect(await code(version('champion'))).toBe('registry.not-found');
    expect(await code(setAlias(registry, 'm', 'latest', 1))).toBe('model.alias');
    expect(await code(setAlias(registry, 'm', 'best', 9))).toBe('registry.not-found');
    expect(await code(version('constructor'))).toBe('registry.not-found');
    expect((await registry.db.events.where('type').equals('AliasMoved').toArray()).map((e) => e.data)).toEqual([
      { from: null, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: null },
    ]);
  });

  it('deletes softly with exact undo, and never uses a number twice', async () => {
    const registry = testRegistry();
    await registerModel(registry, 'm', smallModel(1), ABOUT, ORIGIN);
    await registerModel(registry, 'm', smallModel(2), ABOUT, ORIGIN);
    await setAlias(registry, 'm', 'champion', 2);
    const before = await listModels(registry);
    await remove(registry, { type: 'model', name: 'm', version: 2 });
    expect((await findModel(registry, 'm', 'latest')).version).toBe(1);
    expect(await code(findModel(registry, 'm', 'champion'))).toBe('registry.not-found');
    await restore(registry, { type: 'model', name: 'm', version: 2 });
    expect(await listModels(registry)).toEqual(before);
    await remove(registry, { type: 'model', name: 'm', version: 2 });
    expect((await registerModel(registry, 'm', smallModel(3), ABOUT, ORIGIN)).version.version).toBe(3);
  });

  it('changes the words about a version', async () => {
    const registry = testRegistry();
    await registerModel(registry, 'm', smallModel(), ABOUT, ORIGIN);
    await describeModel(registry, 'm', 1, { description: 'new', tags: { stage: 'test' } });
    expect(await findModel(registry, 'm', 1)).toMatchObject({ description: 'new', tags: { stage: 'test' } });
  });

  it('refuses names that would not work', async () => {
    const registry = testRegistry();
    for (const name of ['', '  ', 'a/b', 'a:1', 'a@b', 'x'.repeat(81), 'a\u0000b'])
      await expect(async () => registerModel(registry, name, smallModel(), ABOUT, ORIGIN)).rejects.toMatchObject({
        problem: { code: 'registry.name' },
      });
  });
});

describe('.millrace-model', () => {
  it('is an exact round trip into another workspace', async () => {
    const from = testRegistry();
    const to = testRegistry();
    await registerModel(from, 'titanic', smallModel(), ABOUT, ORIGIN);
    const file = await exportModel(from, 'titanic', 'latest');
    const { version } = await importModel(to, file);
    expect(version).toMatchObject({ name: 'titanic', version: 1, description: 'first', metrics: { auc: 0.9 }, lineage: { run: 'r1' } });
    const model = await readModel(to, 'titanic', 1);
    expect(model).toEqual(smallModel());
    const { weights } = (model as Model).fitted as { weights: Float64Array };
    expect(Object.is(weights[1], -0)).toBe(true);
    expect(await modelOnnx(to, 'titanic', 1)).toEqual(ABOUT.onnx);
    expect(await exportModel(to, 'titanic', 1).then((bytes) => bytes.length)).toBe(file.length);
    expect(await importModel(to, file)).toMatchObject({ existing: true, version: { version: 1 } });
  });

  it('refuses a damaged or foreign file and writes nothing', async () => {
    const from = testRegistry();
    const to = testRegistry();
    await registerModel(from, 'titanic', smallModel(), ABOUT, ORIGIN);
    const file = await exportModel(from, 'titanic', 1);
    expect(await code(importModel(to, new Uint8Array(0)))).toBe('package.format');
    expect(await code(importModel(to, file.slice(0, -9)))).toBe('package.damaged');
    const turned = file.slice();
    turned[turned.length - 20] ^= 1;
    expect(await code(importModel(to, turned))).toBe('package.damaged');
    expect(await listModels(to)).toEqual([]);
  });
});
