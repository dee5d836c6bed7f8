/** A forest whose leaves would hold more than a file can is refused after its first trees, not when memory ends. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import type { TreeArrays } from '../../kernels/door.ts';
import { fitWith, quietRun } from '../test-learner.ts';
import { randomForest } from './kind.ts';
import * as code from './learner.ts';
import { requireOutOfBagRoom, sizeLimit } from './size-limit.ts';

const treeOf = (nodes: number) => ({ feature: new Int32Array(nodes) }) as TreeArrays;

describe('the size of a forest', () => {
  it('is foretold from the mean of the trees so far', () => {
    const told = sizeLimit(10, 50, 10 * 100 * 50 * 4);
    expect(() => told([treeOf(80), treeOf(120)])).not.toThrow();
    expect(() => told([treeOf(103)])).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code: 'forest.too-large' }) }));
  });

  it('counts one number per node where there are no classes', () => {
    expect(() => sizeLimit(10, 0, 10 * 100 * 4)([treeOf(100)])).not.toThrow();
    expect(() => sizeLimit(10, 0, 10 * 100 * 4)([treeOf(101)])).toThrow();
  });

  it('of 1,000 classes ends a fit after the first batch with a Problem', async () => {
    const [rows, classes] = [6000, 1000];
    const random = stream('size limit', 'a');
    const y = Float64Array.from({ length: rows }, (_, i) => i % classes);
    const values = Float32Array.from({ length: rows * 4 }, () => random.normal());
    const data = { X: { rows, cols: 4, values }, y, classCount: classes, featureNames: ['a', 'b', 'c', 'd'] };
    let heard = 0;
    const run = quietRun('s', { progress: () => void heard++ });
    await expect(fitWith(randomForest, code, data, { trees: 300 }, run)).rejects.toMatchObject({ problem: { code: 'forest.too-large' } });
    expect(heard).toBe(0);
  });

  it('of very many rows and classes is refused where it could not be judged out of bag', () => {
    expect(() => requireOutOfBagRoom(100_000, 1000)).not.toThrow();
    expect(() => requireOutOfBagRoom(1_000_000, 1000)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'forest.out-of-bag', at: { param: 'bootstrap' } }) }),
    );
  });
});
