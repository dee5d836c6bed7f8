import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord, RunStatus } from './records.ts';
import { createRun, failInterrupted, listRuns, markInterrupted, mayMove, moveRun, updateStep } from './runs.ts';
import { testRegistry } from './test-registry.ts';
import { purgeTrash, remove } from './trash.ts';

const run = (id: string): Omit<RunRecord, 'number'> => ({
  id,
  pipeline: 'p1',
  pipelineName: 'Titanic',
  document: '{}',
  status: 'Running',
  startedAt: 1,
  steps: ['a', 'b', 'c'].map((node, i) => ({ node, title: node, kind: 'k', state: ['fresh', 'running', 'queued'][i], reason: 'new' })),
  environment: { app: '0', kernels: 'ts', browser: 'test', backend: 'cpu', workers: 1 },
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
    await Promise.all([updateStep(registry, 'x', 'b', { state: 'fresh', ms: 5 }), updateStep(registry, 'x', 'c', { state: 'running' })]);
    registry.at = 99;
    expect(await moveRun(registry, 'x', 'Completed')).toBe(true);
    expect(await moveRun(registry, 'x', 'Failed')).toBe(false);
    const [record] = await listRuns(registry);
    expect(record).toMatchObject({ status: 'Completed', endedAt: 99 });
    expect(record.steps.map((step) => step.state)).toEqual(['fresh', 'fresh', 'running']);
    expect(await registry.db.events.toArray()).toMatchObject([{ type: 'RunFinished', subject: 'runs/1', data: { status: 'Completed' } }]);
  });

  it('marks what the last session left as silent, then as failed with the reason', async () => {
    const registry = testRegistry();
    await createRun(registry, run('x'));
    await createRun(registry, { ...run('done'), status: 'Completed' });
    expect((await markInterrupted(registry)).map((one) => one.id)).toEqual(['x']);
    expect((await listRuns(registry)).find((one) => one.id === 'x')?.status).toBe('NotResponding');
    await failInterrupted(registry);
    const record = (await listRuns(registry)).find((one) => one.id === 'x');
    expect(record?.status).toBe('Failed');
    expect(record?.steps.map((step) => [step.state, step.problem?.code])).toEqual([
      ['fresh', undefined],
      ['failed', 'run.interrupted'],
      ['cancelled', 'run.interrupted'],
    ]);
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
