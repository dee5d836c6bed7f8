/** The session against a backend in memory: edits, undo, autosave with conflict, checks, runs, reload. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument } from '../../engine/document.ts';
import { addNode, connect, remove, setParam } from './edits.ts';
import { fakeBackend } from './fake-backend.fixture.ts';
import { kindOf, kindsById } from './kinds.ts';
import { newOpened, openFirst, rememberOpen } from './open-first.ts';
import { createSession, type Session } from './session.ts';
import { memoryValues, type Storage } from './storage.ts';

const split = kindOf('prepare.split')!;
const source = kindOf('data.file-import')!;
const current = (session: Session) => session.documents.getState().document;

let open: Session | undefined;
function start(storage: Storage = memoryValues(), document = emptyDocument('p-1', 'Test'), runs: unknown[] = []) {
  const fake = fakeBackend(runs);
  open = createSession({ backend: fake.backend, opened: newOpened(document), storage });
  return { ...fake, session: open, storage };
}
afterEach(() => {
  open?.close();
  vi.useRealTimers();
});

describe('document', () => {
  it('undoes and redoes everything through one dispatcher', () => {
    const { session } = start();
    const before = JSON.stringify(current(session));
    const a = addNode(current(session), source, { x: 0, y: 0 });
    session.documents.edit(a.edit);
    const b = addNode(current(session), split, { x: 0, y: 100 });
    session.documents.edit(b.edit);
    session.documents.edit(connect(current(session), { node: a.id, port: 'table' }, { node: b.id, port: 'table' }));
    session.documents.edit(setParam(current(session), b.id, 'test', 0.4));
    session.documents.edit(remove(current(session), { nodes: [a.id] }));
    expect(Object.keys(current(session).wires)).toEqual([]);
    const after = JSON.stringify(current(session));
    for (let i = 0; i < 5; i++) session.documents.undo();
    expect(JSON.stringify(current(session))).toBe(before);
    for (let i = 0; i < 5; i++) session.documents.redo();
    expect(JSON.stringify(current(session))).toBe(after);
    expect(session.documents.redo()).toBeUndefined();
  });

  it('keeps parameters sparse: the default is taken out again', () => {
    const { session } = start();
    const { edit, id } = addNode(current(session), split, { x: 0, y: 0 });
    session.documents.edit(edit);
    session.documents.edit(setParam(current(session), id, 'test', 0.4));
    expect(current(session).nodes[id].params).toEqual({ test: 0.4 });
    session.documents.edit(setParam(current(session), id, 'test', split.params.test.default as number));
    expect(current(session).nodes[id].params).toEqual({});
  });

  it('refuses an edit that does not fit, says why, and changes nothing', () => {
    const { session } = start();
    const { edit, id } = addNode(current(session), split, { x: 0, y: 0 });
    session.documents.edit(edit);
    const before = current(session);
    expect(session.documents.edit(connect(before, { node: id, port: 'train' }, { node: id, port: 'table' }))).toBe(false);
    expect(current(session)).toBe(before);
    expect(session.documents.getState().refused?.message).toBeTruthy();
  });

  it('is stored with what can be undone and redone, at the moment it is saved', async () => {
    vi.useFakeTimers();
    const { session, backend, storage } = start();
    session.documents.edit(addNode(current(session), split, { x: 0, y: 0 }).edit);
    session.documents.edit(addNode(current(session), split, { x: 0, y: 100 }).edit);
    session.documents.undo();
    rememberOpen(storage, 'p-1');
    await session.saving.flush();
    const { opened } = await openFirst(backend, storage);
    open = createSession({ backend, opened, storage });
    expect(current(open)).toEqual(current(session));
    expect(open.documents.redo()).toBeTruthy();
    expect(Object.keys(current(open).nodes)).toHaveLength(2);
    open.documents.undo();
    open.documents.undo();
    expect(current(open).nodes).toEqual({});
  });

  it('of a newer version of the app is left alone, and said', async () => {
    const { backend, stored, storage } = start();
    rememberOpen(storage, 'p-2');
    stored.set('p-2', { revision: 3, document: JSON.stringify({ ...emptyDocument('p-2', 'Later'), format: 99 }) });
    const { opened, problem } = await openFirst(backend, storage);
    expect(problem?.code).toBe('document.newer');
    expect(opened.document.id).not.toBe('p-2');
    expect(stored.get('p-2')?.revision).toBe(3);
  });

  it('that is opened from a file never stands there as saved before it is; an empty one is stored with its first edit', async () => {
    const { session, stored } = start();
    const filled = applyEdit(
      emptyDocument('p-2', 'File'),
      addNode(emptyDocument('p-2', 'File'), split, { x: 0, y: 0 }).edit,
      kindsById,
    ).document;
    const seen: string[] = [];
    session.documents.subscribe(() => queueMicrotask(() => seen.push(`${current(session).id} ${session.saving.getState().status}`)));
    await session.open(filled);
    await vi.waitFor(() => expect(stored.get('p-2')?.revision).toBe(1));
    expect(seen[0]).toBe('p-2 dirty');
    await session.open(emptyDocument('p-3', 'Empty'));
    expect(session.saving.getState().status).toBe('saved');
    expect(stored.has('p-3')).toBe(false);
  });

  it('is the one worked on last, also when a killed browser forgot which one was open', async () => {
    const { backend, stored, storage } = start();
    const first = async () => (await openFirst(backend, storage)).opened.document.id;
    const put = (id: string, updatedAt: number) =>
      stored.set(id, { revision: 1, document: JSON.stringify(emptyDocument(id, id)), updatedAt });
    const unsaved = await first();
    expect(await first()).toBe(unsaved);
    put('p-old', 1000);
    expect(await first()).toBe(unsaved);
    put('p-new', Date.now() + 1000);
    expect(await first()).toBe('p-new');
    rememberOpen(storage, 'p-old');
    put('p-new', Date.now() - 1000);
    expect(await first()).toBe('p-old');
    expect((await openFirst(backend, memoryValues())).opened.document.id).toBe('p-new');
  });
});

describe('autosave', () => {
  it('saves after an edit, with rising revisions, within 350 ms', async () => {
    vi.useFakeTimers();
    const { session, stored } = start();
    session.documents.edit(addNode(current(session), split, { x: 0, y: 0 }).edit);
    expect(session.saving.getState().status).toBe('dirty');
    await vi.advanceTimersByTimeAsync(350);
    expect(session.saving.getState()).toMatchObject({ status: 'saved', revision: 1, savedAt: 1000 });
    session.documents.undo();
    await vi.advanceTimersByTimeAsync(350);
    expect(stored.get('p-1')?.revision).toBe(2);
    expect(JSON.parse(stored.get('p-1')?.document ?? '{}').nodes).toEqual({});
  });

  it('stops at a conflict, and goes on when the person chooses theirs', async () => {
    vi.useFakeTimers();
    const { session, stored } = start();
    stored.set('p-1', { revision: 7, document: '{}' });
    session.documents.edit(addNode(current(session), split, { x: 0, y: 0 }).edit);
    await vi.advanceTimersByTimeAsync(350);
    expect(session.saving.getState()).toMatchObject({ status: 'failed', problem: { code: 'pipeline.conflict' } });
    expect(stored.get('p-1')?.revision).toBe(7);
    await session.saving.overwrite();
    expect(session.saving.getState()).toMatchObject({ status: 'saved', revision: 8 });
  });
});

describe('another tab', () => {
  it('writes: this one shows what it saves, changes and runs nothing, and goes on from there when it takes over', async () => {
    vi.useFakeTimers();
    const { session, stored, writer, registryChanged, raw } = start();
    await writer('reader');
    expect(session.saving.getState().status).toBe('reading');
    expect(session.documents.edit(addNode(current(session), split, { x: 0, y: 0 }).edit)).toBe(false);
    expect(session.documents.getState().refused?.code).toBe('workspace.reading');
    await session.run({ scope: { type: 'all' } });
    expect(raw.run).not.toHaveBeenCalled();
    stored.set('p-1', { revision: 4, document: JSON.stringify({ ...current(session), name: 'Theirs' }) });
    registryChanged('pipelines');
    await vi.advanceTimersByTimeAsync(1000);
    expect(current(session).name).toBe('Theirs');
    expect([session.saving.getState().status, stored.get('p-1')?.revision]).toEqual(['reading', 4]);
    stored.set('p-1', { revision: 5, document: JSON.stringify({ ...current(session), name: 'Last' }) });
    await writer('writer');
    expect(current(session).name).toBe('Last');
    expect(session.documents.edit(addNode(current(session), split, { x: 0, y: 0 }).edit)).toBe(true);
    await vi.advanceTimersByTimeAsync(400);
    expect(session.saving.getState()).toMatchObject({ status: 'saved', revision: 6 });
  });

  it('takes over: this one saves first, and keeps what it could not save', async () => {
    vi.useFakeTimers();
    const { session, stored, writer } = start();
    await writer('writer');
    session.documents.edit(addNode(current(session), split, { x: 0, y: 0 }).edit);
    await writer('taken');
    expect(stored.get('p-1')?.document).toContain('prepare.split');
    expect(session.saving.getState().status).toBe('reading');
    await writer('writer');
    stored.set('p-1', { revision: 9, document: '{}' });
    session.documents.edit(addNode(current(session), split, { x: 0, y: 200 }).edit);
    await writer('taken');
    expect(session.saving.getState().status).toBe('failed');
    expect(Object.keys(current(session).nodes)).toHaveLength(2);
    expect(stored.get('p-1')?.document).toBe('{}');
  });
});

describe('run', () => {
  async function running() {
    vi.useFakeTimers();
    const made = start();
    const { edit, id } = addNode(current(made.session), split, { x: 0, y: 0 });
    made.session.documents.edit(edit);
    await vi.advanceTimersByTimeAsync(400);
    const view = () => made.session.views.getState().views[id];
    made.send({ type: 'run-started', run: 'r', at: 0, steps: [id] });
    return { ...made, id, view };
  }

  it('shows queued, running with progress, fresh, and stale after a change', async () => {
    const { session, send, id, view } = await running();
    expect(view().state).toBe('queued');
    send({ type: 'step-queued', run: 'r', node: id, place: 2 });
    session.runs.flush();
    expect(view()).toMatchObject({ state: 'queued' });
    send({ type: 'step-started', run: 'r', node: id, at: Date.now(), reason: 'new' });
    send({
      type: 'step-progress',
      at: Date.now(),
      run: 'r',
      node: id,
      progress: { fraction: 0.5, text: 'Round 5 of 10', point: { x: 1, series: { loss: 2 } } },
    });
    send({ type: 'step-progress', at: Date.now(), run: 'r', node: id, progress: { fraction: 0.6, point: { x: 2, series: { loss: 1 } } } });
    session.runs.flush();
    expect(view()).toMatchObject({ state: 'running', fraction: 0.6, line: 'Round 5 of 10', curve: [2, 1] });
    const outputs = {
      train: { type: 'table', digest: 'd', bytes: 1, headline: '7 × 2', rows: 7 },
      test: { type: 'table', digest: 'e', bytes: 1, headline: '3 × 2', rows: 3 },
    };
    send({ type: 'step-done', run: 'r', node: id, at: 2, state: 'fresh', reason: 'new', ms: 5, outputs, notes: [] });
    send({ type: 'run-finished', run: 'r', at: 3, status: 'Completed', ms: 9 });
    expect(view()).toMatchObject({ state: 'fresh', result: '7 | 3' });
    session.documents.edit(setParam(current(session), id, 'test', 0.4));
    await vi.advanceTimersByTimeAsync(400);
    expect(view()).toMatchObject({ state: 'stale', result: '7 | 3' });
  });

  it('shows a failure with its sentence until the node changes', async () => {
    const { session, send, id, view } = await running();
    const problem = { code: 'x', severity: 'error' as const, at: {}, message: 'Too few rows.', args: {}, hint: 'Add rows.' };
    send({ type: 'step-failed', run: 'r', node: id, at: 1, problem });
    send({ type: 'run-finished', run: 'r', at: 3, status: 'Failed', ms: 9 });
    expect(view()).toMatchObject({ state: 'failed', line: 'Too few rows.', result: 'No result' });
    session.documents.edit(setParam(current(session), id, 'test', 0.4));
    await vi.advanceTimersByTimeAsync(400);
    expect(view().state).toBe('idle');
  });

  it('updates a running node at most ten times a second', async () => {
    const { session, send, id } = await running();
    send({ type: 'step-started', run: 'r', node: id, at: Date.now(), reason: 'new' });
    let updates = 0;
    session.views.subscribe(() => updates++);
    for (let i = 0; i < 100; i++) {
      send({ type: 'step-progress', at: Date.now(), run: 'r', node: id, progress: { fraction: i / 100 } });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(updates).toBeGreaterThan(5);
    expect(updates).toBeLessThanOrEqual(11);
  });

  it('keeps the views of untouched nodes by reference', async () => {
    const { session, send, id } = await running();
    const other = addNode(current(session), source, { x: 300, y: 0 });
    session.documents.edit(other.edit);
    const before = session.views.getState().views[other.id];
    send({ type: 'step-started', run: 'r', node: id, at: Date.now(), reason: 'new' });
    session.runs.flush();
    expect(session.views.getState().views[other.id]).toBe(before);
  });

  it('says at a node that the tab was closed while it ran, as long as the node is what it was', async () => {
    const one = addNode(emptyDocument('p-1', 'Test'), split, { x: 0, y: 0 });
    const { document } = applyEdit(emptyDocument('p-1', 'Test'), one.edit, kindsById);
    const problem = {
      code: 'run.interrupted',
      severity: 'error' as const,
      at: {},
      message: 'The tab was closed.',
      args: {},
      hint: 'Run again.',
    };
    const step = { node: one.id, title: 'Split', kind: split.id, state: 'interrupted', reason: 'new', intent: 'i', problem };
    const ended = { id: 'r', problem: { code: 'run.ended-with-tab' }, steps: [step] };
    const shown = async (runs: unknown[]) => {
      open?.close();
      const { session } = start(memoryValues(), document, runs);
      await vi.waitFor(() => expect(session.checks.getState().report.plan.length).toBe(1));
      await new Promise((resolve) => setTimeout(resolve));
      return session.views.getState().views[one.id];
    };
    const { intent } = (await fakeBackend().backend.check(document)).plan[0];
    expect(await shown([{ ...ended, steps: [{ ...step, intent }] }])).toMatchObject({ state: 'failed', line: 'The tab was closed.' });
    expect(await shown([{ ...ended, steps: [{ ...step, intent: 'another' }] }])).toMatchObject({ state: 'idle' });
    expect(await shown([{ id: 's', steps: [] }, ended])).toMatchObject({ state: 'idle' });
  });
});
