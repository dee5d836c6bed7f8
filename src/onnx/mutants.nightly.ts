/** Ten thousand damaged ONNX files: the static check answers with problems or none, and neither crashes nor hangs. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { newGraph } from './build.ts';
import { checkModel } from './check.ts';
import { encodeModel } from './encode.ts';

const seed = process.env.NIGHTLY_SEED ?? String(Date.now());
const MUTANTS = 10_000;
const SLOWEST_MS = 5000;

function honest(): Uint8Array {
  const graph = newGraph('g');
  const x = graph.input('x', 'float', ['batch', 4]);
  const weights = graph.constant(
    'float',
    Float32Array.from({ length: 12 }, (_, i) => i / 7),
    [4, 3],
    'w',
  );
  graph.output(graph.op('Relu', [graph.op('MatMul', [x, weights], x)], x), 'out');
  return encodeModel(graph.finish());
}

test(`${MUTANTS} mutants (seed ${seed})`, () => {
  const random = stream('onnx mutants', seed);
  const whole = honest();
  expect(checkModel(whole)).toEqual([]);
  let refused = 0;
  for (let i = 0; i < MUTANTS; i++) {
    let bytes = whole.slice();
    for (let changes = 1 + random.below(8); changes > 0; changes--) bytes[random.below(bytes.length)] = random.below(256);
    if (random.below(5) === 0) bytes = bytes.slice(0, random.below(bytes.length));
    const started = performance.now();
    if (checkModel(bytes).length > 0) refused++;
    if (performance.now() - started > SLOWEST_MS) expect.fail(`mutant ${i} took too long`);
  }
  console.log(`${refused} of ${MUTANTS} refused`);
  expect(refused).toBeGreaterThan(MUTANTS / 10);
});
