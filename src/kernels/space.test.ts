/** Kernel memory: layouts, reuse, limits, and what happens when a kernel traps. */
import { describe, expect, it } from 'vitest';
import { ProblemError, toProblem } from '../base/problem.ts';
import { forgetPeak, kernelArea, kernelMemory, openSpace } from './space.ts';
import { bytes } from './walk.as.ts?wasm';

interface Calls {
  firstFree: () => number;
  /** Its many addresses are of no interest here: far outside of memory they trap. */
  predict: (...addresses: number[]) => void;
}
const MB = 1 << 20;
const FAR = 0xfffffff0;

describe('a space', () => {
  it('lays arrays out apart from each other, on cache lines, above the module’s constants', () => {
    const space = openSpace(kernelArea<Calls>('test', bytes), (room) => ({
      a: room.u8(3),
      b: room.f64(5),
      c: room.i64(1),
      both: room.either(
        () => ({ small: room.i32(10) }),
        () => ({ large: room.f32(1000) }),
      ),
      d: room.u16(7),
    }));
    const { a, b, c, both, d } = space.at;
    const [{ small }, { large }] = both;
    expect([a.length, b.length, c.length, small.length, large.length, d.length]).toEqual([3, 5, 1, 10, 1000, 7]);
    for (const view of [a, b, c, small, large, d]) {
      expect(view.byteOffset % 64).toBe(0);
      expect(view.byteOffset).toBeGreaterThanOrEqual(space.call.firstFree());
    }
    expect(small.byteOffset).toBe(large.byteOffset);
    expect(d.byteOffset).toBeGreaterThanOrEqual(large.byteOffset + large.byteLength);
    expect(d.byteOffset + d.byteLength).toBeLessThanOrEqual(space.bytes);
    space.close();
  });

  it('is used again after it was closed, never while it is open; large ones are not kept', () => {
    const area = kernelArea<Calls>('test', bytes);
    const before = kernelMemory();
    forgetPeak();
    const layout = (room: { f64: (n: number) => Float64Array }) => room.f64(1000);
    const first = openSpace(area, layout);
    const second = openSpace(area, layout);
    expect(second.at.buffer).not.toBe(first.at.buffer);
    expect(kernelMemory().live - before.live).toBe(2 * MB);
    first.close();
    first.close();
    const third = openSpace(area, layout);
    expect(third.at.buffer).toBe(first.at.buffer);
    second.close();
    third.close();
    openSpace(area, (room) => room.u8(100 * MB)).close();
    const after = kernelMemory();
    expect(after.live).toBe(before.live);
    expect(after.kept - before.kept).toBe(2 * MB);
    expect(after.peak - before.live).toBe(101 * MB);
  });

  it('that cannot be had is a Problem with its size', () => {
    const open = () => openSpace(kernelArea<Calls>('test', bytes), (room) => room.f64(1e9));
    expect(open).toThrow(ProblemError);
    try {
      open();
    } catch (error) {
      expect(toProblem(error)).toMatchObject({ code: 'kernel.memory', args: { megabytes: 8001 } });
      expect(toProblem(error).message).toContain('8,001 MB');
    }
  });

  it('whose kernel traps gives a Problem and is thrown away; the next one works', () => {
    const area = kernelArea<Calls>('test', bytes);
    const live = kernelMemory().live;
    const space = openSpace(area, (room) => room.u8(1));
    try {
      space.call.predict(...Array.from({ length: 14 }, () => FAR));
      expect.unreachable();
    } catch (error) {
      expect(toProblem(error)).toMatchObject({ code: 'kernel.trap', args: { area: 'test', name: 'predict' } });
    } finally {
      space.close();
    }
    expect(kernelMemory().live).toBe(live);
    expect(area.idle).toEqual([]);
    const next = openSpace(area, (room) => room.u8(1));
    expect(next.call.firstFree()).toBeGreaterThan(0);
    next.close();
    expect(area.idle.length).toBe(1);
  });
});
