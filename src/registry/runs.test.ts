import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord, RunStatus } from './records.ts';
import { createRun, endInterrupted, listRuns, markSilent, mayMove, moveRun, updateSteps } from './runs.ts';
import { testRegistry } from './test-registry.ts';
import { purgeTrash, remove } from './trash.ts';

const run = (id: string): Omit<RunRecord, 'number'> => ({
  id,
  pipeline: 'p1',
  pipelineName: 'Titanic',
  document: '{}',
  status: 'Running',
  startedAt: 1,
  steps: ['a', 'b', 'c'].map((node, i) => ({
    node,
    title: node,
    kind: 'k',
    state: (['fresh', 'running', 'queued'] as const)[i],
    reason: 'new',
  })),
  environment: { app: '0', kernels: 'ts', browser: 'test', workers: 1 },
});

describe('runs', () => {
  it('counts up, also after the newest was deleted for good', async () => {
    const registry = testRegistry();
    await createRun(registry, run('x'));
    expect((await createRun(registry, run('y'))).number).toBe(2);
    await remove(registry, { type: 'run', id: 'y' });
    registry.at += 31 * 24 * 3600 * 1000;
    await purgeTrash(registry);
    expect((await listRuns(registry)).map((one) => one.id)).toEqual(['x']);
    expect((await createRun(registry, run('z'))).number).toBe(3);
    expect((await listRuns(registry, 'p2')).length).toBe(0);
  });

  it('changes one step and ends with an event', async () => {
    const registry = testRegistry();
    await createRun(registry, run('x'));
    await Promise.all([
      updateSteps(registry, 'x', new Map([['b', { state: 'fresh', ms: 5 }]])),
      updateSteps(registry, 'x', new Map([['c', { state: 'running' }]])),
      updateSteps(registry, 'x', new Map([['stranger', { state: 'running' }]])),
    ]);
    expect((await listRuns(registry))[0].steps.map((step) => step.state)).toEqual(['fresh', 'fresh', 'running']);
    registry.at = 99;
    expect(await moveRun(registry, 'x', 'Completed', new Map([['c', { state: 'reused', headline: '3 × 2' }]]))).toBe(true);
    expect(await moveRun(registry, 'x', 'Failed', new Map([['c', { state: 'failed' }]]))).toBe(false);
    const [record] = await listRuns(registry);
    expect(record).toMatchObject({ status: 'Completed', endedAt: 99 });
    expect(record.steps.map((step) => step.state)).toEqual(['fresh', 'fresh', 'reused']);
    expect(record.steps[2].headline).toBe('3 × 2');
    expect(await registry.db.events.toArray()).toMatchObject([{ type: 'RunFinished', subject: 'runs/1', data: { status: 'Completed' } }]);
  });

  it('ends what a closed tab left: what was finished stays, what was under way is interrupted, the rest not started', async () => {
    const registry = testRegistry();
    await createRun(registry, { ...run('x'), session: 'tab-1' });
    await createRun(registry, { ...run('y'), session: 'tab-2' });
    await createRun(registry, run('old'));
    await createRun(registry, { ...run('done'), status: 'Completed', session: 'tab-1' });
    const closed = new Map<string, () => void>();
    const ending = endInterrupted(registry, (session) => new Promise((resolve) => closed.set(session, resolve)));
    const status = async () => Object.fromEntries((await listRuns(registry)).map((one) => [one.id, one.status]));
    await expect.poll(status).toEqual({ x: 'Running', y: 'Running', old: 'Failed', done: 'Completed' });
    // The run that another tab ends by itself in the meantime keeps its own end.
    await moveRun(registry, 'y', 'Completed');
    for (const close of closed.values()) close();
    await ending;
    expect(await status()).toEqual({ x: 'Failed', y: 'Completed', old: 'Failed', done: 'Completed' });
    const record = (await listRuns(registry)).find((one) => one.id === 'x');
    expect(record?.steps.map((step) => [step.state, step.problem?.code])).toEqual([
      ['fresh', undefined],
      ['interrupted', 'run.interrupted'],
      ['not-started', undefined],
    ]);
    expect(record?.problem).toMatchObject({ code: 'run.ended-with-tab', args: { total: 3, finished: 1, interrupted: 1, waiting: 1 } });
    await createRun(registry, { ...run('z'), steps: run('z').steps.map((step) => ({ ...step, state: 'fresh' })) });
    await endInterrupted(registry, async () => {});
    expect(await status()).toMatchObject({ z: 'Completed' });
    expect((await listRuns(registry)).find((one) => one.id === 'x')).toEqual(record);
  });

  it('where there are no locks: an unfinished run is silent, and may still end by itself', async () => {
    const registry = testRegistry();
    await createRun(registry, run('x'));
    await markSilent(registry);
    expect((await listRuns(registry))[0].status).toBe('NotResponding');
    expect(await moveRun(registry, 'x', 'Completed')).toBe(true);
  });

  it('never leaves a final state, whatever comes', () => {
    const states: RunStatus[] = ['NotStarted', 'Queued', 'Running', 'Completed', 'Failed', 'Canceled', 'NotResponding'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { maxLength: 20 }), (wanted) => {
        let now: RunStatus = 'NotStarted';
        let final: RunStatus | undefined;
        for (const next of wanted) {
          if (mayMove(now, next)) now = next;
          if (final) expect(now).toBe(final);
          if (['Completed', 'Failed', 'Canceled'].includes(now)) final = now;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
