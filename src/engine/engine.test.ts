/** The engine end to end on toy kinds: reuse, reasons, early stop, isolation, cancel, scopes, the same digests on any pool. */
import { expect, test } from 'vitest';
import { inEnglish } from '../base/words.ts';
import type { PipelineDocument } from './document.ts';
import { node, pipeline, randomPipeline, toyDisk, toyEngine } from './toy.fixture.ts';

const chain = (by = 1, more = {}) =>
  pipeline(
    [node('a', 'source'), node('b', 'add', by === 1 ? {} : { by }, more), node('c', 'sign'), node('d', 'add', { by: 5 })],
    ['a>b', 'b>c', 'c>d'],
  );
const planOf = async (engine: Awaited<ReturnType<typeof toyEngine>>['engine'], document: PipelineDocument) =>
  Object.fromEntries((await engine.check(document)).plan.map((step) => [step.node, `${step.state}: ${inEnglish(step.reason)}`]));

test('a first run computes all, a second one nothing', async () => {
  const { engine, runAll, ran } = await toyEngine();
  expect(await planOf(engine, chain())).toEqual({ a: 'will-run: new', b: 'will-run: new', c: 'will-run: new', d: 'will-run: new' });
  expect(await runAll(chain())).toEqual({ a: 'fresh', b: 'fresh', c: 'fresh', d: 'fresh' });
  expect(await planOf(engine, chain())).toEqual({ a: 'reused: reused', b: 'reused: reused', c: 'reused: reused', d: 'reused: reused' });
  expect(await runAll(chain())).toEqual({ a: 'reused', b: 'reused', c: 'reused', d: 'reused' });
  expect(ran).toEqual(['source', 'add', 'sign', 'add']);
});

test('the plan names the changed setting, and an unchanged output stops the wave', async () => {
  const { engine, runAll, ran, events } = await toyEngine();
  await runAll(chain());
  expect(await planOf(engine, chain(2))).toEqual({
    a: 'reused: reused',
    b: 'will-run: Amount 1 → 2',
    c: 'will-check: if its input changes',
    d: 'will-check: if its input changes',
  });
  ran.length = 0;
  // The signs stay as they were: c runs because b's output differs, d is reused because c's does not.
  expect(await runAll(chain(2))).toEqual({ a: 'reused', b: 'fresh', c: 'fresh', d: 'reused' });
  expect(ran).toEqual(['add', 'sign']);
  const last = (id: string) => events.findLast((event) => event.type === 'step-done' && event.node === id);
  expect(last('c')).toMatchObject({ reason: { text: 'input changed' } });
  expect(last('d')).toMatchObject({ reason: { text: 'input unchanged' }, state: 'reused' });
  expect((await planOf(engine, chain(2))).d).toBe('reused: reused');
});

test('going back to old settings reuses the old result', async () => {
  const { runAll, engine } = await toyEngine();
  await runAll(chain());
  await runAll(chain(2));
  // Before it runs the page can be told what is stored, and what changes next is told against that.
  expect((await planOf(engine, chain(3))).b).toBe('will-run: Amount 2 → 3');
  const { plan } = await engine.check(chain());
  const found = await engine.recall(chain(), [...plan.map(({ node }) => node), 'none']);
  expect(Object.entries(found).map(([node, { outputs }]) => [node, Object.values(outputs).map(({ digest }) => digest)])).toEqual(
    plan.map(({ node, outputs }) => [node, Object.values(outputs!)]),
  );
  expect((await planOf(engine, chain(3))).b).toBe('will-run: Amount 1 → 3');
  expect((await planOf(engine, chain(3))).d).toBe('will-check: if its input changes');
  expect(await engine.recall(chain(3), ['b'])).toEqual({});
  expect(await runAll(chain())).toEqual({ a: 'reused', b: 'reused', c: 'reused', d: 'reused' });
});

test('a copy under other ids, or with other titles and positions, is reused', async () => {
  const { runAll } = await toyEngine();
  await runAll(chain());
  const copy = pipeline([node('x', 'source', {}, { title: 'Mine' }), node('y', 'add', {}, { position: { x: 9, y: 9 } })], ['x>y']);
  expect(await runAll({ ...copy, id: 'other' })).toEqual({ x: 'reused', y: 'reused' });
});

test('1 worker, 8 workers and another engine give equal digests', async () => {
  for (const name of ['g1', 'g2', 'g3']) {
    const document = randomPipeline(name, 25);
    const one = await toyEngine({ workers: 1 });
    const eight = await toyEngine({ workers: 8, hold: (kind) => new Promise((resolve) => setTimeout(resolve, kind.length % 3)) });
    await one.runAll(document);
    await eight.runAll(document);
    expect(Object.keys(one.digests())).toHaveLength(25);
    expect(eight.digests()).toEqual(one.digests());
  }
});

test('the digests of the golden pipeline are these', async () => {
  const { runAll, digests } = await toyEngine();
  await runAll(chain());
  expect(digests()).toMatchInlineSnapshot(`
    {
      "a": "02266f3bd2d5e77c9c13690724491b28",
      "b": "f50d614ed2c29ce190613358ca294a1f",
      "c": "57c5180bddfcdc6b3f9501b36c1f9829",
      "d": "868d1c56cc0b1be7057b98c19a7829b5",
    }
  `);
});

test('a failure blocks its dependants only', async () => {
  const { runAll, events, engine } = await toyEngine();
  const document = pipeline(
    [node('a', 'source'), node('bad', 'fail'), node('after', 'sign'), node('other', 'add')],
    ['a>bad', 'bad>after', 'a>other'],
  );
  expect(await runAll(document)).toEqual({ a: 'fresh', bad: 'failed', after: 'blocked', other: 'fresh' });
  expect(events.find((event) => event.type === 'step-failed')).toMatchObject({ problem: { code: 'toy.fail', at: { node: 'bad' } } });
  expect(events.find((event) => event.type === 'step-blocked')).toMatchObject({ node: 'after', by: 'bad' });
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'Failed' });
  expect((await planOf(engine, document)).bad).toBe('will-run: new');
});

test('a node without its input is left out and what waits for it is blocked; the rest completes', async () => {
  const { runAll, events, engine } = await toyEngine();
  const document = pipeline([node('a', 'source'), node('b', 'add'), node('c', 'sign'), node('d', 'add')], ['a>b', 'c>d']);
  const report = await engine.check(document);
  expect(report.problems.map((found) => `${found.code} ${found.at.node}.${found.at.port}`)).toEqual(['check.missing-input c.in']);
  expect(report.plan.map((step) => step.state)).toEqual(['will-run', 'needs-input', 'will-run', 'blocked']);
  expect(await runAll(document)).toEqual({ a: 'fresh', b: 'fresh', d: 'blocked' });
  expect(events.at(-1)).toMatchObject({ status: 'Completed' });
  await expect(engine.run(document, { scope: { type: 'to', node: 'c' } })).rejects.toMatchObject({
    problem: { code: 'check.missing-input' },
  });
});

test('a running step hears what it is told, in order, and nothing that its kind does not list; what it was told stands in its log', async () => {
  const { engine } = await toyEngine();
  const document = pipeline([node('a', 'source'), node('l', 'listen'), node('r', 'rename')], ['a>l', 'l>r']);
  const run = await engine.run(document, { scope: { type: 'all' } });
  const notHeard = expect.objectContaining({ problem: expect.objectContaining({ code: 'run.not-heard' }) });
  expect(() => engine.askStep(run, 'l', { name: 'add', args: 1 })).toThrow(notHeard);
  await new Promise<void>((resolve) => {
    engine.subscribe((event) => event.type === 'step-started' && event.node === 'l' && setTimeout(resolve));
  });
  engine.askStep(run, 'l', { name: 'add', args: 40 });
  engine.askStep(run, 'l', { name: 'add', args: 2 });
  expect(() => engine.askStep(run, 'l', { name: 'leave' })).toThrow(notHeard);
  engine.askStep(run, 'l', { name: 'end' });
  const finished = await engine.ended(run)!;
  expect(finished.steps[1]).toMatchObject({ state: 'fresh', log: ['add 40', 'add 2', 'end '] });
  expect(await engine.value(finished.steps[1].outputs!.out)).toEqual({ values: Float64Array.of(42) });
  expect(() => engine.askStep(run, 'l', { name: 'end' })).toThrow(notHeard);
});

test('what a step keeps of its work is there for the next, as long as only what is made of it changed; also after a reload', async () => {
  const disk = toyDisk();
  const document = (params: Record<string, number>) => pipeline([node('a', 'source'), node('d', 'digest', params)], ['a>d']);
  const worked = async (toy: Awaited<ReturnType<typeof toyEngine>>, params: Record<string, number>, more = {}) => {
    const finished = (await toy.engine.ended(await toy.engine.run(document(params), { scope: { type: 'all' }, ...more })))!;
    const { state, log, outputs } = finished.steps[1];
    const { values } = (await toy.engine.value(outputs!.out)) as { values: Float64Array };
    return [state, log.length > 0, values.length, Object.keys(outputs!)];
  };
  const first = await toyEngine({ disk });
  expect(await worked(first, { pick: 0 })).toEqual(['fresh', true, 1, ['out']]);
  expect(await worked(first, { pick: 2 })).toEqual(['fresh', false, 3, ['out']]);
  expect(await worked(first, { pick: 0 })).toEqual(['reused', false, 1, ['out']]);
  expect(await worked(first, { pick: 2, size: 2 })).toEqual(['fresh', true, 2, ['out']]);
  await first.engine.settled();
  const later = await toyEngine({ disk });
  expect(await worked(later, { pick: 1 })).toEqual(['fresh', false, 2, ['out']]);
  expect(await worked(later, { pick: 1 }, { regenerate: true })).toEqual(['fresh', true, 2, ['out']]);
});

test('cancel ends running and waiting steps at once and keeps what was done', async () => {
  const { engine, events, runAll } = await toyEngine({ hold: (kind) => (kind === 'sign' ? new Promise(() => {}) : Promise.resolve()) });
  const run = await engine.run(chain(), { scope: { type: 'all' } });
  await new Promise<void>((resolve) => {
    engine.subscribe((event) => event.type === 'step-started' && event.node === 'c' && resolve());
  });
  engine.cancel(run);
  const finished = await engine.ended(run)!;
  expect(finished.status).toBe('Canceled');
  expect(finished.steps.map((step) => step.state)).toEqual(['fresh', 'fresh', 'cancelled', 'cancelled']);
  expect(events.filter((event) => event.type === 'run-finished')).toHaveLength(1);
  expect(await runAll(pipeline([node('a', 'source'), node('b', 'add')], ['a>b']))).toEqual({ a: 'reused', b: 'reused' });
});

test('a stoppable step keeps its best when asked to stop', async () => {
  const { engine, events } = await toyEngine();
  const run = await engine.run(pipeline([node('a', 'source'), node('r', 'rounds')], ['a>r']), { scope: { type: 'all' } });
  await new Promise<void>((resolve) => {
    engine.subscribe((event) => event.type === 'step-log' && event.line === 'round 3' && resolve());
  });
  engine.stopStep(run, 'r');
  const finished = await engine.ended(run)!;
  expect(finished.status).toBe('Completed');
  expect(finished.steps[1].log.length).toBeGreaterThanOrEqual(3);
  expect(events.filter((event) => event.type === 'step-cancelled')).toEqual([]);
});

test('run to here leaves other nodes and effects alone; from here runs what follows', async () => {
  const document = pipeline(
    [node('a', 'source'), node('b', 'add'), node('s', 'save'), node('c', 'sign'), node('e', 'save')],
    ['a>b', 'b>s', 'b>c', 'c>e'],
  );
  const { runAll, saved, ran } = await toyEngine();
  expect(await runAll(document, { scope: { type: 'to', node: 'c' } })).toEqual({ a: 'fresh', b: 'fresh', c: 'fresh' });
  expect(saved).toEqual([]);
  expect(await runAll(document, { scope: { type: 'from', node: 'c' } })).toEqual({ a: 'reused', b: 'reused', c: 'reused', e: 'fresh' });
  expect(saved).toHaveLength(1);
  expect(await runAll(document, { scope: { type: 'to', node: 's' } })).toMatchObject({ s: 'fresh' });
  expect(saved).toHaveLength(2);
  ran.length = 0;
  expect(await runAll(document, { scope: { type: 'from', node: 'c' }, regenerate: true })).toEqual({
    a: 'reused',
    b: 'reused',
    c: 'fresh',
    e: 'fresh',
  });
  expect(ran).toEqual(['sign', 'save']);
});

test('uncacheable and cache: false always run; what follows stops when their output is the same', async () => {
  const document = pipeline(
    [node('a', 'source'), node('t', 'clock'), node('b', 'add', {}, { cache: false }), node('c', 'sign')],
    ['a>t', 't>b', 'b>c'],
  );
  const { engine, runAll } = await toyEngine();
  await runAll(document);
  const plan = (await engine.check(document)).plan;
  expect(plan.map((step) => step.intent === null)).toEqual([false, true, true, true]);
  expect(plan.map((step) => step.state)).toEqual(['reused', 'will-run', 'will-run', 'will-check']);
  expect(await runAll(document)).toEqual({ a: 'reused', t: 'fresh', b: 'fresh', c: 'reused' });
});

test('results survive a reload from disk', async () => {
  const disk = toyDisk();
  const before = await toyEngine({ disk });
  await before.runAll(chain());
  await before.engine.settled();
  const after = await toyEngine({ disk });
  expect(await planOf(after.engine, chain(2))).toMatchObject({ a: 'reused: reused', b: 'will-run: Amount 1 → 2' });
  expect(await after.runAll(chain(2))).toEqual({ a: 'reused', b: 'fresh', c: 'fresh', d: 'reused' });
  expect(after.ran).toEqual(['add', 'sign']);
});

test('without a disk, a reload forgets values but still says that nothing changed', async () => {
  const { blobs, records } = toyDisk();
  const before = await toyEngine({ disk: { blobs, records } });
  await before.runAll(chain());
  await before.engine.settled();
  const after = await toyEngine({ disk: { blobs: toyDisk().blobs, records } });
  for (const [key] of await records.entries('value:')) await records.delete(key);
  const fresh = await toyEngine({ disk: { blobs, records } });
  expect((await planOf(fresh.engine, chain())).a).toBe('will-run: settings unchanged, result not stored');
  // Records point to blobs that are gone: the value is missed when it is read, and the next run computes it.
  expect((await planOf(after.engine, chain())).a).toBe('reused: reused');
});

test('a file that is a reference is read by each run; what follows is reused while it is the same', async () => {
  const { engine, runAll, ran } = await toyEngine();
  const document = (more: Record<string, string>) =>
    pipeline(
      [node('f', 'file', { file: { name: 'x.csv', digest: 'd', size: 1, ...more } }), node('b', 'add'), node('c', 'sign')],
      ['f>b', 'b>c'],
    );
  await runAll(document({}));
  expect((await planOf(engine, document({}))).f).toBe('reused: reused');
  const references: Record<string, string>[] = [{ handle: 'h' }, { url: 'https://example.org/x.csv' }];
  for (const more of references) {
    expect(await planOf(engine, document(more))).toEqual({ f: 'will-run: reads its file again', b: 'reused: reused', c: 'reused: reused' });
    expect(await runAll(document(more))).toEqual({ f: 'fresh', b: 'reused', c: 'reused' });
  }
  expect(ran).toEqual(['file', 'add', 'sign', 'file', 'file']);
});

test('a step whose registered version was deleted registers again, also after a reload; undo brings its result back', async () => {
  const disk = toyDisk();
  const first = await toyEngine({ disk });
  const document = pipeline([node('a', 'source'), node('r', 'register'), node('s', 'save')], ['a>r', 'a>s']);
  await first.runAll(document);
  await first.engine.settled();
  expect((await planOf(first.engine, document)).r).toBe('reused: reused');
  const { engine, runAll, versions, ran } = await toyEngine({ disk });
  // This registry never had version 1.
  expect(await planOf(engine, document)).toEqual({
    a: 'reused: reused',
    r: 'will-run: what it registered was deleted',
    s: 'reused: reused',
  });
  expect(await runAll(document)).toEqual({ a: 'reused', r: 'fresh', s: 'reused' });
  expect(ran).toEqual(['register']);
  engine.registryChanged();
  expect((await planOf(engine, document)).r).toBe('reused: reused');
  versions.delete(1);
  expect((await planOf(engine, document)).r).toBe('reused: reused');
  engine.registryChanged();
  expect((await planOf(engine, document)).r).toBe('will-run: what it registered was deleted');
  versions.add(1);
  engine.registryChanged();
  expect((await planOf(engine, document)).r).toBe('reused: reused');
});

test('a kind that draws random numbers without saying so fails', async () => {
  const { runAll, events } = await toyEngine();
  expect(await runAll(pipeline([node('a', 'source'), node('u', 'undeclared')], ['a>u']))).toEqual({ a: 'fresh', u: 'failed' });
  expect(events.find((event) => event.type === 'step-failed')).toMatchObject({ problem: { code: 'internal' } });
});

test('seeds: the pipeline’s touches random steps only', async () => {
  const { engine, runAll } = await toyEngine();
  await runAll(chain());
  const plan = await planOf(engine, { ...chain(), seed: 7 });
  expect(plan).toMatchObject({ a: 'will-run: Pipeline seed 42 → 7', b: 'will-check: if its input changes' });
});

test('the run record says what happened', async () => {
  const finished: unknown[] = [];
  const { runAll } = await toyEngine({ workers: 3, more: { onRunFinished: (run) => void finished.push(run) } });
  await runAll(pipeline([node('a', 'source', {}, { title: 'Dice' })], []));
  expect(finished).toMatchObject([
    {
      id: 'r1',
      status: 'Completed',
      workers: 3,
      steps: [{ node: 'a', title: 'Dice', kind: 'source', state: 'fresh', reason: { text: 'new' }, backend: 'cpu', headline: 'value' }],
    },
  ]);
});

test('opened again, an engine reuses what another one stored meanwhile', async () => {
  const disk = toyDisk();
  const [one, other] = [await toyEngine({ disk }), await toyEngine({ disk })];
  await one.runAll(chain());
  await one.engine.settled();
  expect((await planOf(other.engine, chain())).a).toBe('will-run: new');
  await other.engine.open();
  expect(await other.runAll(chain())).toEqual({ a: 'reused', b: 'reused', c: 'reused', d: 'reused' });
});
