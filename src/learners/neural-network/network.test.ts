/** The forward pass against sums written out, over several blocks of rows, where all cells are set and where few are. */
import { expect, test } from 'vitest';
import { expm1 } from '../../base/float.ts';
import { stream } from '../../base/random.ts';
import { forward, type Layer } from './network.ts';

const random = stream('forward');
const layer = (inputs: number, outputs: number): Layer => ({
  inputs,
  outputs,
  weights: Float32Array.from({ length: inputs * outputs }, () => random.normal() / 3),
  bias: Float32Array.from({ length: outputs }, () => random.normal()),
});
const plain = (layers: readonly Layer[], row: readonly number[]): number[] =>
  layers.reduce<number[]>(
    (from, { inputs, outputs, weights, bias }, l) =>
      Array.from({ length: outputs }, (_, j) => {
        let z = bias[j];
        for (let k = 0; k < inputs; k++) z += from[k] * weights[k * outputs + j];
        return l < layers.length - 1 && z < 0 ? expm1(z) : z;
      }),
    [...row],
  );

test.each([
  ['all', 1],
  ['few', 0.04],
])('%s cells set: every output is the sum', (_, share) => {
  const [rows, cols] = [2500, 37];
  const layers = [layer(cols, 9), layer(9, 5), layer(5, 3)];
  const values = Float64Array.from({ length: rows * cols }, () => (random.uniform() < share ? random.normal() : 0));
  const out = forward({ activation: 'elu', layers }, { rows, cols, values });
  expect(out.length).toBe(rows * 3);
  for (const i of [0, 1, 2047, 2048, rows - 1]) {
    const wanted = plain(layers, [...values.subarray(i * cols, (i + 1) * cols)]);
    for (let k = 0; k < 3; k++) expect(out[i * 3 + k]).toBeCloseTo(wanted[k], 12);
  }
  // A part of the rows, as float32 too, is answered as it is among all.
  const few = forward({ activation: 'elu', layers }, { rows: 1, cols, values: values.subarray(cols, 2 * cols) });
  few.forEach((value, k) => {
    expect(value).toBeCloseTo(out[3 + k], 12);
  });
});
