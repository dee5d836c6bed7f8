/** A pinned node keeps its result through changes of its settings and its input, and gives it up when unpinned. */
import { expect, test } from 'vitest';
import { inEnglish } from '../base/words.ts';
import type { PipelineDocument } from './document.ts';
import { node, pipeline, toyDisk, toyEngine } from './toy.fixture.ts';

const chain = ({ size = 8, by = 1, pinned = true, broken = false } = {}): PipelineDocument =>
  pipeline(
    [node('a', 'source', { size }), node('b', 'add', { by }, pinned ? { pinned } : {}), node('c', 'sign'), node('other', 'sign')],
    [...(broken ? [] : ['a>b']), 'b>c', 'a>other'],
  );
const planOf = async (engine: Awaited<ReturnType<typeof toyEngine>>['engine'], document: PipelineDocument) =>
  Object.fromEntries((await engine.check(document)).plan.map((step) => [step.node, `${step.state}: ${inEnglish(step.reason)}`]));

test('without a result a pinned node runs as any other', async () => {
  const { engine, runAll } = await toyEngine();
  expect((await planOf(engine, chain())).b).toBe('will-run: new');
  expect(await runAll(chain())).toEqual({ a: 'fresh', b: 'fresh', c: 'fresh', other: 'fresh' });
  expect((await planOf(engine, chain())).b).toBe('reused: pinned');
});

test('neither its input nor its settings make it run, what reads it is reused, and the plan says what is disregarded', async () => {
  const { engine, runAll, ran, digests } = await toyEngine();
  await runAll(chain());
  const before = digests();
  expect(await planOf(engine, chain({ size: 9 }))).toEqual({
    a: 'will-run: Size 8 → 9',
    b: 'reused: pinned, though its input may change',
    c: 'reused: reused',
    other: 'will-check: if its input changes',
  });
  ran.length = 0;
  expect(await runAll(chain({ size: 9, by: 4 }))).toEqual({ a: 'fresh', b: 'reused', c: 'reused', other: 'fresh' });
  expect(ran).toEqual(['source', 'sign']);
  expect(digests()).toMatchObject({ b: before.b, c: before.c });
  expect((await planOf(engine, chain({ size: 9 }))).b).toBe('reused: pinned, though its input changed');
  expect((await planOf(engine, chain({ size: 9, by: 4 }))).b).toBe('reused: pinned, though Amount 1 → 4');
});

test('unpinned it is what it would have been: the frozen result is not taken for one of the new settings', async () => {
  const { engine, runAll } = await toyEngine();
  await runAll(chain());
  await runAll(chain({ by: 4 }));
  const plan = await planOf(engine, chain({ by: 4, pinned: false }));
  expect(plan.b).toBe('will-run: Amount 1 → 4');
  expect(await runAll(chain({ by: 4, pinned: false }))).toMatchObject({ a: 'reused', b: 'fresh' });
  expect((await planOf(engine, chain({ by: 1, pinned: false }))).b).toBe('reused: reused');
});

test('it stands while what feeds it fails, is cut off, or is run by force', async () => {
  const { engine, runAll, ran } = await toyEngine();
  await runAll(chain());
  expect((await planOf(engine, chain({ broken: true }))).b).toBe('reused: pinned, though its input changed');
  expect(await runAll(chain({ broken: true }), { scope: { type: 'to', node: 'c' } })).toEqual({ b: 'reused', c: 'reused' });
  ran.length = 0;
  expect(await runAll(chain(), { scope: { type: 'all' }, regenerate: true })).toMatchObject({ a: 'fresh', b: 'reused', c: 'fresh' });
  const { nodes, wires } = chain();
  const feeder = { id: 'w9', from: { node: 'z', port: 'out' }, to: { node: 'a', port: 'in' } };
  const failing = { ...chain(), nodes: { ...nodes, a: node('a', 'fail'), z: node('z', 'source') }, wires: { ...wires, w9: feeder } };
  expect(await runAll(failing)).toMatchObject({ z: 'reused', a: 'failed', b: 'reused', c: 'reused', other: 'blocked' });
});

test('running to a node behind it needs nothing before it', async () => {
  const { engine, runAll } = await toyEngine();
  await runAll(chain());
  const plan = await engine.plan(chain({ size: 9 }), { scope: { type: 'to', node: 'c' } });
  expect(plan.map((step) => step.node)).toEqual(['b', 'c']);
});

test('its result stays stored over a reload and when the disk is full', async () => {
  const disk = toyDisk();
  const first = await toyEngine({ disk: { ...disk, budgetBytes: 400 } });
  await first.runAll(chain());
  await first.engine.settled();
  const second = await toyEngine({ disk: { ...disk, budgetBytes: 400 } });
  expect((await planOf(second.engine, chain())).b).toBe('reused: pinned');
  for (let by = 10; by < 30; by++) await second.runAll({ ...chain({ by, pinned: false }), id: 'other' });
  await second.engine.settled();
  const third = await toyEngine({ disk: { ...disk, budgetBytes: 400 } });
  expect((await planOf(third.engine, chain({ size: 5 }))).b).toBe('reused: pinned, though its input may change');
});
