import { expect, test } from 'vitest';
import { newGraph } from './build.ts';
import { encodeModel } from './encode.ts';
import { createSession, runSession, runtimeVersion } from './session.ts';

test('a built graph runs and answers by name', async () => {
  const g = newGraph('sum');
  const a = g.input('a', 'double', ['batch', 1]);
  const s = g.input('s', 'string', ['batch', 1]);
  const twice = g.op('Mul', [a, g.constant('double', [2], [])], { dtype: 'double', dims: ['batch', 1] });
  g.output(twice, 'twice');
  g.output(s, 'echo');
  const session = await createSession(encodeModel(g.finish()));
  const n = 25_000;
  const answers = await runSession(session, {
    a: { dtype: 'double', dims: [n, 1], data: Float64Array.from({ length: n }, (_, i) => i) },
    s: { dtype: 'string', dims: [n, 1], data: Array.from({ length: n }, (_, i) => `é${i}`) },
  });
  expect(answers['twice'].dims).toEqual([n, 1]);
  expect(answers['twice'].data[24_999]).toBe(49_998);
  expect(answers['echo'].data[24_999]).toBe('é24999');
  await session.release();
  expect(await runtimeVersion()).toMatch(/^onnxruntime-web 1\.30\./);
});

test('a model that does not load is refused with a Problem', async () => {
  await expect(createSession(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ problem: { code: 'onnx.runtime' } });
});
