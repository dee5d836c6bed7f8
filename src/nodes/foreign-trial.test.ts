/** A model that came in a package holds a file that others made: Load Model tries it in limited time; our own models need no trial. */
import { expect, test } from 'vitest';
import type { Problem } from '../base/problem.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import type { Model } from '../recipe/model.ts';
import { smallModel } from '../registry/test-registry.ts';
import { inTrial } from './foreign-trial.ts';
import { loadModel } from './load-model/kind.ts';
import { run } from './load-model/run.ts';
import { testContext } from './test-context.ts';

function file(): Uint8Array {
  const graph = newGraph('g');
  graph.output(graph.op('Abs', [graph.input('x', 'float', ['batch', 1])], { dtype: 'float', dims: ['batch', 1] }), 'y');
  return encodeModel(graph.finish());
}
const foreign = (bytes: Uint8Array): Model => ({
  ...smallModel(),
  task: 'regress',
  inputs: [{ name: 'x', type: 'number', role: 'feature' }],
  foreign: { bytes, columns: { x: 'x' }, scores: 'y' },
});

async function load(model: Model) {
  const limits: [number, Problem][] = [];
  const services = { describeModel: async () => ({ version: 1, digest: '', head: {} as never }), readModel: async () => model };
  const { context } = testContext(loadModel, { name: 'm' }, {}, services);
  const within: typeof context.within = (ms, late, work) => {
    limits.push([ms, late]);
    return work();
  };
  const outputs = await run({ ...context, within });
  return { outputs, limits };
}

test('a foreign model is opened within ten seconds, or the node it was chosen at says so', async () => {
  const { outputs, limits } = await load(foreign(file()));
  expect(outputs.model).toBeDefined();
  expect(limits).toMatchObject([[10_000, { code: 'import-onnx.deadline', at: { param: 'name' } }]]);
  await expect(load(foreign(file().subarray(0, 40)))).rejects.toThrow();
});

test('a large file has longer, as its trees take time to open on a busy machine', async () => {
  const limits: [number, Problem][] = [];
  const within = async <T>(ms: number, late: Problem, work: () => Promise<T>) => {
    limits.push([ms, late]);
    return work();
  };
  expect(await inTrial(within, {}, 20_500_000, async () => 'opened')).toBe('opened');
  expect(limits).toMatchObject([[51_000, { args: { seconds: 51 }, message: expect.stringContaining('after 51 s') }]]);
});

test('a model of ours is not tried', async () => {
  expect((await load(smallModel())).limits).toEqual([]);
});
