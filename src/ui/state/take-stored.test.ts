/** What a node shows belongs to the settings that it has now, or is marked as stale. */
import { expect, test, vi } from 'vitest';
import { emptyDocument } from '../../engine/document.ts';
import type { StoredResult } from '../../engine/engine.ts';
import { addNode, setParam } from './edits.ts';
import { fakeBackend, report } from './fake-backend.fixture.ts';
import { kindOf } from './kinds.ts';
import { newOpened } from './open-first.ts';
import { createSession } from './session.ts';
import { memoryValues } from './storage.ts';

test('after undo and redo a node shows what is stored for the settings that it has now', async () => {
  vi.useFakeTimers();
  const { backend, send, raw } = fakeBackend();
  const session = createSession({ backend, opened: newOpened(emptyDocument('p-1', 'Test')), storage: memoryValues() });
  const current = () => session.documents.getState().document;
  const { edit, id } = addNode(current(), kindOf('prepare.split')!, { x: 0, y: 0 });
  session.documents.edit(edit);
  await vi.advanceTimersByTimeAsync(400);
  const view = () => session.views.getState().views[id];
  send({ type: 'run-started', run: 'r', at: 0, steps: [id] });
  const result = (digest: string, headline: string): StoredResult => ({
    outputs: { train: { type: 'table', digest, bytes: 1, headline } },
    notes: [],
    ms: 5,
  });
  const ran = new Map<string, StoredResult>();
  raw.check = async (document) => {
    const plain = report(document);
    const state = (intent: string | null) => {
      const found = ran.get(intent ?? '');
      return found ? { state: 'reused' as const, outputs: { train: found.outputs.train.digest } } : {};
    };
    return { ...plain, plan: plain.plan.map((step) => ({ ...step, ...state(step.intent) })) };
  };
  raw.recall.mockImplementation(async ({ nodes }, ids) =>
    Object.fromEntries(
      ids.flatMap((node) => (ran.has(JSON.stringify(nodes[node].params)) ? [[node, ran.get(JSON.stringify(nodes[node].params))!]] : [])),
    ),
  );
  const end = (found: StoredResult) => {
    ran.set(JSON.stringify(current().nodes[id].params), found);
    send({ type: 'step-done', run: 'r', node: id, at: 2, state: 'fresh', reason: 'new', ...found });
    send({ type: 'run-finished', run: 'r', at: 3, status: 'Completed', ms: 9 });
    return vi.advanceTimersByTimeAsync(400);
  };
  const shown = () => [view().state, view().result, session.runs.getState().steps[id].outputs!.train.digest];
  await end(result('one', '7 | 3'));
  session.documents.edit(setParam(current(), id, 'test', 0.4));
  await vi.advanceTimersByTimeAsync(400);
  send({ type: 'run-started', run: 'r', at: 4, steps: [id] });
  await end(result('two', '6 | 4'));
  expect(shown()).toEqual(['fresh', '6 | 4', 'two']);
  session.documents.undo();
  await vi.advanceTimersByTimeAsync(400);
  expect(shown()).toEqual(['reused', '7 | 3', 'one']);
  session.documents.redo();
  await vi.advanceTimersByTimeAsync(400);
  expect(shown()).toEqual(['reused', '6 | 4', 'two']);
  // Gone in between: what is shown is of other settings, and says so.
  raw.recall.mockImplementation(async () => ({}));
  session.documents.undo();
  await vi.advanceTimersByTimeAsync(400);
  expect(shown()).toEqual(['stale', '6 | 4', 'two']);
  session.close();
  vi.useRealTimers();
});
