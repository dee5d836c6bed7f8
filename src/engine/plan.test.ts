/** Reasons, keys and probes of the plan, beyond what the engine's own test runs. */
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import { inEnglish } from '../base/words.ts';
import type { Kind } from '../kind/kind.ts';
import { catalogue, choice, file, flag, number, seed, text } from '../kind/params.ts';
import type { NodeCode } from '../kind/run.ts';
import { type Settings, settingsOf } from './keys.ts';
import { changeOf } from './reason.ts';
import { node, pipeline, toyEngine, toyKinds } from './toy.fixture.ts';

const kind: Kind = {
  ...toyKinds.get('source')!,
  id: 'rich',
  params: {
    size: number('Test size', 0.2, 'x', { unit: '%', auto: 'by itself' }),
    how: choice('How', 'a', 'x', { a: 'First', b: 'Second' }),
    on: flag('Stratify', false, 'x'),
    name: text('Name', '', 'x'),
    hidden: number('Hidden', 1, 'x', { when: { param: 'on', in: [true] } }),
    file: file('File', 'x', { accept: ['.csv'] }),
    view: flag('Grid lines', false, 'x', { effect: 'view' }),
    model: catalogue('Model', 'model', 'm', 'x'),
    seed: seed(),
  },
  tags: { random: true, gpu: true },
};
const settings = (
  params: Record<string, Json> = {},
  more: Partial<{ seed: number; known: Json; gpu: boolean; runOn: 'cpu' | 'gpu' }> = {},
): Settings => {
  const each = node('n', 'rich', params, more.runOn ? { runOn: more.runOn } : {});
  return settingsOf({ ...pipeline([each], []), seed: more.seed ?? 42 }, each, kind, more.known ?? { version: 1 }, more.gpu ?? false);
};
const reason = (params: Record<string, Json>, more?: Parameters<typeof settings>[1]) => changeOf(settings(), settings(params, more), kind);

test.each<[string | undefined, Record<string, Json>, Parameters<typeof settings>[1]?]>([
  ['Test size 0.2 % → 0.3 %', { size: 0.3 }],
  ['Test size 0.2 % → by itself', { size: null }],
  ['How First → Second', { how: 'b' }],
  ['Name “” → “x”', { name: 'x' }],
  ['Name changed', { name: 'a very long text that would not fit on a node' }],
  ['Stratify off → on, and 1 more', { on: true }],
  ['File none → a.csv', { file: { name: 'a.csv', digest: 'd', size: 1 } }],
  ['Seed 0 → 5', { seed: 5 }],
  ['Pipeline seed 42 → 1', {}, { seed: 1 }],
  ['runs on GPU instead of CPU', {}, { gpu: true }],
  ['its source has a newer version', {}, { known: { version: 2 } }],
  [undefined, { view: true }],
  [undefined, { size: 0.2 }],
  [undefined, { hidden: 7 }],
  [undefined, {}, { gpu: true, runOn: 'cpu' }],
  [undefined, {}, { runOn: 'gpu' }],
])('%s', (expected, params, more) => {
  const found = reason(params, more);
  expect(found && inEnglish(found)).toBe(expected);
});

test('a file counts by its bytes and name, not by its address or size', () => {
  const of = (more: object) => settings({ file: { name: 'a.csv', digest: 'd', size: 1, ...more } });
  expect(of({ url: 'https://x.y/a.csv', size: 2 })).toEqual(of({}));
  expect(of({ digest: 'e' })).not.toEqual(of({}));
});

/** A source of one registered table, whose newest version the test moves. */
function registered(problem?: Error) {
  const state = { version: 1, probes: 0 };
  const source: Kind = {
    ...toyKinds.get('source')!,
    id: 'registered',
    params: { dataset: catalogue('Dataset', 'dataset', 'people', 'x') },
    tags: {},
    schema: ({ known }) => ({ out: known === undefined ? undefined : { type: 'value' } }),
  };
  const code: NodeCode = {
    probe: async () => {
      state.probes++;
      if (problem) throw problem;
      return { version: state.version };
    },
    run: async () => ({ out: { values: Float64Array.of(state.version) } }),
  };
  const kinds = new Map([...toyKinds, ['registered', source]]);
  return { state, more: { kinds, loadNode: async () => code } };
}

test('“latest” is asked once, and again when the registry changed', async () => {
  const { state, more } = registered();
  const { engine } = await toyEngine({ more });
  const document = pipeline([node('r', 'registered')], []);
  const first = await engine.check(document);
  await engine.check(document);
  expect(state.probes).toBe(1);
  expect(first.outputs.r.out).toEqual({ type: 'value' });
  state.version = 2;
  engine.registryChanged();
  const second = await engine.check(document);
  expect(state.probes).toBe(2);
  expect(second.plan[0].intent).not.toBe(first.plan[0].intent);
});

test('a probe that fails is a problem at its node, asked again after the registry changed', async () => {
  const { state, more } = registered(new Error('gone'));
  const { engine } = await toyEngine({ more });
  const document = pipeline([node('r', 'registered'), node('d', 'registered', {}, { disabled: true })], []);
  const report = await engine.check(document);
  expect(report.problems).toMatchObject([{ code: 'internal', at: { node: 'r' } }]);
  expect(report.plan.map((step) => step.state)).toEqual(['disabled', 'needs-input']);
  engine.registryChanged();
  await engine.check(document);
  expect(state.probes).toBe(2);
});

test('a circle blocks what lies on and behind it, nothing else', async () => {
  const { engine, runAll } = await toyEngine();
  const document = pipeline([node('a', 'add'), node('b', 'add'), node('c', 'sign'), node('s', 'source')], ['a>b', 'b>a', 'b>c']);
  const { plan } = await engine.check(document);
  expect(Object.fromEntries(plan.map((step) => [step.node, step.state]))).toEqual({
    a: 'blocked',
    b: 'blocked',
    c: 'blocked',
    s: 'will-run',
  });
  expect(await runAll(document)).toEqual({ s: 'fresh' });
});

test('a plan of one request shows what its button would do', async () => {
  const { engine, runAll } = await toyEngine();
  const document = pipeline([node('a', 'source'), node('b', 'add'), node('e', 'save')], ['a>b', 'b>e']);
  const plan = async (request: Parameters<typeof engine.plan>[1]) =>
    (await engine.plan(document, request)).map((step) => `${step.node} ${step.state}`);
  expect(await plan({ scope: { type: 'to', node: 'b' } })).toEqual(['a will-run', 'b will-run']);
  await runAll(document);
  expect(await plan({ scope: { type: 'from', node: 'b' }, regenerate: true })).toEqual(['a reused', 'b will-run', 'e will-run']);
});

test('a run may lead to several ends, and to no effect that it was not asked for', async () => {
  const { engine } = await toyEngine();
  const document = pipeline(
    [node('a', 'source'), node('b', 'add'), node('c', 'add'), node('d', 'add'), node('e', 'save')],
    ['a>b', 'a>c', 'a>d', 'a>e'],
  );
  const steps = await engine.plan(document, { scope: { type: 'to', node: 'b', also: ['d'] } });
  expect(steps.map((step) => `${step.node} ${step.state}`)).toEqual(['a will-run', 'b will-run', 'd will-run']);
});

test('max workers: while such a step runs, no more workers are busy than it allows', async () => {
  const busy = { now: 0, most: 0 };
  const hold = async (of: string) => {
    if (of !== 'noise') return;
    busy.most = Math.max(busy.most, ++busy.now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    busy.now--;
  };
  const document = (maxWorkers?: number) =>
    pipeline(
      [
        node('a', 'source'),
        ...[1, 2, 3, 4].map((i) => node(`n${i}`, 'noise', { seed: i + (maxWorkers ?? 0) * 10 }, maxWorkers ? { maxWorkers } : {})),
      ],
      [1, 2, 3, 4].map((i) => `a>n${i}`),
    );
  const { runAll } = await toyEngine({ workers: 4, hold });
  await runAll(document());
  expect(busy.most).toBe(4);
  busy.most = 0;
  await runAll(document(2));
  expect(busy.most).toBe(2);
});
