/** The record of a run is as far as the run is: read at any moment, it tells finished steps from those under way and those not begun. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { node, pipeline, toyEngine } from '../engine/toy.fixture.ts';
import { endInterrupted, listRuns } from '../registry/runs.ts';
import { testRegistry } from '../registry/test-registry.ts';
import { runJournal } from './run-journal.ts';

const ENVIRONMENT = { app: '0', kernels: 'ts', browser: 'test' };

async function journalled(hold?: (kind: string) => Promise<void>) {
  const registry = testRegistry();
  const journal = runJournal(registry, 'tab-1', ENVIRONMENT, (error) => {
    throw error;
  });
  const more = { onRunStarted: journal.started, onStepChanged: journal.changed, onRunFinished: journal.finished };
  const toy = await toyEngine({ ...(hold ? { hold } : {}), more });
  const states = async () => {
    const [record] = await listRuns(registry);
    return record && { status: record.status, ...Object.fromEntries(record.steps.map((step) => [step.node, step.state])) };
  };
  return { registry, states, ...toy };
}
const three = () =>
  pipeline(
    [node('a', 'source'), node('b', 'sum'), node('c', 'sign'), node('off', 'sign', {}, { disabled: true })],
    ['a>b', 'b>c', 'a>off'],
  );

test('a run that goes to its end leaves every step that took part as it ended', async () => {
  const { registry, states, runAll } = await journalled();
  await runAll(three());
  await expect.poll(states).toEqual({ status: 'Completed', a: 'fresh', b: 'fresh', c: 'fresh' });
  const [record] = await listRuns(registry);
  expect(record.steps[0]).toMatchObject({ headline: 'value', backend: 'cpu', reason: { text: 'new' }, intent: expect.any(String) });
  expect(record).toMatchObject({ session: 'tab-1', environment: { workers: 2 } });
  await runAll(three(), { scope: { type: 'to', node: 'b' } });
  await expect.poll(states).toEqual({ status: 'Completed', a: 'reused', b: 'reused' });
});

test('a tab that is gone in the middle of a step leaves finished, interrupted and not started apart', async () => {
  const { registry, states, engine } = await journalled((kind) => (kind === 'sum' ? new Promise(() => {}) : Promise.resolve()));
  await engine.run(three(), { scope: { type: 'all' } });
  await expect.poll(states).toEqual({ status: 'Running', a: 'fresh', b: 'running', c: 'queued' });
  await endInterrupted(registry, async () => {});
  expect(await states()).toEqual({ status: 'Failed', a: 'fresh', b: 'interrupted', c: 'not-started' });
});
