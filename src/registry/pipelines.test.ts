import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { canonical } from '../base/json.ts';
import { emptyDocument } from '../engine/document.ts';
import { openDb } from './db.ts';
import { listPipelines, loadPipeline, nameVersion, pipelineVersions, savePipeline } from './pipelines.ts';
import { testRegistry } from './test-registry.ts';
import { purgeTrash, remove, restore } from './trash.ts';
import { createWorkspace, listWorkspaces, openWorkspace } from './workspaces.ts';

const document = (name = 'Titanic') => emptyDocument('p1', name);

describe('pipelines', () => {
  it('keeps the newest document across a reload', async () => {
    const registry = testRegistry();
    const one = await savePipeline(registry, document(), 0);
    const two = await savePipeline(registry, { ...document(), seed: 7 }, one.revision);
    expect(two.revision).toBe(2);
    registry.db.close();
    const again = { ...registry, db: openDb(registry.name) };
    expect((await loadPipeline(again, 'p1'))?.document).toBe(canonical({ ...document(), seed: 7 }));
    expect(await listPipelines(again)).toHaveLength(1);
  });

  it('refuses a revision that is not the stored one, also when two save at once', async () => {
    const registry = testRegistry();
    await savePipeline(registry, document(), 0);
    await expect(savePipeline(registry, document('late'), 0)).rejects.toMatchObject({
      problem: { code: 'registry.revision-conflict', args: { expected: 0, stored: 1 } },
    });
    const both = await Promise.allSettled([savePipeline(registry, document('a'), 1), savePipeline(registry, document('b'), 1)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await loadPipeline(registry, 'p1'))?.revision).toBe(2);
  });

  it('keeps 50 timed copies and every named one', async () => {
    const registry = testRegistry();
    for (let i = 0; i < 60; i++) {
      registry.at += 120_000;
      await savePipeline(registry, { ...document(), seed: i }, i, i === 3 ? { label: 'before the change' } : {});
      registry.at += 1_000;
    }
    const versions = await pipelineVersions(registry, 'p1');
    expect(versions.filter((one) => one.label === undefined)).toHaveLength(50);
    expect(versions.filter((one) => one.label)).toMatchObject([{ revision: 4, label: 'before the change' }]);
    expect(versions[0].revision).toBe(60);
  });

  it('makes no timed copy for each keystroke', async () => {
    const registry = testRegistry();
    for (let i = 0; i < 5; i++) {
      await savePipeline(registry, { ...document(), seed: i }, i);
      registry.at += 1_000;
    }
    expect(await pipelineVersions(registry, 'p1')).toMatchObject([{ revision: 1 }]);
  });

  it('keeps what stood for a while before the next change', async () => {
    const registry = testRegistry();
    for (let i = 0; i < 3; i++) {
      await savePipeline(registry, { ...document(), seed: i }, i);
      registry.at += 1_000;
    }
    registry.at += 3_600_000;
    await savePipeline(registry, { ...document(), seed: 3 }, 3);
    expect((await pipelineVersions(registry, 'p1')).map(({ revision, at }) => [revision, at])).toEqual([
      [4, 3_604_000],
      [3, 3_000],
      [1, 1_000],
    ]);
  });

  it('names the present state or an older copy, and takes the name away again', async () => {
    const registry = testRegistry();
    await savePipeline(registry, document(), 0);
    registry.at += 1_000;
    await savePipeline(registry, { ...document(), seed: 7 }, 1);
    await nameVersion(registry, 'p1', 2, 'with seed 7');
    await nameVersion(registry, 'p1', 1, 'first');
    const named = await pipelineVersions(registry, 'p1');
    expect(named.map(({ revision, label }) => [revision, label])).toEqual([
      [2, 'with seed 7'],
      [1, 'first'],
    ]);
    expect(JSON.parse(named[0].document)).toMatchObject({ seed: 7 });
    await nameVersion(registry, 'p1', 1, null);
    expect((await pipelineVersions(registry, 'p1'))[1].label).toBeUndefined();
    await expect(nameVersion(registry, 'p1', 9, 'x')).rejects.toMatchObject({ problem: { code: 'registry.no-version' } });
  });

  it('goes to the trash and comes back; after 30 days it is gone', async () => {
    const registry = testRegistry();
    await savePipeline(registry, document(), 0);
    const before = await loadPipeline(registry, 'p1');
    await remove(registry, { type: 'pipeline', id: 'p1' });
    expect(await listPipelines(registry)).toEqual([]);
    await restore(registry, { type: 'pipeline', id: 'p1' });
    expect(await loadPipeline(registry, 'p1')).toEqual(before);
    await remove(registry, { type: 'pipeline', id: 'p1' });
    registry.at += 30 * 24 * 3600 * 1000;
    await purgeTrash(registry);
    expect(await loadPipeline(registry, 'p1')).toBeDefined();
    registry.at += 1;
    await purgeTrash(registry);
    expect(await loadPipeline(registry, 'p1')).toBeUndefined();
    expect(await pipelineVersions(registry, 'p1')).toEqual([]);
  });
});

describe('workspaces', () => {
  it('makes the default silently, opens the last one, refuses a used name', async () => {
    const first = await openWorkspace(10);
    expect(first.workspace).toMatchObject({ id: 'default', name: 'My workspace' });
    first.db.close();
    const made = await createWorkspace(' Second ', 20);
    expect((await openWorkspace(30)).workspace.id).toBe(made.id);
    expect((await openWorkspace(40, 'default')).workspace.createdAt).toBe(10);
    expect((await listWorkspaces()).map((one) => one.name)).toEqual(['My workspace', 'Second']);
    await expect(createWorkspace('Second', 50)).rejects.toMatchObject({ problem: { code: 'workspace.name' } });
    await expect(openWorkspace(60, 'nowhere')).rejects.toMatchObject({ problem: { code: 'workspace.gone' } });
  });
});
